"""The command: what it takes, what it says of what it cannot take, what it leaves as it is."""

import json
import os
import re
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import StringIO
from itertools import chain
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from pytest_django import DjangoAssertNumQueries

from articles import editing
from articles.importing.pipeline import run
from articles.importing.records import Options
from articles.importing.report import Outcome
from articles.listings import Listing
from articles.models import (
    Article,
    Correction,
    Image,
    ListingKind,
    Person,
    Revision,
    Section,
    SourceDocument,
    Status,
)
from tests.factories import make_article, make_image, make_staff

pytestmark = pytest.mark.django_db

TEXT = "Heavy rain flooded the lower town of {0} on Monday, and several hundred people left."


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def import_(*arguments: object) -> str:
    output = StringIO()
    call_command("import_articles", *map(str, arguments), stdout=output, stderr=output)
    return output.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"\x7fELF\x02\x01\x00\x00", "is not text"),
        (bytes(range(1, 32)) * 20, "is not text"),
        (b"\xff\xfe\x00\xd8", "says it is utf-16 but is not"),
        (b"<?xml version='1.0'?><rss/>", "is HTML or XML"),
        (b"Leave a Reply\nComments:\n", "no text besides"),
        (b"Headline: Rain\nDate: May 2020\n\n" + TEXT.encode(), "not a day such as 1998-03-05"),
        (b"Headline: Rain\nDate: 9999-12-31\n\n" + TEXT.encode(), "is dated 9999-12-31"),
        (b"Headline: Rain\nDate: 0001-01-01\n\n" + TEXT.encode(), "is dated 0001-01-01"),
        (b"Headline: Rain\nDate: " + b"1" * 5000 + b"\n\n" + TEXT.encode(), "not a day such as"),
        (b"Headline: Rain\nSource: " + b"s" * 300 + b"\n\n" + TEXT.encode(), "Source of 300"),
        (b"Headline: Rain\nSource-Id: " + b"i" * 600 + b"\n\n" + TEXT.encode(), "Source-Id of 600"),
        (b"<!DOCTYPE html><html><body><p>" + TEXT.encode(), "is HTML or XML"),
        (b"Karachi, Feb 29: " + TEXT.encode(), "a day that 2026 does not have"),
    ],
)
def test_a_file_that_holds_no_article_is_named_with_the_reason(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = write(tmp_path, "copy.txt", content)

    with pytest.raises(CommandError, match=words) as error:
        import_(path, "--year", "2026")

    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)
    assert error.value.returncode == 1
    assert not Article.objects.exists()


def test_a_folder_and_a_missing_file_are_named_too(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is a folder"):
        import_(tmp_path)
    with pytest.raises(CommandError, match="there is no such file"):
        import_(tmp_path / "none.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "secret.txt", TEXT)
    path.chmod(0)

    with pytest.raises(CommandError, match="may not be read"):
        import_(path)


def test_a_bad_file_does_not_keep_the_rest_out(tmp_path: Path) -> None:
    good = write(tmp_path, "good.txt", TEXT)
    bad = write(tmp_path, "bad.txt", b"\x00")
    report = tmp_path / "report.jsonl"

    with pytest.raises(CommandError, match="1 added, 1 failed"):
        import_(good, bad, "--report", report)

    assert Article.objects.count() == 1
    lines = [json.loads(line) for line in report.read_text().splitlines()]
    assert {line["where"]: line["outcome"] for line in lines} == {
        str(good): "added",
        str(bad): "failed",
    }


def test_what_is_too_long_is_cut_and_told(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "long.txt",
        f"Headline: {'Rain ' * 80}\nSection: {'Weather ' * 20}\nAuthors: {'Ann ' * 60}; Jo\n"
        f"Tags: {'rain ' * 30}, floods\nSlug: {'rain-' * 60}\nLanguage: English\n"
        f"Dateline: no place\nImage: a.png\nImage-Credit: {'Jo ' * 80}\n\n{TEXT}",
    )
    output = import_(path, "--publish")

    article = Article.objects.get()
    article.full_clean(exclude=["lead_image"])
    assert len(article.headline) <= 300
    assert article.language == "en"
    for words in (
        "the headline has 399 characters and was cut to 300",
        "the section has 159 characters and was cut to 100",
        "the author has 239 characters",
        "the tag has 149 characters",
        "the picture's credit has 239 characters",
        "“English” is no language tag",
        "cannot read the Dateline “no place”",
    ):
        assert words in output


def test_a_header_s_empty_id_finds_no_other_article(tmp_path: Path) -> None:
    other = make_article("Another story", source="wire", source_id="7")
    import_(
        write(tmp_path, "a.txt", f"Headline: Rain\nSource: wire\nSource-Id:\n\n{TEXT}"),
        write(tmp_path, "b.txt", f"Headline: Hail\nSource:\nSource-Id: 7\n\n{TEXT}"),
    )

    other.refresh_from_db()
    assert other.headline == "Another story"
    assert Article.objects.count() == 3


def test_a_section_or_tag_whose_slug_an_editor_chose_is_found_by_name(tmp_path: Path) -> None:
    Section.objects.create(name="Sport", slug="sports")
    import_(write(tmp_path, "copy.txt", f"Headline: Rain\nSection: Sport\n\n{TEXT}"))

    assert Article.objects.get().section == Section.objects.get()


def test_what_is_left_out_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, "copy.txt", f"{TEXT}\nComments:\nI agree.\nSo do I.\n")

    assert "left out 2 lines after “Comments:”" in import_(path)


@pytest.mark.skipif(sys.platform == "darwin", reason="its file names are always UTF-8")
def test_a_file_name_of_old_bytes_stops_nothing(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text(TEXT)
    report = tmp_path / "report.jsonl"
    import_(path, "--report", report)

    assert SourceDocument.objects.get().name.endswith("caf\ufffd.txt")
    assert "caf\ufffd.txt" in report.read_text(encoding="utf-8")


def test_a_large_file_is_stored_before_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.importing.pipeline._BATCH_BYTES", 1000)
    paths = [write(tmp_path, f"{name}.txt", TEXT.format(name) * 20) for name in range(3)]
    results = run(paths, Options())

    assert next(results).outcome == Outcome.ADDED
    assert Article.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_store_each_article_once(tmp_path: Path) -> None:
    copy = (
        "Headline: Rain\nSource-Id: {0}\nTags: floods\nDate: 2020-05-04\n\nMinister Ann Reed left."
    )
    paths = [write(tmp_path, f"{number}.txt", copy.format(number)) for number in range(12)]

    def import_all(paths: list[Path]) -> list[Outcome]:
        try:
            return [result.outcome for result in run(paths, Options(publish=True))]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        outcomes = chain(*pool.map(import_all, [paths, paths[::-1]]))

    assert Counter(outcomes) == {Outcome.ADDED: 12, Outcome.UNCHANGED: 12}
    assert Article.objects.count() == len(set(Article.objects.values_list("path"))) == 12
    assert Listing(ListingKind.ARCHIVE).count() == 12
    assert Person.objects.get().name == "Ann Reed"


def test_old_encodings_are_read(tmp_path: Path) -> None:
    import_(
        write(
            tmp_path, "old.txt", "Le préfet a déclaré l’état d’urgence à Orléans.".encode("cp1252")
        )
    )

    assert "préfet a déclaré l’état" in Article.objects.get().body


def test_what_is_imported_is_a_draft_unless_it_is_to_be_published(tmp_path: Path) -> None:
    import_(write(tmp_path, "copy.txt", TEXT))

    article = Article.objects.get()
    assert (article.status, article.path) == (Status.DRAFT, None)


def test_copy_under_embargo_is_kept_from_readers(tmp_path: Path) -> None:
    path = write(tmp_path, "rain.txt", f"EMBARGOED until 1 March 2999, 10:00\n{TEXT}")
    import_(path, "--publish")

    article = Article.objects.get()
    assert article.public_from == datetime(2999, 3, 1, 10, tzinfo=UTC)
    assert "EMBARGOED" not in article.body


def test_an_embargo_that_cannot_be_read_is_settled_before_anything_is_published(
    tmp_path: Path,
) -> None:
    path = write(tmp_path, "rain.txt", f"EMBARGOED UNTIL MONDAY\n{TEXT}")
    output = import_(path, "--publish")

    assert "an embargo whose end cannot be read (“MONDAY”)" in " ".join(output.split())
    assert Article.objects.get().status == Status.DRAFT


def test_the_original_is_kept_byte_for_byte(tmp_path: Path) -> None:
    content = TEXT.encode() + b"\r\n\r\nLeave a Reply"
    import_(write(tmp_path, "copy.txt", content))

    assert bytes(SourceDocument.objects.get().content) == content


def test_the_same_words_twice_are_one_article(tmp_path: Path) -> None:
    paths = [write(tmp_path, name, TEXT) for name in ("one.txt", "two.txt")]

    assert "1 added, 1 unchanged" in import_(*paths)


def test_two_articles_of_one_day_and_headline_have_two_addresses(tmp_path: Path) -> None:
    header = "Headline: Rain\nDate: 2020-05-04\n\n"
    paths = [write(tmp_path, f"{town}.txt", header + TEXT.format(town)) for town in "ABC"]

    import_(*paths, "--publish")

    assert set(Article.objects.values_list("path", flat=True)) == {
        "/2020/05/04/rain/",
        "/2020/05/04/rain-2/",
        "/2020/05/04/rain-3/",
    }


class TestHeader:
    HEADER = (
        "Headline: Rain floods lower town\nDate: 2020-05-04\nSource-Id: 7\nSection: Weather\n"
        "Authors: Ann Reed; Desk, North\nTags: floods, rivers\n"
        "Image: rain.png\nImage-Alt: A flooded street.\n"
        "Correction: 6 May 2020 | correction | The river is the Ouse.\n\n"
    )

    def test_it_fills_what_the_copy_does_not_say(self, tmp_path: Path) -> None:
        with make_image().file.open("rb") as file:
            write(tmp_path, "rain.png", file.read())
        Image.objects.all().delete()
        path = write(tmp_path, "copy.txt", self.HEADER + TEXT)

        import_(path, "--publish", "--media-root", tmp_path)

        article = Article.objects.get()
        assert article.headline == "Rain floods lower town"
        assert not article.headline_is_drawn
        assert article.section is not None
        assert article.section.name == "Weather"
        assert [byline.author.name for byline in article.bylines.all()] == [
            "Ann Reed",
            "Desk, North",
        ]
        assert set(article.tags.names()) == {"floods", "rivers"}
        assert article.lead_image is not None
        assert article.lead_image.alt_text == "A flooded street."
        assert Correction.objects.get().text == "The river is the Ouse."

    def test_a_picture_that_is_not_there_keeps_no_article_out(self, tmp_path: Path) -> None:
        output = import_(write(tmp_path, "copy.txt", self.HEADER + TEXT), "--media-root", tmp_path)

        assert "picture rain.png: There is no such file" in output
        assert Article.objects.get().lead_image is None

    def test_a_picture_outside_the_media_root_is_not_taken(self, tmp_path: Path) -> None:
        write(tmp_path, "secret.png", b"secret")
        inner = tmp_path / "media"
        inner.mkdir()
        header = self.HEADER.replace("rain.png", "../secret.png")

        assert "There is no such file" in import_(
            write(tmp_path, "copy.txt", header + TEXT), "--media-root", inner
        )

    def test_a_later_version_from_the_source_brings_the_article_up_to_date(
        self, tmp_path: Path
    ) -> None:
        import_(write(tmp_path, "copy.txt", self.HEADER + TEXT), "--publish")
        path = Article.objects.get().path
        later = self.HEADER.replace("lower town", "whole town")

        assert "1 updated" in import_(write(tmp_path, "copy.txt", later + TEXT), "--publish")
        article = Article.objects.get()
        assert article.headline == "Rain floods whole town"
        assert article.path == path
        assert article.revision == 2

    def test_an_editor_s_work_is_never_overwritten(self, tmp_path: Path) -> None:
        import_(write(tmp_path, "copy.txt", self.HEADER + TEXT), "--publish")
        article = Article.objects.get()
        article.headline = "The editor’s headline"
        editing.save(article, by=make_staff())
        later = self.HEADER.replace("lower town", "whole town")

        assert "1 kept" in import_(write(tmp_path, "copy.txt", later + TEXT), "--publish")
        article.refresh_from_db()
        assert article.headline == "The editor’s headline"

    def test_a_correction_may_say_what_was_wrong_before_what_is_right(self, tmp_path: Path) -> None:
        header = self.HEADER.replace("| The river", "| It said Don. | The river")

        import_(write(tmp_path, "copy.txt", header + TEXT))

        correction = Correction.objects.get()
        assert (correction.wrong, correction.text) == ("It said Don.", "The river is the Ouse.")

    def test_a_correction_out_of_form_says_its_form(self, tmp_path: Path) -> None:
        for wrong in ("sometime | mistake", "6 May 2020"):
            header = self.HEADER.replace("6 May 2020 | correction", wrong)
            path = write(tmp_path, "copy.txt", header + TEXT)

            with pytest.raises(CommandError, match=re.escape("8 June 1935 | clarification |")):
                import_(path)


def test_many_files_cost_queries_by_the_batch_and_not_by_the_file(
    tmp_path: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    paths = [write(tmp_path, f"{number}.txt", TEXT.format(number)) for number in range(60)]

    with django_assert_max_num_queries(60):
        results = list(run(paths, Options(publish=True)))

    assert {result.outcome for result in results} == {Outcome.ADDED}
    assert Revision.objects.count() == 60


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--year", "98"], "is not a year such as 1998"),
        (["--source", "desk 2026-02-31"], "not a day of the calendar"),
        (["--report", "/nowhere/at/all"], "--report /nowhere/at/all"),
    ],
)
def test_an_option_out_of_form_is_named(tmp_path: Path, arguments: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        import_(write(tmp_path, "copy.txt", TEXT), *arguments)
