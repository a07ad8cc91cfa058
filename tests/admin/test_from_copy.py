"""New from copy as it works without a script: paste, "Read it", look, decide, save or publish."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any, BinaryIO

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html
from pytest_django import DjangoAssertNumQueries
from time_machine import TimeMachineFixture

from articles import editing
from articles.importing.readers import READERS
from articles.importing.records import RawItem
from articles.models import (
    Article,
    AuditEntry,
    EntityKind,
    MentionRole,
    MentionState,
    Organisation,
    Person,
    Place,
    PlaceKind,
    SourceDocument,
    Status,
    TagSuggestion,
)
from tests.factories import (
    make_person,
    make_place,
    make_section,
    make_staff,
    make_tag,
)

pytestmark = pytest.mark.django_db

PAGE = "/admin/articles/article/from-copy/"
COPY = """Rivers rise in Sindh as rain goes on
By Ann Reed and Jamil Khan

HYDERABAD, Feb 3 (APP): Heavy rain flooded Hyderabad on Monday, and Chief Minister Murad Ali Shah
said that 12 people had died, as trains to Karachi stood still.

Workers of the Edhi Foundation reached Badin by boat. Floods are common there.

Water was two metres deep in places, said Imran Malik, who keeps a shop in Latifabad.
"""
TEXT = "Heavy rain flooded the lower town on Monday, and several hundred people left their houses."


@pytest.fixture(autouse=True)
def november(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(datetime(2026, 11, 22, 9, tzinfo=UTC))


@pytest.fixture
def sindh() -> dict[str, Place]:
    pakistan = make_place("Pakistan", kind=PlaceKind.COUNTRY, population=230_000_000)
    india = make_place("India", kind=PlaceKind.COUNTRY, population=1_400_000_000)
    province = make_place("Sindh", pakistan, PlaceKind.DIVISION, population=48_000_000)
    return {
        "Sindh": province,
        "Hyderabad": make_place("Hyderabad", province, population=1_700_000),
        "Hyderabad in India": make_place("Hyderabad", india, population=6_800_000),
        "Karachi": make_place("Karachi", province, population=14_900_000),
        "Badin": make_place("Badin", province, PlaceKind.TOWN, population=117_000),
    }


@pytest.fixture
def editor() -> User:
    return make_staff("Editor", "asma")


class Desk:
    """The page as a browser without scripts has it: each post sends what the last answer held."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.page: Any = None
        self.fields: dict[str, Any] = {}

    def read(self, copy: str = "", **fields: Any) -> "Desk":
        return self.post("_read", **({"copy": copy} if copy else {}), **fields)

    def post(self, button: str, **fields: Any) -> "Desk":
        """Press a button, the fields changed that are given; None unticks."""
        sent = {**self.fields, **fields, button: ""}
        answer = self.client.post(
            PAGE, {name: value for name, value in sent.items() if value is not None}
        )
        self.status = answer.status_code
        self.location = answer.headers.get("Location", "")
        if self.status != 302:
            self.page = html.fromstring(answer.content.decode())
            self.fields = _held(self.page)
        return self

    def publish(self, **fields: Any) -> Article:
        return self._stored(self.post("_publish", **fields))

    def save(self, **fields: Any) -> Article:
        return self._stored(self.post("_draft", **fields))

    def key(self, name: str) -> str:
        """What the entry called ``name`` is known by in the form."""
        return str(self._entries()[name].get("data-entry"))

    def entry(self, name: str) -> str:
        """What the page says of an entry."""
        return " ".join(self._entries()[name].text_content().split())

    def names(self) -> set[str]:
        return set(self._entries())

    def errors(self) -> list[str]:
        return [item.text_content() for item in self._all("//ul[contains(@class, 'errorlist')]/li")]

    def text(self) -> str:
        return " ".join(self.page.text_content().split())

    def preview(self) -> Any:
        """The text as readers will see it."""
        return self.page.find_class("preview")[0]

    def buttons(self) -> set[str]:
        return {button.get("name") for button in self._all("//input[@type='submit']")}

    def _all(self, path: str) -> list[Any]:
        return list(self.page.xpath(path))

    def _entries(self) -> dict[str, Any]:
        return {item.find(".//b").text_content(): item for item in self.page.find_class("entry")}

    @staticmethod
    def _stored(desk: "Desk") -> Article:
        assert desk.status == 302, desk.errors()
        return Article.objects.get(pk=desk.location.split("/")[-3])


def _held(page: Any) -> dict[str, Any]:
    form = page.get_element_by_id("from-copy")
    held: dict[str, Any] = {}
    for field in form.inputs:
        if not field.name or field.get("type") in {"submit", "file"} or field.tag == "button":
            continue
        if field.get("type") in {"checkbox", "radio"} and not field.checked:
            continue
        value: Any = list(field.value) if getattr(field, "multiple", False) else field.value
        if field.tag == "textarea":
            value = (value or "").removeprefix("\n")  # which browsers leave out
        held[field.name] = "" if value is None else value
    return held


@pytest.fixture
def desk(client: Client, editor: User) -> Desk:
    client.force_login(editor)
    return Desk(client)


def as_role(client: Client, role: str) -> Desk:
    client.force_login(make_staff(role, role.lower()))
    return Desk(client)


def states(article: Article) -> dict[str, str]:
    return {str(mention.entity or mention): mention.state for mention in article.mentions.all()}


# --- Reading ---------------------------------------------------------------------------------


def test_what_is_in_the_copy_is_on_the_page(desk: Desk, sindh: dict[str, Place]) -> None:
    make_tag("floods")
    desk.read(COPY)

    held = {name: desk.fields[name] for name in ("headline", "authors", "language", "summary")}
    assert held["headline"] == "Rivers rise in Sindh as rain goes on"
    assert held["authors"] == "Ann Reed; Jamil Khan"
    assert held["language"] == "en"
    assert held["summary"].startswith("Heavy rain flooded Hyderabad on Monday")
    assert desk.fields["dateline_place"] == str(sindh["Hyderabad"].pk)
    assert desk.fields["dateline_date"] == "2026-02-03"
    assert desk.fields["dateline_text"] == "HYDERABAD, Feb 3 (APP)"
    assert desk.fields["published_at"] == "2026-02-03T12:00"
    assert "year guessed" in desk.text()
    assert desk.names() == {
        "Hyderabad (city, Sindh)",
        "Karachi (city, Sindh)",
        "Badin (town, Sindh)",
        "Sindh (province or state, Pakistan)",
        "Murad Ali Shah",
        "Imran Malik",
        "Edhi Foundation",
        "floods",
    }


def test_an_entry_says_in_which_words_as_what_and_how_sure(
    desk: Desk, sindh: dict[str, Place]
) -> None:
    desk.read(COPY)

    assert desk.entry("Murad Ali Shah").startswith("Murad Ali Shah Chief Minister new speaker")
    assert "Murad Ali Shah" in desk.entry("Murad Ali Shah")
    assert "under no title" in desk.entry("Imran Malik")
    assert "new" not in desk.entry("Badin (town, Sindh)")
    marked = {mark.text_content() for mark in desk.preview().iter("mark")}
    assert {"Murad Ali Shah", "Badin", "Edhi Foundation", "Imran Malik"} <= marked


def test_a_headline_drawn_from_the_lead_says_so(desk: Desk) -> None:
    assert "drawn from the lead" in desk.read(TEXT).text()
    assert "drawn from the lead" not in desk.post("_read", headline="Rain").text()


def test_what_to_look_at_before_publishing_is_said_before(desk: Desk) -> None:
    rain = make_section("Weather")
    desk.read(f"RAIN IN TOWN AND ALL AROUND\n\n{TEXT}\n\nLeave a Reply\nNobody has yet.")

    for said in (
        "Left out 1 line after “Leave a Reply”.",
        "The headline is in capitals throughout.",
        "It stands in no section.",
    ):
        assert said in desk.text()
    desk.post("_read", section=rain.pk, headline="Rain in town")
    assert "in capitals" not in desk.text()
    assert "no section" not in desk.text()


def test_what_the_editor_wrote_outlasts_another_reading(
    desk: Desk, sindh: dict[str, Place]
) -> None:
    desk.read(COPY).post(
        "_read",
        headline="Rain in Sindh",
        copy=COPY.replace("Feb 3", "Feb 4").replace("Monday", "Tuesday"),
    )

    assert desk.fields["headline"] == "Rain in Sindh"
    assert desk.fields["dateline_text"] == "HYDERABAD, Feb 4 (APP)"
    assert desk.fields["summary"].startswith("Heavy rain flooded Hyderabad on Tuesday")


def test_what_the_editor_did_outlasts_copy_that_cannot_be_read(
    desk: Desk, sindh: dict[str, Place]
) -> None:
    desk.read(COPY).post(
        "_read",
        headline="Rain in Sindh",
        year="98",
        **{f"{desk.key('Karachi (city, Sindh)')}-decision": None},
    )
    assert desk.errors() == ["Ensure this value is greater than or equal to 1600."]
    desk.post("_read", year="1998")

    assert desk.fields["headline"] == "Rain in Sindh"
    assert desk.fields["dateline_date"] == "1998-02-03"
    assert f"{desk.key('Karachi (city, Sindh)')}-decision" not in desk.fields


def test_urdu_copy_reads_from_the_right(desk: Desk) -> None:
    make_place("Quetta", names=["کوئٹہ"], population=1_000_000)
    desk.read(
        "کوئٹہ (نمائندہ خصوصی) شہر میں بارش کے بعد سڑکیں بند ہو گئیں اور بجلی چلی گئی۔\n\n"
        "لوگ پریشان ہیں۔"
    )

    assert desk.fields["language"] == "ur"
    assert desk.fields["dateline_text"] == "کوئٹہ (نمائندہ خصوصی)"
    assert desk.preview().get("dir") == "rtl"


@pytest.mark.parametrize(
    ("copy", "said"),
    [
        (" \n", "Paste the copy here, or choose a file."),
        ("a\x00b", "Null characters are not allowed."),
        (
            f"<p>{TEXT}</p>",
            "The copy is HTML or XML, which cannot be imported yet; plain text can.",
        ),
        ("Leave a Reply\nComments:", "The copy has no text besides what surrounds an article"),
        (f"Karachi, Feb 29, 2025: {TEXT}", "a day that 2025 does not have"),
        ("rain " * 250_000, "The copy is larger than 1 MB, which no article is"),
        ("rain " * 800_000, "This is larger than 1 MB, which no article is."),
    ],
    ids=["empty", "NUL", "HTML", "debris", "no such day", "large", "very large"],
)
def test_what_cannot_be_read_is_told_beside_the_copy(desk: Desk, copy: str, said: str) -> None:
    desk.read(copy)

    assert len(desk.errors()) == 1
    assert said in desk.errors()[0]
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "rain.txt is empty."),
        (bytes(range(1, 32)) * 20, "rain.txt is not text."),
        (b"\x00" * 100, "rain.txt is not text."),
        (b"rain " * 2_200_000, "rain.txt is larger than 1 MB"),
    ],
    ids=["empty", "binary", "NUL", "10 MB"],
)
def test_a_file_that_cannot_be_read_is_told_by_its_name(
    desk: Desk, content: bytes, said: str
) -> None:
    desk.read(file=SimpleUploadedFile("rain.txt", content))

    assert [error.startswith(said) for error in desk.errors()] == [True]


def test_markup_in_copy_is_text_on_the_page(desk: Desk) -> None:
    desk.read(f"Rain <script>alert(1)</script>\n\n{TEXT} </textarea><img src=x onerror=alert(1)>")

    assert not desk.page.xpath("//form[@id='from-copy']//*[self::script or self::img]")
    assert "<script>alert(1)</script>" in desk.fields["headline"]
    assert "<img src=x onerror=alert(1)>" in desk.preview().text_content()


@pytest.mark.parametrize(
    "junk",
    [
        {"as_read": "[1]"},
        {"as_read": "{not JSON"},
        {"as_read": '{"dateline_place": "1"}', "dateline_place": "9" * 40},
        {"added_places": "9" * 40},
        {"section": "9" * 40, "as_read": '{"section": ""}'},
        {"item": "-1"},
        {"original": "no base64!", "original_digest": "0"},
    ],
)
def test_what_no_browser_sends_breaks_nothing(desk: Desk, junk: dict[str, str]) -> None:
    assert desk.read(f"Rain in town\n\n{TEXT}", **junk).status == 200


def test_emoji_and_windows_line_ends_are_copy_like_any(desk: Desk) -> None:
    article = desk.read(f"Rain 🌧 in town\r\n\r\n{TEXT} 👩‍🚀\r\n").save()

    assert article.headline == "Rain 🌧 in town"
    assert "👩‍🚀" in article.body
    assert SourceDocument.objects.get().content == f"Rain 🌧 in town\n\n{TEXT} 👩‍🚀\n".encode()


def test_reading_costs_the_same_whatever_is_found(
    desk: Desk, sindh: dict[str, Place], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_tag("floods")
    desk.read(COPY)

    with django_assert_max_num_queries(15):
        desk.read(COPY * 3)


# --- Saving ----------------------------------------------------------------------------------


def test_a_draft_is_the_editor_s_and_on_record(
    desk: Desk, editor: User, sindh: dict[str, Place]
) -> None:
    article = desk.read(COPY).save()

    assert article.status == Status.DRAFT
    assert article.created_by == editor
    assert article.dateline_place == sindh["Hyderabad"]
    assert article.dateline_date == date(2026, 2, 3)
    assert article.source == "APP"
    assert [author.name for author in article.authors.order_by("bylines")] == [
        "Ann Reed",
        "Jamil Khan",
    ]
    revision = article.revisions.get()
    assert (revision.editor, revision.actor, revision.reason) == (editor, "asma", "Brought in")
    assert [(entry.actor, entry.action) for entry in AuditEntry.objects.filter(kind="article")] == [
        ("asma", "import")
    ]


def test_what_has_a_tick_is_confirmed_what_lost_it_rejected_and_suggestions_wait(
    desk: Desk, sindh: dict[str, Place]
) -> None:
    desk.read(COPY)
    article = desk.save(**{f"{desk.key('Edhi Foundation')}-decision": None})

    assert states(article) == {
        "Hyderabad": MentionState.CONFIRMED,
        "Sindh": MentionState.CONFIRMED,
        "Karachi": MentionState.CONFIRMED,
        "Badin": MentionState.CONFIRMED,
        "Murad Ali Shah": MentionState.CONFIRMED,
        "Edhi Foundation": MentionState.REJECTED,
        "Imran Malik": MentionState.SUGGESTED,
    }
    assert Person.objects.get().positions.get().title == "Chief Minister"
    assert not Organisation.objects.exists()


def test_no_later_change_of_the_article_undoes_a_decision(
    desk: Desk, editor: User, sindh: dict[str, Place]
) -> None:
    desk.read(COPY)
    article = desk.save(
        **{
            f"{desk.key('Edhi Foundation')}-decision": None,
            f"{desk.key('Imran Malik')}-decision": "reject",
        }
    )
    before = states(article)
    article.body += "<p>The Edhi Foundation and Imran Malik were named again in Badin.</p>"
    editing.save(article, by=editor)

    assert states(article) == before
    assert not Organisation.objects.exists()


def test_a_suggestion_is_confirmed_as_somebody_new_or_somebody_known(
    desk: Desk, sindh: dict[str, Place]
) -> None:
    known = make_person("Murad Ali Shah Jillani")
    desk.read(COPY)
    article = desk.save(
        **{
            f"{desk.key('Imran Malik')}-decision": "confirm",
            f"{desk.key('Murad Ali Shah')}-other": known.pk,
        }
    )

    people = article.mentions.filter(kind=EntityKind.PERSON)
    assert {str(mention.person): mention.state for mention in people} == {
        "Imran Malik": MentionState.CONFIRMED,
        "Murad Ali Shah Jillani": MentionState.CONFIRMED,
    }
    assert people.get(person=known).quote == "Murad Ali Shah"
    assert not Person.objects.filter(name="Murad Ali Shah").exists()


def test_another_place_of_the_name_is_chosen(
    desk: Desk, editor: User, sindh: dict[str, Place]
) -> None:
    desk.read(COPY)
    article = desk.save(
        **{f"{desk.key('Hyderabad (city, Sindh)')}-other": sindh["Hyderabad in India"].pk},
        dateline_place=sindh["Hyderabad in India"].pk,
    )
    article.body += "<p>Rain in Hyderabad went on.</p>"
    editing.save(article, by=editor)

    article.refresh_from_db()
    assert article.dateline_place == sindh["Hyderabad in India"]
    shown = article.mentions.shown().filter(place__name="Hyderabad")
    assert {(mention.place, mention.role) for mention in shown} == {
        (sindh["Hyderabad in India"], MentionRole.FILED_FROM),
        (sindh["Hyderabad in India"], MentionRole.ABOUT),
    }


def test_a_dateline_whose_place_is_taken_out_stays_without(
    desk: Desk, editor: User, sindh: dict[str, Place]
) -> None:
    article = desk.read(COPY).save(dateline_place="")
    editing.save(article, by=editor)

    article.refresh_from_db()
    assert article.dateline_place is None
    assert not article.mentions.shown().filter(role=MentionRole.FILED_FROM).exists()


def test_what_the_machine_did_not_find_is_added(desk: Desk, sindh: dict[str, Place]) -> None:
    latifabad = make_place("Latifabad", sindh["Hyderabad"], kind=PlaceKind.DISTRICT)
    shah, rain = make_person("Asma Jahangir"), make_tag("rain and wind")
    desk.read(COPY)
    article = desk.save(added_places=[latifabad.pk], added_people=[shah.pk], added_tags=[rain.pk])

    assert states(article)["Latifabad"] == MentionState.CONFIRMED
    assert article.mentions.get(place=latifabad).quote == "Latifabad"
    assert states(article)["Asma Jahangir"] == MentionState.CONFIRMED
    assert [str(tag) for tag in article.tags.all()] == ["rain and wind"]


def test_tags_are_taken_left_or_wait(desk: Desk) -> None:
    floods, boats, rain = make_tag("floods"), make_tag("boats"), make_tag("rain")
    desk.read(f"Headline: Water\nTags: weather, rivers\n\n{TEXT} Floods and boats and rain.")
    article = desk.save(
        **{
            f"tag-{floods.pk}-decision": "confirm",
            f"tag-{boats.pk}-decision": "reject",
            "tag-named-rivers-decision": None,
        }
    )
    editing.save(article, by=make_staff())

    assert {str(tag) for tag in article.tags.all()} == {"weather", "floods"}
    assert {each.tag: each.is_rejected for each in TagSuggestion.objects.all()} == {
        boats: True,
        rain: False,
    }


def test_a_corrected_year_is_no_guess_and_moves_the_publication(
    desk: Desk, sindh: dict[str, Place]
) -> None:
    article = desk.read(COPY).save(dateline_date="1998-02-03")

    assert article.dateline_date == date(1998, 2, 3)
    assert not article.dateline_year_is_guess
    assert article.published_at == datetime(1998, 2, 3, 12, tzinfo=UTC)


def test_a_day_that_there_is_not_is_told_beside_it(desk: Desk, sindh: dict[str, Place]) -> None:
    desk.read(COPY).post("_draft", dateline_date="2026-02-31", headline="")

    assert sorted(desk.errors()) == ["An article needs a headline.", "Enter a valid date."]
    assert desk.fields["dateline_date"] == "2026-02-31"
    assert not Article.objects.exists()


def test_an_old_file_is_kept_byte_for_byte_for_as_long_as_its_text_is_not_changed(
    desk: Desk,
) -> None:
    content = f"Café floods\n\n{TEXT}".encode("cp1252")
    desk.read(file=SimpleUploadedFile("rain.txt", content))
    assert desk.fields["copy"].replace("\r\n", "\n") == f"Café floods\n\n{TEXT}"
    desk.save()
    desk.post("_draft", copy=desk.fields["copy"] + " It was cold.")

    first, second = SourceDocument.objects.order_by("pk")
    assert (bytes(first.content), first.name) == (content, "rain.txt")
    assert (bytes(second.content)[-12:], second.name) == (b"It was cold.", "pasted copy")


# --- Publishing ------------------------------------------------------------------------------


def test_it_is_published_on_the_day_of_its_dateline(
    desk: Desk, client: Client, sindh: dict[str, Place]
) -> None:
    article = desk.read(COPY).publish(headline="Rain in Sindh")

    assert article.path == "/2026/02/03/rain-in-sindh/"
    page = client.get(desk.location).content.decode()
    assert 'Published: <a href="/2026/02/03/rain-in-sindh/">' in page
    assert "the dateline’s was guessed" in page
    client.logout()
    assert client.get(article.path).status_code == 200
    assert article.path in client.get("/places/badin/").content.decode()


def test_what_is_dated_today_does_not_wait_for_noon(desk: Desk, sindh: dict[str, Place]) -> None:
    article = desk.read(COPY.replace("Feb 3", "Nov 22")).publish()

    assert article.status == Status.PUBLISHED
    assert article.is_public()


def test_an_embargo_is_kept(desk: Desk) -> None:
    article = desk.read(f"EMBARGOED until 1 March 2027, 10:00\nRain in town\n{TEXT}").publish()

    assert article.public_from == datetime(2027, 3, 1, 10, tzinfo=UTC)
    assert (
        "Readers see it from 2027-03-01 10:00 on."
        in desk.client.get(desk.location).content.decode()
    )


def test_an_embargo_that_cannot_be_read_stops_publishing_until_it_is_settled(desk: Desk) -> None:
    desk.read(f"EMBARGOED UNTIL MONDAY\nRain in town\n{TEXT}").post("_publish")

    assert desk.errors() == ["The copy is under an embargo (“MONDAY”). Say until when."]
    assert not Article.objects.exists()
    article = desk.publish(embargo_until="2026-11-23T08:00")
    assert article.public_from == datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_copy_that_is_here_already_is_found_and_not_doubled(desk: Desk) -> None:
    article = desk.read(f"Rain in town\n\n{TEXT}").save()
    desk.fields.clear()
    desk.read(f"Rain   in town\r\n\r\n\r\n{TEXT}")

    link = desk.page.find_class("note")[0].find("a")
    assert link.get("href") == f"/admin/articles/article/{article.pk}/change/"
    assert "The archive has this copy already" in desk.text()
    assert desk.post("_publish").status == 200
    assert Article.objects.count() == 1


def test_whose_copy_is_here_already_is_told_to_nobody_who_may_not_see_it(
    client: Client, desk: Desk
) -> None:
    desk.read(f"Rain in town\n\n{TEXT}").save(headline="A secret")
    reporter = as_role(client, "Reporter").read(f"Rain in town\n\n{TEXT}")

    assert "The archive has this copy already" in reporter.text()
    assert "A secret" not in reporter.text()


# --- Who may ---------------------------------------------------------------------------------


def test_a_reporter_makes_a_draft_of_their_own_and_publishes_nothing(client: Client) -> None:
    desk = as_role(client, "Reporter").read(f"Rain in town\n\n{TEXT}")
    assert desk.buttons() == {"_draft"}
    desk.post("_publish")
    assert not Article.objects.exists()

    article = desk.save()

    assert article.created_by == User.objects.get(username="reporter")
    assert article.status == Status.DRAFT
    assert client.get(desk.location).status_code == 200


def test_an_archivist_brings_in_what_others_publish(client: Client) -> None:
    desk = as_role(client, "Archivist").read(f"Rain in town\n\n{TEXT}")
    assert desk.buttons() == {"_draft"}

    assert desk.save().status == Status.DRAFT


def test_a_moderator_has_nothing_to_do_here(client: Client) -> None:
    client.force_login(make_staff("Moderator"))

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"copy": TEXT}).status_code == 403


def test_an_editor_of_one_section_publishes_in_no_other(desk: Desk, editor: User) -> None:
    sport, politics = make_section("Sport"), make_section("Politics")
    sport.editors.add(editor)
    desk.read(f"Rain in town\n\n{TEXT}").post("_publish", section=politics.pk)

    assert desk.errors() == ["You do not publish in this section. Choose another, or save a draft."]
    assert not Article.objects.exists()
    assert desk.publish(section=sport.pk).section == sport


def test_nobody_posts_from_another_site(editor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)

    assert client.post(PAGE, {"copy": TEXT, "_draft": ""}).status_code == 403


# --- Several articles in a file --------------------------------------------------------------


@pytest.fixture
def lines_are_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    """A format of several items: each line of a file is one."""

    def read(file: BinaryIO, where: str) -> Iterator[RawItem]:
        for number, line in enumerate(file.read().decode().splitlines(), 1):
            yield RawItem(f"{where}, line {number}", "lines", line.encode(), line)

    monkeypatch.setitem(READERS, "text", read)


def test_one_of_several_articles_in_a_file_is_chosen(
    desk: Desk, lines_are_articles: Callable[[], None]
) -> None:
    lines = "\n".join(TEXT.replace("Monday", day) for day in ("Tuesday", "Friday"))
    desk.read(file=SimpleUploadedFile("week.txt", lines.encode()))
    assert "This file holds 2 articles" in desk.text()
    assert "import_articles" in desk.text()
    assert not desk.buttons()

    article = desk.read(item="1").save()

    assert "Friday" in article.body
    assert SourceDocument.objects.get().name == "week.txt, line 2"


@pytest.mark.parametrize(
    ("role", "leads_here"), [("Editor", True), ("Reporter", True), ("Moderator", False)]
)
def test_the_list_and_the_empty_article_lead_here(
    client: Client, role: str, leads_here: bool
) -> None:
    client.force_login(make_staff(role))
    for address in ("/admin/articles/article/", "/admin/articles/article/add/"):
        page = client.get(address)
        assert (f'href="{PAGE}"' in page.content.decode()) is leads_here
