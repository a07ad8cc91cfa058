from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html
from pytest_django import DjangoAssertNumQueries

from articles import editing
from articles.listings import Listing
from articles.models import (
    Article,
    ListingKind,
    Mention,
    MentionState,
    Status,
    TagSuggestion,
)
from tests.factories import (
    make_article,
    make_author,
    make_comment,
    make_mention,
    make_organisation,
    make_person,
    make_place,
    make_section,
    make_tag,
)

FilledIn = Callable[[str], dict[str, Any]]
LIST = "/admin/articles/article/"


def page_of(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def recorded(article: Article) -> Article:
    """As an article is that came in by a verb."""
    editing.record([article])
    return article


def errors_of(response: Any) -> str:
    return str(response.context["errors"])


def test_saving_a_changed_article_records_one_revision_with_who_and_why(
    desk: Client, filled_in: FilledIn, editor: User
) -> None:
    article = recorded(make_article("Port opens"))
    data = filled_in(page_of(article)) | {
        "headline": "Gwadar port opens",
        "reason": "The port has a name",
        "_save": "Save",
    }

    response = desk.post(page_of(article), data)

    assert response.status_code == 302
    article.refresh_from_db()
    last = article.revisions.latest("number")
    assert (article.headline, article.revision) == ("Gwadar port opens", 2)
    assert (last.editor, last.actor, last.reason) == (editor, "editor", "The port has a name")


def test_saving_without_a_change_adds_no_revision(desk: Client, filled_in: FilledIn) -> None:
    article = recorded(make_article(paragraphs=["One & two.", "Three."], summary="Numbers."))
    body = article.body

    desk.post(page_of(article), filled_in(page_of(article)) | {"_save": "Save"})

    article.refresh_from_db()
    assert (article.revision, article.body) == (1, body)


def test_an_edited_body_is_cleaned_and_its_paragraphs_keep_their_ids(
    desk: Client, filled_in: FilledIn
) -> None:
    article = recorded(make_article(paragraphs=["The first.", "The second."]))
    body = '<p>New.</p><p>The first.</p><p onclick="x()">The second.</p><script>x()</script>'

    desk.post(page_of(article), filled_in(page_of(article)) | {"body": body, "_save": "Save"})

    article.refresh_from_db()
    assert article.body.replace("\n", "") == (
        '<p id="p3">New.</p><p id="p1">The first.</p><p id="p2">The second.</p>'
    )


def test_a_language_is_given_by_its_tag(desk: Client, filled_in: FilledIn) -> None:
    article = recorded(make_article())
    data = filled_in(page_of(article)) | {"language": "klingon speak", "_save": "Save"}

    response = desk.post(page_of(article), data)

    assert "“klingon speak” is not a language tag. Write en, ur or en-GB." in errors_of(response)


def test_a_headline_an_editor_wrote_no_longer_wants_a_look(
    desk: Client, filled_in: FilledIn
) -> None:
    article = recorded(make_article(headline_is_drawn=True))
    assert b"headline drawn" in desk.get(LIST).content

    data = filled_in(page_of(article)) | {"headline": "A better one", "_save": "Save"}
    desk.post(page_of(article), data)

    article.refresh_from_db()
    assert not article.headline_is_drawn


def test_a_new_article_goes_from_draft_through_review_to_its_public_address(
    desk: Client, filled_in: FilledIn, client: Client
) -> None:
    add = reverse("admin:articles_article_add")
    data = filled_in(add) | {"headline": "Rain at last", "body": "<p>It rained.</p>"}
    desk.post(add, data | {"_save": "Save draft"})
    article = Article.objects.get()
    assert (article.status, article.path) == (Status.DRAFT, None)

    desk.post(page_of(article), filled_in(page_of(article)) | {"_submit": "Submit for review"})
    article.refresh_from_db()
    assert article.status == Status.IN_REVIEW

    desk.post(page_of(article), filled_in(page_of(article)) | {"_publish": "Publish"})
    article.refresh_from_db()
    assert article.status == Status.PUBLISHED
    assert [revision.reason for revision in article.revisions.all()] == [
        "Published",
        "Submitted for review",
        "",
    ]
    client.logout()
    assert client.get(article.get_absolute_url()).status_code == 200


def test_publishing_at_a_time_ahead_schedules_and_publish_now_makes_it_public(
    desk: Client, filled_in: FilledIn
) -> None:
    article = recorded(make_article(published=None))
    tomorrow = timezone.localtime(timezone.now() + timedelta(days=1))
    data = filled_in(page_of(article)) | {
        "published_at_0": f"{tomorrow:%Y-%m-%d}",
        "published_at_1": f"{tomorrow:%H:%M:%S}",
        "_publish": "Publish",
    }

    desk.post(page_of(article), data)
    article.refresh_from_db()
    assert article.status == Status.SCHEDULED
    assert not article.is_public()

    desk.post(page_of(article), filled_in(page_of(article)) | {"_publish_now": "Publish now"})
    article.refresh_from_db()
    assert article.status == Status.PUBLISHED
    assert article.is_public()


def test_an_article_without_a_body_is_not_published(desk: Client, filled_in: FilledIn) -> None:
    article = recorded(make_article(published=None, body=""))

    response = desk.post(page_of(article), filled_in(page_of(article)) | {"_publish": "Publish"})

    assert "needs a body before it is published" in errors_of(response)
    article.refresh_from_db()
    assert article.status == Status.DRAFT


def test_a_public_article_does_not_lose_its_time(desk: Client, filled_in: FilledIn) -> None:
    article = recorded(make_article())
    data = filled_in(page_of(article)) | {
        "published_at_0": "",
        "published_at_1": "",
        "_save": "Save",
    }

    assert "Withdraw it to take it away" in errors_of(desk.post(page_of(article), data))


def test_withdrawing_asks_for_a_notice_and_gives_it_to_readers(desk: Client) -> None:
    article = recorded(make_article())
    address = reverse("admin:articles_article_withdraw", args=[article.pk])

    refused = desk.post(address, {"notice": " "})
    assert b"Readers who follow a link are owed a reason." in refused.content
    assert desk.get(article.get_absolute_url()).status_code == 200

    desk.post(address, {"notice": "The report was wrong."})
    answer = desk.get(article.get_absolute_url())
    assert answer.status_code == 410
    assert b"The report was wrong." in answer.content


def test_a_draft_has_no_page_to_withdraw_it(desk: Client) -> None:
    draft = recorded(make_article(published=None))
    address = reverse("admin:articles_article_withdraw", args=[draft.pk])

    assert desk.get(address).status_code == 404
    assert desk.post(address, {"notice": "Nobody shall see it."}).status_code == 404


def test_only_what_is_in_the_bin_can_be_deleted_for_good(desk: Client) -> None:
    draft = recorded(make_article(published=None))
    public = recorded(make_article())

    for article in (draft, public):
        address = reverse("admin:articles_article_delete", args=[article.pk])
        assert desk.get(address).status_code == 403
    desk.post(reverse("admin:articles_article_bin", args=[draft.pk]))
    desk.post(reverse("admin:articles_article_delete", args=[draft.pk]), {"post": "yes"})

    assert list(Article.objects.all()) == [public]


def test_an_editor_confirms_rejects_and_adds_mentions(desk: Client, filled_in: FilledIn) -> None:
    quetta, tank, sibi = make_place("Quetta"), make_place("Tank"), make_place("Sibi")
    article = make_article()
    make_mention(article, quetta, state=MentionState.LINKED)
    make_mention(article, tank, state=MentionState.SUGGESTED)
    recorded(article)
    data = filled_in(page_of(article))
    # The suggestion waits on top.
    assert data["mentions-0-place"] == str(tank.pk)
    data |= {
        "mentions-0-state": "rejected",
        "mentions-1-state": "confirmed",
        "mentions-TOTAL_FORMS": "3",
        "mentions-2-place": str(sibi.pk),
        "mentions-2-role": "about",
        "mentions-2-state": "confirmed",
        "_save": "Save",
    }

    response = desk.post(page_of(article), data)

    assert response.status_code == 302, errors_of(response)
    states = dict(Mention.objects.values_list("place__name", "state"))
    assert states == {"Quetta": "confirmed", "Tank": "rejected", "Sibi": "confirmed"}
    listed = [Listing(ListingKind.PLACE, place.pk).count() for place in (quetta, tank, sibi)]
    assert listed == [1, 0, 1]


def test_a_suggestion_of_somebody_unknown_is_confirmed_only_with_a_choice(
    desk: Client, filled_in: FilledIn
) -> None:
    article = make_article()
    Mention.objects.create(article=article, kind="person", quote="Ayaz", state="suggested")
    recorded(article)
    data = filled_in(page_of(article)) | {"mentions-2-0-state": "confirmed", "_save": "Save"}

    assert "Choose the person first" in errors_of(desk.post(page_of(article), data))

    data["mentions-2-0-person"] = str(make_person("Sheikh Ayaz").pk)
    assert desk.post(page_of(article), data).status_code == 302
    assert str(Mention.objects.get().person) == "Sheikh Ayaz"


def test_suggested_tags_are_taken_or_left(desk: Client, filled_in: FilledIn) -> None:
    article = make_article(tags=[make_tag("rain")])
    floods, ports = make_tag("floods"), make_tag("ports")
    for tag in (floods, ports):
        TagSuggestion.objects.create(article=article, tag=tag, quote=tag.name)
    recorded(article)
    data = filled_in(page_of(article)) | {
        "tag_suggestions-0-decision": "take",
        "tag_suggestions-1-decision": "leave",
        "_save": "Save",
    }

    desk.post(page_of(article), data)

    assert set(article.tags.names()) == {"rain", "floods"}
    assert TagSuggestion.objects.get().is_rejected
    assert article.revisions.latest("number").snapshot["tags"] == ["floods", "rain"]


def test_names_in_a_changed_body_are_linked_at_once(desk: Client, filled_in: FilledIn) -> None:
    make_place("Gwadar")
    article = recorded(make_article(paragraphs=["Nothing here."]))
    data = filled_in(page_of(article)) | {"body": "<p>A ship reached Gwadar.</p>", "_save": "Save"}

    desk.post(page_of(article), data)

    assert str(article.mentions.shown().get()) == "Gwadar"


@pytest.mark.parametrize("number", [1, 25])
def test_the_page_costs_the_same_for_one_mention_and_for_many(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    article = make_article(
        section=make_section(),
        dateline_place=make_place(),
        authors=[make_author() for _ in range(number)],
        tags=[make_tag() for _ in range(number)],
    )
    for make in (make_place, make_person, make_organisation):
        for _ in range(number):
            make_mention(article, make())
    recorded(article)

    desk.get(page_of(article))
    with django_assert_max_num_queries(20):
        desk.get(page_of(article))


@pytest.mark.parametrize("number", [1, 25])
def test_saving_costs_the_same_for_one_untouched_mention_and_for_many(
    desk: Client,
    filled_in: FilledIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    number: int,
) -> None:
    article = make_article()
    for _ in range(number):
        make_mention(article, make_place(), state=MentionState.CONFIRMED)
    recorded(article)
    data = filled_in(page_of(article)) | {"headline": "Another", "_save": "Save"}

    with django_assert_max_num_queries(60):
        desk.post(page_of(article), data)


def test_the_page_of_an_article_says_how_many_comments_it_has_and_leads_to_them(
    desk: Client,
) -> None:
    article = make_article("Floods")
    for state in ("approved", "approved", "pending"):
        make_comment(article, state=state)

    page: Any = html.fromstring(
        desk.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()
    )

    links = page.xpath("//div[contains(@class, 'field-discussion')]//a")
    assert [link.text_content() for link in links] == ["2 approved", "1 held"]
    listed = desk.get(links[1].get("href")).context["cl"].result_list
    assert [comment.state for comment in listed] == ["pending"]
