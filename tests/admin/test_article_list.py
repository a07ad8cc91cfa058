"""The list of articles: what it finds, how it is narrowed, what is done with several at once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles import editing
from articles.admin.article import bulk, finding
from articles.models import (
    Article,
    AuditEntry,
    Byline,
    MentionRole,
    MentionState,
    Status,
    TagSuggestion,
)
from tests.factories import (
    make_article,
    make_author,
    make_mention,
    make_organisation,
    make_person,
    make_place,
    make_section,
    make_staff,
    make_tag,
)

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"


def recorded(article: Article) -> Article:
    """As an article is that came in by a verb."""
    editing.record([article])
    return article


def draft(headline: str = "", **fields: Any) -> Article:
    return recorded(make_article(headline, published=None, **fields))


def shown(desk: Client, **filters: Any) -> list[str]:
    page = desk.get(LIST, filters)
    return [article.headline for article in page.context["cl"].result_list]


def do(desk: Client, action: str, *articles: Article, **fields: Any) -> str:
    """What the list says after ``action`` on some articles, chosen by their boxes."""
    chosen = [article.pk for article in articles]
    data = {"action": action, "_selected_action": chosen, "index": "0", **fields}
    asked = "?status=bin" if action == "restore" else ""
    return desk.post(f"{LIST}{asked}", data, follow=True).content.decode()


def status_of(*articles: Article) -> list[str]:
    return [Article.objects.get(pk=article.pk).status for article in articles]


# Finding


def test_words_find_public_articles_by_their_text_and_others_by_their_headlines(
    desk: Client,
) -> None:
    recorded(make_article("A storm", paragraphs=["The harbour was closed."]))
    draft("Plans for the Harbour")
    draft("Something else", paragraphs=["The harbour again."])
    recorded(make_article("Something else"))

    assert set(shown(desk, q="harbour")) == {"A storm", "Plans for the Harbour"}


def test_the_last_word_of_a_drafts_headline_may_be_half_typed(desk: Client) -> None:
    draft("Plans for the harbour")

    assert shown(desk, q="harbour pla") == ["Plans for the harbour"]
    assert shown(desk, q="har pla") == []


@pytest.mark.parametrize("words", ["بارش", "Quétta", '"of rain"', "drought OR rain", "rain -snow"])
def test_drafts_are_found_in_any_script_and_with_what_the_search_understands(
    desk: Client, words: str
) -> None:
    draft("Days of rain in Quetta: بارش")
    draft("Snow in Ziarat")

    assert shown(desk, q=words) == ["Days of rain in Quetta: بارش"]


def test_words_that_are_none_find_nothing(desk: Client) -> None:
    draft("Rain")

    assert shown(desk, q="—") == []


def test_an_address_or_a_number_finds_its_article(desk: Client) -> None:
    article = recorded(make_article("Rain"))
    other = draft("Snow")

    assert shown(desk, q=f"https://archive.example.org{article.path}?from=mail") == ["Rain"]
    assert shown(desk, q=str(article.path)) == ["Rain"]
    assert shown(desk, q=f"#{other.pk}") == ["Snow"]
    assert shown(desk, q="#999999999999999999") == []


def test_what_search_engines_leave_out_is_found_at_the_desk(desk: Client) -> None:
    article = recorded(make_article("A forgotten trial"))
    editing.deindex(article, by=None)

    assert shown(desk, q="trial") == ["A forgotten trial"]
    assert shown(desk, wants="deindexed") == ["A forgotten trial"]


def test_the_newest_matches_come_first_what_is_not_public_on_top(desk: Client) -> None:
    for year in (1998, 2016, 2004):
        recorded(make_article(f"Rain {year}", published=datetime(year, 5, 1, tzinfo=UTC)))
    draft("Rain tomorrow")

    assert shown(desk, q="rain") == ["Rain tomorrow", "Rain 2016", "Rain 2004", "Rain 1998"]


def test_a_search_says_when_it_shows_only_the_newest_matches(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "FOUND", 2)
    monkeypatch.setattr("articles.admin.article.changelist.FOUND", 2)
    for _ in range(3):
        recorded(make_article("Rain"))

    page = desk.get(LIST, {"q": "rain"}).content.decode()

    assert "The newest 2 articles" in page


def test_a_long_search_is_read_page_by_page(desk: Client) -> None:
    for _ in range(60):
        recorded(make_article("Rain"))

    assert len(shown(desk, q="rain")) == 50
    assert len(shown(desk, q="rain", p="2")) == 10
    assert desk.get(LIST, {"q": "rain", "p": "3"}).status_code == 302


# Narrowing


def test_the_bin_is_shown_only_when_asked_for(desk: Client) -> None:
    kept, thrown = draft("Kept"), draft("Thrown away")
    editing.put_in_bin(thrown, by=None)

    assert shown(desk) == ["Kept"]
    assert shown(desk, status="bin") == ["Thrown away"]
    assert shown(desk, status="draft") == [kept.headline]


def test_whose_it_is_and_whose_turn(desk: Client, editor: User) -> None:
    draft("Mine", created_by=editor)
    draft("My turn", created_by=make_staff(), assigned_to=editor)
    draft("Nobody’s")

    assert shown(desk, whose="mine") == ["Mine"]
    assert shown(desk, whose="turn") == ["My turn"]


def test_what_wants_a_look(desk: Client) -> None:
    recorded(make_article("Drawn", headline_is_drawn=True))
    recorded(make_article("Guessed", dateline_year_is_guess=True))
    named, tagged = recorded(make_article("Named")), recorded(make_article("Tagged"))
    make_mention(named, make_place(), state=MentionState.SUGGESTED)
    make_mention(named, make_place(), state=MentionState.REJECTED)
    TagSuggestion.objects.create(article=tagged, tag=make_tag(), quote="x")
    done = recorded(make_article("Done"))
    TagSuggestion.objects.create(article=done, tag=make_tag(), quote="x", is_rejected=True)
    stale = draft("Stale")
    Article.objects.filter(pk=stale.pk).update(updated_at=timezone.now() - timedelta(days=15))

    assert shown(desk, wants="headline") == ["Drawn"]
    assert shown(desk, wants="year") == ["Guessed"]
    assert set(shown(desk, wants="suggestions")) == {"Named", "Tagged"}
    assert shown(desk, wants="stale") == ["Stale"]


def test_the_date_leads_from_years_to_months_to_days_with_the_archives_own_counts(
    desk: Client,
) -> None:
    for day, headline in (("1998-05-28", "Tests"), ("1998-05-30", "More"), ("1998-06-01", "Rain")):
        moment = datetime.fromisoformat(f"{day}T12:00+00:00")
        recorded(make_article(headline, published=moment))
    recorded(make_article("Later", published=datetime(2016, 8, 8, tzinfo=UTC)))

    assert shown(desk, date="1998") == ["Rain", "More", "Tests"]
    assert shown(desk, date="1998-05") == ["More", "Tests"]
    assert shown(desk, date="1998-05-28") == ["Tests"]
    assert '?date=1998">1998 <small>3</small>' in desk.get(LIST).content.decode()
    of_year = desk.get(LIST, {"date": "1998"}).content.decode()
    assert '?date=1998-05">May <small>2</small>' in of_year
    assert '?date=1998-05-31">31</a>' in desk.get(LIST, {"date": "1998-05"}).content.decode()


@pytest.mark.parametrize("text", ["1998-13", "1998-02-30", "0000", "yesterday", "1998-5"])
def test_a_date_that_is_none_leads_back_to_the_list(desk: Client, text: str) -> None:
    recorded(make_article())

    assert desk.get(LIST, {"date": text})["Location"] == f"{LIST}?e=1"


def test_scheduled_articles_stand_in_the_order_in_which_they_appear(desk: Client) -> None:
    now = timezone.now()
    for days in (3, 1, 2):
        article = draft(f"In {days} days")
        editing.publish(article, by=None, at=now + timedelta(days=days))

    assert shown(desk, status="scheduled") == ["In 1 days", "In 2 days", "In 3 days"]


@pytest.mark.parametrize("is_public", [True, False])
def test_particulars_narrow_the_list_to_public_articles_and_drafts_alike(
    desk: Client, is_public: bool
) -> None:
    balochistan = make_place("Balochistan")
    gwadar = make_place("Gwadar", balochistan)
    section, author, tag = make_section(), make_author(), make_tag()
    person, organisation = make_person(), make_organisation()
    published: dict[str, Any] = {} if is_public else {"published": None}
    article = make_article(
        "Wanted",
        section=section,
        authors=[author],
        tags=[tag],
        dateline_place=gwadar,
        language="ur-PK",
        source="APP",
        **published,
    )
    for entity in (gwadar, person, organisation):
        make_mention(article, entity)
    recorded(article)
    other = make_article("Other", source="AFP", **published)
    make_mention(other, make_place("Lahore"))
    make_mention(other, gwadar, state=MentionState.REJECTED)
    recorded(other)

    for name, value in {
        "section": section.pk,
        "author": author.pk,
        "tag": tag.pk,
        "place": balochistan.pk,
        "dateline": balochistan.pk,
        "person": person.pk,
        "organisation": organisation.pk,
        "language": "ur",
        "source": "APP",
    }.items():
        assert shown(desk, **{name: value}) == ["Wanted"], name
    assert shown(desk, tag=tag.pk, place=gwadar.pk, q="wanted", source="APP") == ["Wanted"]
    assert shown(desk, tag=tag.pk, person=make_person().pk) == []


def test_filed_from_is_not_about(desk: Client) -> None:
    islamabad = make_place("Islamabad")
    article = draft("Filed", dateline_place=islamabad)
    make_mention(article, islamabad, role=MentionRole.FILED_FROM)

    assert shown(desk, dateline=islamabad.pk) == ["Filed"]
    assert shown(desk, place=islamabad.pk) == []


def test_what_is_chosen_is_named_beside_the_list_and_sent_along_with_the_next(
    desk: Client,
) -> None:
    tag, author = make_tag("floods"), make_author("A. Writer")
    recorded(make_article(tags=[tag], authors=[author]))

    page = desk.get(LIST, {"tag": tag.pk, "author": author.pk, "status": "published"})

    text = page.content.decode()
    assert f'<option value="{tag.pk}" selected>floods</option>' in text
    assert f'<option value="{author.pk}" selected>A. Writer</option>' in text
    assert '<input type="hidden" name="status" value="published">' in text


@pytest.mark.parametrize("is_public", [True, False])
def test_field_words_mean_at_the_desk_what_they_mean_to_readers(
    desk: Client, is_public: bool
) -> None:
    published: dict[str, Any] = {} if is_public else {"published": None}
    balochistan = make_place("Balochistan")
    gwadar, lahore = make_place("Gwadar", balochistan), make_place("Lahore")
    for place in (gwadar, lahore):
        # What nobody can read about is no place that a search knows.
        seen = make_article("Seen")
        make_mention(seen, place)
        recorded(seen)
    wanted = make_article("Floods in the port", language="ur", **published)
    make_mention(wanted, gwadar)
    recorded(wanted)
    other = make_article("Floods in the city", **published)
    make_mention(other, lahore)
    recorded(other)

    assert shown(desk, q="floods place:balochistan") == ["Floods in the port"]
    assert shown(desk, q="floods -place:gwadar") == ["Floods in the city"]
    assert shown(desk, q="floods place:gwadar|lahore language:urdu") == ["Floods in the port"]
    assert shown(desk, q="floods after:2030") == []


def test_what_field_words_name_nothing_is_said(desk: Client) -> None:
    page = desk.get(LIST, {"q": "place:nowhere"}).content.decode()

    assert "There is no place “nowhere”; searched for the words instead." in page


def test_an_editor_finds_any_form_of_a_word_as_readers_do(desk: Client) -> None:
    recorded(make_article("Flooded roads"))
    recorded(make_article("A flood"))
    draft("Flood warning")

    for words in ("flood", "flooded"):
        assert set(shown(desk, q=words)) == {"Flooded roads", "A flood", "Flood warning"}
    assert shown(desk, q='"flooded"') == ["Flooded roads"]


@pytest.mark.parametrize("value", ["x", "-1", "0", "1" * 40, "' or 1=1"])
def test_particulars_that_are_none_lead_back_to_the_list(desk: Client, value: str) -> None:
    assert desk.get(LIST, {"tag": value})["Location"] == f"{LIST}?e=1"


def test_a_reporter_sees_their_own_articles_and_what_readers_see(client: Client) -> None:
    reporter, colleague = make_staff("Reporter"), make_staff("Reporter")
    recorded(make_article("Public"))
    draft("Mine", created_by=reporter)
    draft("A colleague’s", created_by=colleague)
    client.force_login(reporter)

    assert set(shown(client)) == {"Public", "Mine"}
    assert shown(client, q="colleague") == []


def test_who_is_limited_to_a_section_sees_its_drafts_only(client: Client) -> None:
    sport, news = make_section("Sport"), make_section("News")
    editor = make_staff("Editor")
    editor.desk_sections.add(sport)
    draft("A match", section=sport)
    draft("A scandal", section=news)
    client.force_login(editor)

    assert shown(client) == ["A match"]
    assert shown(client, section=news.pk) == []


def test_a_row_says_who_wrote_it_what_became_of_it_and_whose_turn_it_is(desk: Client) -> None:
    sana = make_staff("Editor", "sana", first_name="Sana", last_name="Baloch")
    article = draft("Rain", assigned_to=sana, language="ur", headline_is_drawn=True)
    for order, name in enumerate(["Zia Ahmed", "Bano Qudsia"]):
        Byline.objects.create(article=article, author=make_author(name), order=order)
    editing.publish(article, by=None, at=datetime(2100, 3, 4, 14, 5, tzinfo=UTC))

    row = desk.get(LIST).content.decode().split("<tbody>")[1]

    for said in ("Zia Ahmed", "Sana Baloch", "scheduled", "4 March 2100, 14:05", "headline drawn"):
        assert said in row
    assert '<span class="flag">ur</span>' in row


# Doing


def test_bulk_verbs_do_what_can_be_done_and_say_what_could_not_and_why(desk: Client) -> None:
    good, empty = draft("Good"), draft("Empty", body="")

    page = do(desk, "publish", good, empty)

    assert status_of(good, empty) == [Status.PUBLISHED, Status.DRAFT]
    assert "1 article is published." in page
    assert "“Empty”: An article needs a body" in page


def test_the_verbs_of_a_drafts_way(desk: Client, editor: User) -> None:
    reporter = make_staff("Reporter")
    article = draft("Rain", created_by=reporter)

    do(desk, "submit", article)
    assert status_of(article) == [Status.IN_REVIEW]
    do(desk, "assign", article)
    assert Article.objects.get().assigned_to == editor
    assert "needs a reason" in do(desk, "send_back", article)
    do(desk, "send_back", article, reason="Who says so?")
    assert (status_of(article), Article.objects.get().assigned_to) == ([Status.DRAFT], reporter)
    do(desk, "bin", article)
    assert status_of(article) == [Status.BIN]
    do(desk, "restore", article)
    assert status_of(article) == [Status.DRAFT]

    done = AuditEntry.objects.filter(kind="article").order_by("pk").values_list("action", flat=True)
    assert list(done) == ["submit", "assign", "send back", "bin", "restore"]


def test_tags_and_sections_of_several_articles_change_with_their_record(desk: Client) -> None:
    floods, news = make_tag("floods"), make_section("News")
    public, other = recorded(make_article("Rain")), draft("Snow")

    do(desk, "add_tag", public, other, tag=floods.pk)
    do(desk, "move", public, other, section=news.pk)
    assert shown(desk, tag=floods.pk, section=news.pk) == ["Snow", "Rain"]
    last = public.revisions.latest("number")
    assert (last.reason, last.is_minor, last.snapshot["tags"]) == (
        "Moved to News",
        True,
        ["floods"],
    )

    page = do(desk, "remove_tag", public, other, tag=floods.pk)
    assert "2 articles are without the tag now." in page
    assert shown(desk, tag=floods.pk) == []
    assert "“Rain”: It does not have the tag floods." in do(
        desk, "remove_tag", public, tag=floods.pk
    )


@pytest.mark.parametrize(("action", "field"), [("add_tag", "tag"), ("move", "section")])
def test_a_verb_that_needs_a_choice_asks_for_it(desk: Client, action: str, field: str) -> None:
    article = draft("Rain")

    assert f"needs a {field}. Nothing was changed." in do(desk, action, article)
    do(desk, action, article, **{field: "999"})
    assert Article.objects.get().revision == 1


def test_a_reporter_is_refused_article_by_article(client: Client) -> None:
    reporter = make_staff("Reporter", "zia")
    mine = draft("Mine", created_by=reporter)
    public = recorded(make_article("Public"))
    client.force_login(reporter)

    page = do(client, "submit", mine, public)
    assert status_of(mine) == [Status.IN_REVIEW]
    assert "Zia may not submit “Public”." in page

    do(client, "publish", mine)
    assert status_of(mine) == [Status.IN_REVIEW]
    assert '<option value="publish">' not in client.get(LIST).content.decode()


def test_at_most_so_many_are_changed_at_once(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", 2)
    articles = [draft() for _ in range(3)]

    page = do(desk, "submit", *articles)

    assert sorted(status_of(*articles)) == [Status.DRAFT, Status.IN_REVIEW, Status.IN_REVIEW]
    assert "At most 2 at a time" in page


def test_what_a_colleague_saved_meanwhile_is_not_undone(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = draft("Before")
    verb = editing.submit

    def saved_by_a_colleague(article: Article, *, by: User | None) -> None:
        assert article.headline == "After"
        verb(article, by=by)

    monkeypatch.setattr(editing, "submit", saved_by_a_colleague)
    Article.objects.filter(pk=article.pk).update(headline="After")
    do(desk, "submit", article)

    assert Article.objects.get().headline == "After"


# Costs


@pytest.mark.parametrize("role", ["Editor", "Reporter"])
def test_any_list_costs_a_dozen_queries_however_many_articles_there_are(
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    role: str,
) -> None:
    staff, tag, place = make_staff(role), make_tag(), make_place()
    section = make_section()
    staff.desk_sections.add(section)
    articles = [
        make_article(
            "Rain",
            published=datetime(1998, 5, 28, tzinfo=UTC) if number % 2 else None,
            created_by=staff,
            assigned_to=staff,
            section=section,
            tags=[tag],
            authors=[make_author()],
            source="APP",
        )
        for number in range(15)
    ]
    for article in articles:
        make_mention(article, place)
        make_mention(article, make_place(), state=MentionState.SUGGESTED)
    editing.record(articles)
    client.force_login(staff)
    client.get(LIST)

    for asked in (
        "",
        "?q=rain",
        "?status=draft&whose=mine",
        "?date=1998-05",
        "?wants=suggestions",
        f"?tag={tag.pk}&place={place.pk}&source=APP&q=rain&date=1998-05",
    ):
        with django_assert_max_num_queries(12, info=asked):
            assert len(client.get(LIST + asked).context["cl"].result_list) >= 7


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ("", "article_updated"),
        ("?status=draft", "article_of_status"),
        ("?status=bin", "article_of_status"),
        ("?whose=mine", "article_of_staff"),
        ("?whose=turn", "article_assigned"),
        ("?wants=headline", "article_headline_drawn"),
        ("?wants=year", "article_year_guessed"),
        ("?wants=deindexed", "article_deindexed"),
        ("?date=1998-05", "article_public_newest"),
    ],
)
def test_a_list_is_read_along_one_index_in_its_order(desk: Client, asked: str, index: str) -> None:
    rows = desk.get(f"{LIST}{asked}").context["cl"].queryset.values("pk")[:50]
    if connection.vendor == "postgresql":  # to which one index of a small table is like another
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute(
                "UPDATE pg_class SET reltuples = 1000000, relpages = 1 "
                "WHERE oid = 'articles_article'::regclass"
            )

    plan = rows.explain()

    assert index in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan
