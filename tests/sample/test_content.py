"""The sample archive is complete and consistent, before anything loads it."""

import csv
import re
from datetime import date, datetime
from email import message_from_string
from email.message import Message
from pathlib import Path

import pytest

import articles

SAMPLE = Path(articles.__file__).parent / "sample"
ARTICLES = sorted((SAMPLE / "articles").glob("*.txt"))
WIRE_ARTICLE = "balochistan-clashes"

REQUIRED = {
    "Headline", "Date", "Slug", "Summary", "Dateline", "Section", "Authors", "Tags", "Language",
}  # fmt: skip
IMAGE = {"Image", "Image-Alt", "Image-Caption", "Image-Credit"}
REPEATABLE = {"Correction"}

PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def read_article(path: Path) -> Message:
    return message_from_string(path.read_text(encoding="utf-8"))


def body_of(path: Path) -> str:
    return str(read_article(path).get_payload())


def read_table(name: str) -> list[dict[str, str]]:
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


each_article = pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)


def test_there_are_enough_articles_to_walk_through():
    assert len(ARTICLES) >= 30


@each_article
def test_the_headers_are_complete_and_no_other_is_used(path):
    names = read_article(path).keys()
    assert set(names) >= REQUIRED
    assert set(names) <= REQUIRED | IMAGE | REPEATABLE
    assert all(names.count(name) == 1 for name in set(names) - REPEATABLE)
    assert all(value.strip() for value in read_article(path).values())


@each_article
def test_headline_and_summary_fit_their_places(path):
    article = read_article(path)
    assert len(article["Headline"]) < 120
    assert len(article["Summary"]) < 200


@each_article
def test_the_article_is_filed_on_the_day_it_is_published_or_the_day_before(path):
    article = read_article(path)
    published = date.fromisoformat(article["Date"])
    place, _, day = article["Dateline"].rpartition(", ")
    months = ("Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov")
    month, _, number = day.partition(" ")
    filed = date(published.year, (*months, "Dec").index(month) + 1, int(number))
    assert place
    assert 0 <= (published - filed).days <= 1


@each_article
def test_the_section_exists(path):
    assert read_article(path)["Section"] in {row["name"] for row in read_table("sections.csv")}


@each_article
def test_every_author_is_the_sample_desk(path):
    authors = read_article(path)["Authors"].split("; ")
    assert all(re.fullmatch(r"Sample desk(, [A-Z][a-z]+)?", author) for author in authors)


@each_article
def test_tags_are_lower_case_and_not_repeated(path):
    tags = read_article(path)["Tags"].split(", ")
    assert len(tags) == len(set(tags))
    assert all(tag == tag.strip().lower() for tag in tags)


@each_article
def test_an_image_comes_with_its_texts_and_its_file(path):
    article = read_article(path)
    given = IMAGE & set(article.keys())
    assert given in (set(), IMAGE)
    if given:
        assert (SAMPLE / "images" / article["Image"]).is_file()


@each_article
def test_a_correction_names_its_day_kind_and_text(path):
    article = read_article(path)
    for correction in article.get_all("Correction", []):
        day, kind, text = correction.split(" | ", 2)
        corrected = datetime.strptime(day, "%d %B %Y").date()  # noqa: DTZ007 - a day has no zone
        assert corrected >= date.fromisoformat(article["Date"])
        assert kind in {"correction", "clarification"}
        assert text


@each_article
def test_the_body_is_a_short_piece_in_paragraphs(path):
    body = body_of(path)
    assert 150 <= len(body.split()) <= 450
    assert body.count("\n\n") >= 4
    assert "<" not in body


@each_article
def test_the_language_is_that_of_the_text(path):
    body = body_of(path)
    arabic_script = len(re.findall(r"[\u0600-\u06ff]", body))
    written = "ur" if arabic_script > len(body) / 2 else "en"
    assert read_article(path)["Language"] == written


def test_slugs_are_unique():
    slugs = [read_article(path)["Slug"] for path in ARTICLES]
    assert len(slugs) == len(set(slugs))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in slugs)


def test_the_archive_shows_urdu_corrections_and_an_image_used_twice():
    read = [read_article(path) for path in ARTICLES]
    images = [article["Image"] for article in read if "Image" in article]
    assert "ur" in {article["Language"] for article in read}
    assert any("Correction" in article for article in read)
    assert len(images) > len(set(images))


def test_every_image_is_used_small_and_has_its_source():
    used = {read_article(path)["Image"] for path in ARTICLES} - {None}
    files = sorted((SAMPLE / "images").glob("*.webp"))
    assert {file.name for file in files} == used
    for file in files:
        assert file.stat().st_size <= 120_000
        assert (SAMPLE / "images" / "source" / f"{file.stem}.svg").is_file()


def test_sections_have_an_order_and_a_place_in_the_archive():
    rows = read_table("sections.csv")
    in_use = {read_article(path)["Section"] for path in ARTICLES}
    assert {row["name"] for row in rows} == in_use
    assert [int(row["order"]) for row in rows] == list(range(1, len(rows) + 1))
    assert all(row["slug"] and row["description"] for row in rows)


@pytest.mark.parametrize("table", ["people.csv", "organisations.csv"])
def test_names_are_unique_and_each_is_described(table):
    rows = read_table(table)
    names = [row["name"] for row in rows]
    assert len(names) == len(set(names))
    assert all(row["description"] for row in rows)
    others = [other for row in rows for other in row["other_names"].split("|") if other]
    assert len(others) == len(set(others))
    assert not set(others) & set(names)


def test_every_person_is_written_about():
    text = "\n".join(path.read_text(encoding="utf-8") for path in ARTICLES)
    for row in read_table("people.csv"):
        others = [other.rpartition(":")[2] for other in row["other_names"].split("|") if other]
        assert any(name in text for name in [row["name"], *others]), row["name"]


def test_positions_refer_to_people_and_organisations_of_the_sample():
    people = {row["name"] for row in read_table("people.csv")}
    organisations = {row["name"] for row in read_table("organisations.csv")} | {""}
    for row in read_table("positions.csv"):
        assert row["person"] in people
        assert row["organisation"] in organisations
        assert row["title"]


def test_positions_start_before_they_end():
    for row in read_table("positions.csv"):
        assert PARTIAL_DATE.fullmatch(row["start"])
        if row["end"]:
            assert PARTIAL_DATE.fullmatch(row["end"])
            shared = min(len(row["start"]), len(row["end"]))
            assert row["start"][:shared] <= row["end"][:shared]


def test_comments_belong_to_an_article_and_have_a_known_state():
    names = {path.stem for path in ARTICLES} | {WIRE_ARTICLE}
    rows = read_table("comments.csv")
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert row["article"] in names
        assert row["name"]
        assert row["text"]
    assert {row["state"] for row in rows} == {"approved", "pending", "spam"}


def test_a_reply_follows_a_comment_on_the_same_article():
    comments = {row["id"]: row for row in read_table("comments.csv")}
    for row in comments.values():
        posted = datetime.fromisoformat(row["posted"])
        assert posted.tzinfo is not None
        if row["reply_to"]:
            answered = comments[row["reply_to"]]
            assert answered["article"] == row["article"]
            assert datetime.fromisoformat(answered["posted"]) < posted
            assert answered["state"] == "approved"


def test_a_conversation_goes_three_deep():
    comments = {row["id"]: row for row in read_table("comments.csv")}

    def depth(row: dict[str, str]) -> int:
        return 1 + depth(comments[row["reply_to"]]) if row["reply_to"] else 1

    assert max(depth(row) for row in comments.values()) == 3
