"""The verbs: what each does to an article, to its addresses, lists, search and history."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from time_machine import TimeMachineFixture

from articles import editing, vocabulary
from articles.comments import counts
from articles.editing.revisions import digest
from articles.listings import Listing
from articles.models import (
    Address,
    Article,
    ListingKind,
    MentionState,
    Revision,
    Status,
)
from articles.search import find, parse
from articles.text.body import blocks
from tests.factories import make_article, make_comment, make_mention, make_place, make_staff

pytestmark = pytest.mark.django_db


def found(words: str) -> list[Article]:
    return list(find(parse({"q": [words]})).articles)


def draft(headline: str = "Rain floods lower town") -> Article:
    return make_article(headline, published=None, slug="rain", body="<p>Heavy rain fell.</p>")


class TestPublish:
    def test_it_gives_an_address_and_a_place_in_lists_and_search(self, client: Client) -> None:
        article = draft()
        editing.publish(article, by=make_staff(), at=datetime(2020, 5, 4, 9, tzinfo=UTC))

        assert article.path == "/2020/05/04/rain/"
        assert client.get(article.path).status_code == 200
        assert Listing(ListingKind.ARCHIVE).page().articles == [article]
        assert found("heavy") == [article]

    def test_a_time_ahead_schedules_it(
        self, client: Client, time_machine: TimeMachineFixture
    ) -> None:
        due = timezone.now() + timedelta(hours=1)
        article = draft()
        editing.publish(article, by=make_staff(), at=due)

        assert article.status == Status.SCHEDULED
        assert client.get(article.get_absolute_url()).status_code == 404
        assert found("heavy") == []
        time_machine.move_to(due + timedelta(seconds=1))
        assert client.get(article.get_absolute_url()).status_code == 200
        assert found("heavy") == [article]

    def test_it_wants_a_headline_and_a_body(self) -> None:
        article = make_article(published=None, body="")

        with pytest.raises(ValidationError, match="needs a body"):
            editing.publish(article, by=None)
        article.refresh_from_db()
        assert article.status == Status.DRAFT

    def test_an_address_that_another_article_once_had_is_not_given_again(self) -> None:
        at = datetime(2020, 5, 4, 9, tzinfo=UTC)
        first = draft()
        editing.publish(first, by=None, at=at)
        first.slug = "storm"
        editing.save(first, by=None)
        second = draft()
        editing.publish(second, by=None, at=at)

        assert (first.path, second.path) == ("/2020/05/04/storm/", "/2020/05/04/rain-2/")

    def test_an_address_of_a_page_of_the_day_is_given_to_no_article(self) -> None:
        article = make_article("Feed", published=None, slug="feed", body="<p>Hay is dear.</p>")
        editing.publish(article, by=None, at=datetime(2020, 5, 4, 9, tzinfo=UTC))

        assert article.path == "/2020/05/04/feed-2/"


class TestMove:
    def test_the_old_address_redirects_for_good(self, client: Client) -> None:
        article = draft()
        editing.publish(article, by=None, at=datetime(2020, 5, 4, 9, tzinfo=UTC))
        article.slug = "storm"
        article.published_at = datetime(2020, 5, 5, 9, tzinfo=UTC)
        editing.save(article, by=None)

        response = client.get("/2020/05/04/rain/")
        assert (response.status_code, response["Location"]) == (301, "/2020/05/05/storm/")
        assert Address.objects.filter(article=article).count() == 2


class TestWithdraw:
    def test_readers_get_the_notice_and_nothing_else(self, client: Client) -> None:
        article = draft()
        editing.publish(article, by=None)
        editing.withdraw(article, by=make_staff(), notice="The report could not be confirmed.")

        response = client.get(article.get_absolute_url())
        assert response.status_code == 410
        assert "could not be confirmed" in response.content.decode()
        assert "Heavy rain" not in response.content.decode()
        assert found("heavy") == []
        assert Listing(ListingKind.ARCHIVE).count() == 0

    def test_it_owes_readers_a_reason(self) -> None:
        article = draft()
        editing.publish(article, by=None)

        with pytest.raises(ValidationError, match="needs a notice"):
            editing.withdraw(article, by=None, notice=" ")
        assert Article.objects.public().get() == article

    @pytest.mark.parametrize("field", ["published_at", "embargo_until"])
    def test_what_nobody_has_seen_goes_back_to_the_drafts_without_a_word(
        self, client: Client, field: str
    ) -> None:
        article = draft()
        article.published_at = timezone.now()
        setattr(article, field, timezone.now() + timedelta(days=1))
        editing.publish(article, by=None)
        editing.withdraw(article, by=make_staff(), notice="The source may be in danger.")

        assert article.status == Status.DRAFT
        assert client.get(article.get_absolute_url()).status_code == 404
        assert b"in danger" not in client.get("/corrections/").content

    def test_a_draft_cannot_be_withdrawn(self) -> None:
        with pytest.raises(ValidationError, match="published or scheduled"):
            editing.withdraw(draft(), by=None, notice="Nobody shall see it.")


class TestSave:
    def test_it_cleans_the_body_and_links_what_it_names(self) -> None:
        place = make_place("Quetta", population=1_000_000)
        article = draft()
        article.body = "<p onclick=x()>Shops opened in Quetta on Monday.</p><script>x()</script>"
        editing.save(article, by=make_staff())

        assert article.body == '<p id="p1">Shops opened in Quetta on Monday.</p>'
        assert article.mentions.get().place == place
        assert article.word_count == 6

    def test_a_headline_is_one_line_of_characters_that_a_feed_can_carry(self) -> None:
        article = draft()
        article.headline, article.summary = "Rain\x0bfloods\n town", "It\x01 rained."
        editing.save(article, by=None)

        assert (article.headline, article.summary) == ("Rain floods town", "It rained.")

    def test_a_comment_approved_while_it_was_edited_stays_counted(self) -> None:
        article = draft()
        editing.publish(article, by=None)
        edited = Article.objects.get()
        make_comment(article)
        counts.recount([article.pk])
        editing.save(edited, by=None, reason="Nothing to do with comments")

        assert Article.objects.get().comment_count == 1

    def test_paragraphs_keep_their_ids(self) -> None:
        article = make_article(paragraphs=["One thing happened.", "Another thing happened."])
        article.body = "<p>A new first.</p><p>One thing happened.</p><p>Another thing happened!</p>"
        editing.save(article, by=None)

        assert [block.id for block in blocks(article.body)] == ["p3", "p1", "p2"]

    def test_what_an_editor_decided_no_machine_changes(self) -> None:
        place = make_place("Quetta", population=1_000_000)
        article = make_article(paragraphs=["Shops opened in Quetta on Monday."])
        make_mention(article, place, state=MentionState.REJECTED)
        editing.save(article, by=None)

        assert article.mentions.get().state == MentionState.REJECTED
        assert Listing(ListingKind.PLACE, place.pk).count() == 0


class TestRevisions:
    def test_every_change_is_one_with_who_and_why(self) -> None:
        editor = make_staff(username="ann")
        article = draft()
        editing.save(article, by=editor, reason="First version")
        article.headline = "Rain floods whole town"
        editing.save(article, by=editor, reason="It was the whole town")

        revisions = list(Revision.objects.filter(article=article))
        assert [(r.number, r.actor, r.reason) for r in revisions] == [
            (2, "ann", "It was the whole town"),
            (1, "ann", "First version"),
        ]
        assert revisions[1].snapshot["headline"] == "Rain floods lower town"
        assert article.revision == 2

    def test_a_save_that_changes_nothing_is_none(self) -> None:
        article = draft()
        editing.save(article, by=None)
        editing.save(article, by=None)

        assert Revision.objects.count() == 1

    def test_two_editors_who_opened_the_same_version_make_two_revisions(self) -> None:
        article = draft()
        editing.save(article, by=None)
        hers, his = Article.objects.get(), Article.objects.get()
        hers.headline, his.headline = "Rain floods whole town", "Rain floods town"
        editing.save(hers, by=None)
        editing.save(his, by=None)

        revisions = Revision.objects.order_by("number")
        assert [r.snapshot["headline"] for r in revisions] == [
            "Rain floods lower town",
            "Rain floods whole town",
            "Rain floods town",
        ]
        assert Article.objects.get().revision == 3

    def test_each_seals_the_one_before(self) -> None:
        article = draft()
        editing.save(article, by=None)
        editing.publish(article, by=None)
        first, second = Revision.objects.order_by("number")

        assert second.previous_digest == first.digest == digest(first)
        first.snapshot["headline"] = "Something else"
        assert digest(first) != first.digest


class TestPlaces:
    def test_a_place_that_moves_takes_its_articles_along(self) -> None:
        old, new, town = make_place(), make_place(), make_place()
        street = make_place(parent=town)
        article = make_article()
        make_mention(article, street)
        editing.record([article])
        for province in (old, new):
            town.parent = province
            town.save()
            vocabulary.put_in_place(town)

        assert Listing(ListingKind.PLACE, new.pk).count() == 1
        assert Listing(ListingKind.PLACE, old.pk).count() == 0
        assert list(street.containers.order_by("containing__depth")) == [town, new]

    def test_a_place_cannot_lie_in_itself(self) -> None:
        country = make_place("Country")
        town = make_place("Town", parent=country)
        country.parent = town
        country.save()

        with pytest.raises(ValidationError, match="Country cannot lie in Town"):
            vocabulary.put_in_place(country)
