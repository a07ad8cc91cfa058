import json
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.utils import timezone

from articles import editing, listings
from articles.comments import counts, threads
from articles.models import (
    Address,
    Article,
    Comment,
    CommentPolicy,
    Correction,
    CorrectionKind,
    MentionRole,
    MentionState,
    Person,
    Status,
)
from tests.factories import (
    make_article,
    make_author,
    make_comment,
    make_image,
    make_mention,
    make_organisation,
    make_person,
    make_place,
    make_section,
    make_tag,
)

pytestmark = pytest.mark.django_db


def text(response: HttpResponse) -> str:
    return response.content.decode()


def structured_data(response: HttpResponse) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text(response))
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_an_article_shows_what_it_says_and_who_wrote_it(client):
    article = make_article(
        "Earthquake destroys Quetta",
        paragraphs=["The shock came early.", "Nothing stands."],
        authors=[make_author("First Author"), make_author("Second Author")],
        section=make_section("Environment"),
        tags=[make_tag("earthquakes")],
        summary="Tens of thousands are feared dead.",
    )

    page = text(client.get(article.path))

    for words in (
        "<title>Earthquake destroys Quetta",
        "The shock came early.",
        "First Author</a> and ",
        "Environment",
        "earthquakes",
        "Tens of thousands are feared dead.",
        "1 February 2026</time>",
        "Leave a reply",
    ):
        assert words in page


def test_no_reader_gets_a_cookie(client):
    assert not client.get(make_article().path).cookies


def full_article(size: int) -> Article:
    article = make_article(
        paragraphs=["Where it happened."] * 10,
        section=make_section(),
        lead_image=make_image(),
        dateline_place=make_place(parent=make_place()),
        authors=[make_author() for _ in range(size)],
        tags=[make_tag() for _ in range(size)],
        comment_count=size,
    )
    country = make_place()
    for _ in range(size):
        make_mention(article, make_place(parent=country, latitude=30, longitude=67))
        make_mention(article, make_person())
        make_mention(article, make_organisation())
        Correction.objects.create(article=article, text="It was otherwise.")
        make_comment(article)
    others = [make_article() for _ in range(9)]
    make_mention(others[0], Person.objects.latest("pk"))
    listings.refresh([article.pk, *(other.pk for other in others)])
    return article


@pytest.mark.parametrize("size", [1, 12])
def test_an_article_costs_nine_queries_whatever_it_holds(
    client, django_assert_max_num_queries, size
):
    article = full_article(size)

    with django_assert_max_num_queries(9):
        page = text(client.get(article.path))
    assert "Related articles" in page


def test_the_first_mention_of_a_place_is_a_link(client):
    quetta = make_place("Quetta")
    article = make_article(paragraphs=["The road to Quetta is open."])
    make_mention(article, quetta, paragraph="p1", start=12)

    page = text(client.get(article.path))

    assert '<a class="mention" href="/places/quetta/">Quetta</a>' in page


def test_who_and_what_is_in_the_story_stands_beside_it(client):
    province = make_place("Balochistan", latitude=28, longitude=65, kind="division")
    article = make_article()
    make_mention(
        article,
        make_place("Quetta", parent=province, latitude=30.2, longitude=67.0),
        paragraph="p1",
    )
    make_mention(article, make_person("Mohsin Naqvi"), title="Federal Interior Minister")
    make_mention(article, make_organisation("Pakistan Television"))

    page = text(client.get(article.path))

    assert '<a href="/places/quetta/">Quetta</a> <span>Balochistan</span>' in page
    assert "Federal Interior Minister" in page
    assert "/organisations/pakistan-television/" in page
    assert "<svg" in page


def test_a_mention_that_is_only_suggested_or_rejected_is_not_shown(client):
    article = make_article()
    for name, state in (("Maybe", MentionState.SUGGESTED), ("Never", MentionState.REJECTED)):
        make_mention(article, make_place(name), state=state)

    page = text(client.get(article.path))

    assert "Maybe" not in page
    assert "Never" not in page


def test_the_place_it_was_filed_from_is_not_counted_among_those_in_the_story(client):
    islamabad = make_place("Islamabad")
    article = make_article(dateline_place=islamabad)
    make_mention(article, islamabad, role=MentionRole.FILED_FROM, paragraph="")

    page = text(client.get(article.path))

    assert "Filed from" in page
    assert "<h3>Places</h3>" not in page


def test_the_dateline_is_run_in_as_newspapers_do(client):
    article = make_article(
        paragraphs=["Clashes erupted."],
        dateline_place=make_place("Islamabad"),
        dateline_date=date(2026, 2, 1),
        dateline_text="ISLAMABAD, Feb 1 (Agency)",
    )

    page = text(client.get(article.path))

    assert (
        '<p id="p1"><span class="dateline"><a href="/places/islamabad/">Islamabad</a>, Feb 1 '
        '(Agency)</span> <span aria-hidden="true">—</span> Clashes erupted.' in page
    )


def test_a_dateline_without_a_known_place_is_shown_as_it_stood_and_escaped(client):
    article = make_article(dateline_text="CAMP <7>, Monday")

    assert '<span class="dateline">CAMP &lt;7&gt;, Monday</span>' in text(client.get(article.path))


def test_a_year_that_was_inferred_is_said_to_be(client):
    article = make_article(
        dateline_place=make_place(), dateline_date=date(2026, 2, 1), dateline_year_is_guess=True
    )

    assert "1 February 2026, year inferred" in text(client.get(article.path))


def test_a_sample_article_is_marked_as_one(client):
    assert "Sample archive" in text(client.get(make_article(source="sample").path))
    assert "Sample archive" not in text(client.get(make_article(source="agency").path))


def test_a_summary_that_only_repeats_the_first_sentence_is_left_out(client):
    lead = "The shock came shortly after three in the morning, while the town was asleep."
    article = make_article(paragraphs=[lead], summary=lead)

    assert 'class="standfirst"' not in text(client.get(article.path))


def test_public_notes_stand_on_the_article(client):
    article = make_article()
    Correction.objects.create(
        article=article, kind=CorrectionKind.CLARIFICATION, text="Both days.", paragraph="p1"
    )

    page = text(client.get(article.path))

    assert "Clarification" in page
    assert "Both days." in page
    assert 'href="#p1"' in page


def test_a_right_to_left_article_says_its_language_and_direction(client):
    article = make_article("کوئٹہ میں زلزلہ", language="ur", slug="کوئٹہ")

    page = text(client.get(article.path))

    assert '<article class="story" dir="rtl">' in page
    assert '<h1 lang="ur">' in page


def test_search_engines_are_told_what_it_is(client, settings):
    settings.SITE_URL = "https://archive.example"
    article = make_article(
        'A "headline" </script><b>',
        authors=[make_author("Somebody")],
        dateline_place=make_place("Quetta"),
    )
    make_mention(article, make_place("Gwadar", latitude=25.1, longitude=62.3))

    data = structured_data(client.get(article.path))

    assert data["headline"] == 'A "headline" </script><b>'
    assert data["url"] == f"https://archive.example{article.path}"
    assert data["author"][0]["name"] == "Somebody"
    assert data["locationCreated"]["name"] == "Quetta"
    assert data["contentLocation"][0]["geo"]["latitude"] == 25.1
    assert data["datePublished"].startswith("2026-02-01")


def test_the_canonical_address_and_the_comments_feed_are_announced(client):
    article = make_article()

    page = text(client.get(article.path))

    assert f'<link rel="canonical" href="http://127.0.0.1:8000{article.path}">' in page
    assert f'href="{article.path}feed/"' in page


def test_comments_that_are_switched_off_leave_no_trace(client):
    article = make_article(comment_policy=CommentPolicy.HIDDEN)

    assert 'id="comments"' not in text(client.get(article.path))


@pytest.mark.parametrize(
    "fields",
    [
        {"status": Status.DRAFT},
        {"status": Status.IN_REVIEW},
        {"published": datetime(2999, 1, 1, tzinfo=UTC), "status": Status.SCHEDULED},
        {"embargo_until": datetime(2999, 1, 1, tzinfo=UTC)},
    ],
)
def test_what_is_not_public_is_not_found(client, fields):
    article = make_article(**fields)

    assert client.get(article.path).status_code == 404
    for below in ("history/", "history/1/", "feed/"):
        assert client.get(f"{article.path}{below}").status_code == 404


def test_an_old_address_leads_on_for_good(client):
    article = make_article()
    for old in ("/2020/01/01/old-slug/", "/archives/123", "/?p=123", "/story.php?id=7&lang=en"):
        Address.objects.create(path=old, article=article)

        answer = client.get(old)

        assert (answer.status_code, answer["Location"]) == (301, article.path)


def test_the_history_below_an_old_address_leads_on_too(client):
    article = make_article()
    Address.objects.create(path="/2020/01/01/old-slug/", article=article)

    answer = client.get("/2020/01/01/old-slug/history/")

    assert (answer.status_code, answer["Location"]) == (301, f"{article.path}history/")


def test_browsers_ask_again_whether_an_article_is_still_moved_or_withdrawn(client):
    moved, withdrawn = make_article(), make_article(status=Status.WITHDRAWN)
    Address.objects.create(path="/archives/123", article=moved)
    Address.objects.create(path="/archives/124", article=withdrawn)

    for old in ("/archives/123", "/archives/124"):
        assert client.get(old)["Cache-Control"] == "no-cache"


def test_an_old_address_of_an_article_that_is_not_public_tells_nothing(client):
    article = make_article("Secret plans", status=Status.DRAFT)
    Address.objects.create(path="/?p=9", article=article)

    assert "Secret plans" not in text(client.get("/?p=9"))
    assert "Location" not in client.get("/?p=9")


def test_the_front_page_stands_whatever_a_newsletter_appends_to_its_address(client):
    assert client.get("/?utm_source=letter").status_code == 200


def test_a_withdrawn_article_is_gone_and_says_why(client):
    article = make_article(status=Status.WITHDRAWN)
    Correction.objects.create(
        article=article, kind=CorrectionKind.WITHDRAWAL, text="It confused two people."
    )
    Address.objects.create(path="/?p=5", article=article)

    for address in (article.path, "/?p=5"):
        answer = client.get(address)
        assert answer.status_code == 410
        assert "It confused two people." in text(answer)
        assert "The text of article" not in text(answer)


def test_an_address_that_never_was_offers_a_search(client):
    for address in ("/2026/02/01/never/", "/never/at/all"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert 'type="search"' in text(answer)


def test_an_address_without_its_last_slash_is_completed(client):
    article = make_article()

    assert client.get(str(article.path).rstrip("/"))["Location"] == article.path


def test_a_scheduled_article_appears_by_itself(client):
    article = make_article(published=timezone.now(), status=Status.SCHEDULED)

    assert client.get(article.path).status_code == 200


def test_a_report_and_the_one_that_brings_it_up_to_date_lead_to_each_other(client):
    first = make_article("Eight dead in flood")
    second = make_article("Ten dead in flood", updates=first)
    hidden = make_article("Twelve dead in flood", updates=first, published=None)

    page = client.get(first.get_absolute_url()).content.decode()
    assert f'<a href="{second.path}">Ten dead in flood</a>' in page
    assert hidden.headline not in page
    page = client.get(second.get_absolute_url()).content.decode()
    assert f'<a href="{first.path}">Eight dead in flood</a>' in page

    Article.objects.filter(pk=first.pk).update(status="withdrawn")
    assert "Eight dead" not in client.get(second.get_absolute_url()).content.decode()


def test_a_comment_on_an_earlier_version_says_so_and_leads_to_the_difference(client):
    article = make_article(paragraphs=["Twelve were hurt."])
    editing.record([article], actor="test")
    comment = make_comment(article, revision=article.revision)
    before = text(client.get(article.path))
    article.body = '<p id="p1">Fourteen were hurt.</p>'
    article.save()
    editing.record([article], actor="test")
    make_comment(article, revision=article.revision)

    page = text(client.get(article.path))

    assert "The article has changed since" not in before
    assert page.count("The article has changed since") == 1
    difference = f"{article.path}history/?from={comment.revision}&amp;to={article.revision}"
    assert difference in page
    assert client.get(difference.replace("&amp;", "&")).status_code == 200


def test_a_discussion_that_goes_on_for_pages_costs_twelve_queries(
    client, django_assert_max_num_queries
):
    article = full_article(2)
    Comment.objects.bulk_create(
        Comment(article=article, state="approved", text="Yes.", html="<p>Yes.</p>")
        for _ in range(120)
    )
    for comment in Comment.objects.filter(path=""):
        threads.place(comment, None)
        comment.save()
    counts.recount([article.pk])

    with django_assert_max_num_queries(12):
        assert client.get(f"{article.path}?comments=3").status_code == 200


def test_a_discussion_that_is_not_shown_is_not_counted_either(client):
    article = make_article(comment_policy=CommentPolicy.HIDDEN)
    make_comment(article)

    page = text(client.get(article.path))

    assert "1 comment" not in page
    assert '"commentCount": 0' in page or '"commentCount":0' in page
