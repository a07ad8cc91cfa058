"""Damages each part of an archive, and sees it named; a sound one passes."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import editing, listings, search
from articles.editing import stale
from articles.editing.revisions import digest
from articles.models import (
    Address,
    Article,
    ArticleFacets,
    Comment,
    CommentCount,
    Image,
    ListingCount,
    ListingEntry,
    ListingKind,
    ListingTotal,
    SearchName,
    SearchWord,
    Section,
    Tag,
)
from articles.pictures import make_renditions, take_in
from articles.search.index import inspection
from articles.search.index.backends import backend_of
from articles.verifying import PARTS, walk
from tests.factories import (
    PUBLISHED,
    make_article,
    make_author,
    make_comment,
    make_image,
    make_mention,
    make_person,
    make_place,
    make_section,
    make_tag,
)

pytestmark = pytest.mark.django_db


def verify(*only: str, **options: Any) -> list[str]:
    """The faults that the command names, a line each; none when it finds the archive sound."""
    out, said = StringIO(), ""
    chosen = {"only": list(only)} if only else {}
    try:
        call_command("verify_archive", stdout=out, stderr=StringIO(), **chosen, **options)
    except CommandError as error:
        said = str(error)
    lines = out.getvalue().splitlines()
    if not said:
        assert lines[-1].startswith("Nothing is damaged. Checked: ")
        return lines[:-1]
    assert said.startswith(f"{len(lines)} fault{'' if len(lines) == 1 else 's'}. Checked: ")
    return lines


@pytest.fixture
def article() -> Article:
    """An article of three versions that has one of everything, beside a draft."""
    article = make_article(
        "Rain in Tank",
        paragraphs=["Rain fell in Tank."],
        section=make_section("Weather"),
        tags=[make_tag("rain"), make_tag("floods")],
        authors=[make_author("Amina")],
        lead_image=make_image(),
        dateline_place=make_place("Tank"),
    )
    make_mention(article, make_person("Bilal"))
    editing.record([article], actor="import")
    for headline in ("More rain in Tank", "Still more rain in Tank"):
        article.headline = headline
        editing.save(article, by=None)
    editing.record([make_article("Not yet", published=None)])
    return article


def test_a_sound_archive_passes_and_nothing_is_written(article: Article) -> None:
    editing.publish(
        make_article("Later", published=None), by=None, at=datetime(2999, 1, 1, tzinfo=UTC)
    )
    other = make_article("Out of search")
    editing.record([other])
    editing.deindex(other, by=None)
    editing.withdraw(article, by=None, notice="It was wrong.")
    editing.publish(article, by=None)

    with CaptureQueriesContext(connection) as queries:
        assert verify() == []

    verbs = {query["sql"].lstrip("(").split()[0] for query in queries.captured_queries}
    assert verbs <= {"SELECT", "DECLARE", "FETCH", "CLOSE"}


def test_an_empty_archive_is_sound() -> None:
    assert verify() == []


class TestDiscussions:
    def test_numbers_of_comments_that_are_wrong_and_are_counted_again(
        self, article: Article
    ) -> None:
        first = make_comment(article)
        make_comment(article, parent=first)
        make_comment(article, state="spam")
        assert verify("discussions") == []
        Article.objects.filter(pk=article.pk).update(comment_count=3)
        CommentCount.objects.filter(state="spam").update(number=7)
        Comment.objects.filter(pk=first.pk).update(thread_size=5)

        faults = verify("discussions")
        call_command("recount_comments", stdout=StringIO())

        told = [fault.partition(": ")[2].removesuffix(" Run recount_comments.") for fault in faults]
        assert told == [
            "counts 7 comments that are spam, where there are 1.",
            "counts 3 comments in its lines, where there are 2.",
            f"counts 5 comments in the thread of comment {first.pk}, where there are 2.",
        ]
        assert verify("discussions") == []


class TestRevisions:
    def test_a_version_that_is_missing(self, article: Article) -> None:
        article.revisions.filter(number=2).delete()

        (line,) = verify("revisions")
        assert line == f"article {article.pk}, version 2: is missing. Restore it from a backup."

    def test_the_last_version_is_missing(self, article: Article) -> None:
        article.revisions.filter(number=3).delete()

        counted, differs = verify("revisions")
        assert "counts 3 versions, but 2 is the last on record" in counted
        assert "differs from its last version in headline" in differs

    def test_a_version_that_was_changed(self, article: Article) -> None:
        revision = article.revisions.get(number=2)
        revision.snapshot["headline"] = "No rain in Tank"
        revision.save()

        (line,) = verify("revisions")
        assert f"article {article.pk}, version 2: was changed after it was written" in line

    def test_a_version_that_was_changed_and_sealed_again(self, article: Article) -> None:
        revision = article.revisions.get(number=2)
        revision.snapshot["headline"] = "No rain in Tank"
        revision.digest = digest(revision)
        revision.save()

        (line,) = verify("revisions")
        assert f"article {article.pk}, version 3: does not continue the one before it" in line

    def test_a_version_that_was_made_to_seem_unseen(self, article: Article) -> None:
        article.revisions.filter(number=2).update(public_from=None)

        (line,) = verify("revisions")
        assert f"article {article.pk}, version 2: says of another hour" in line

    def test_a_text_that_was_changed_behind_the_record(self, article: Article) -> None:
        Article.objects.filter(pk=article.pk).update(body="<p>Sun.</p>", summary="Sun.")

        (line,) = verify("revisions")
        assert f"article {article.pk}: differs from its last version in body, summary" in line

    def test_an_article_without_any_version(self) -> None:
        article = make_article()

        (line,) = verify("revisions")
        assert f"article {article.pk}: has no version on record" in line

    def test_a_new_name_of_what_it_refers_to_is_no_damage(self, article: Article) -> None:
        Section.objects.update(name="Climate")
        Tag.objects.filter(name="rain").update(name="a rainy day")

        assert verify("revisions") == []

    def test_versions_from_before_ids_were_kept_are_sound(self, article: Article) -> None:
        previous = ""
        for revision in article.revisions.order_by("number"):
            for kept_since in ("keys", "slug", "comment_policy", "dateline_date"):
                del revision.snapshot[kept_since]
            revision.previous_digest = previous
            previous = revision.digest = digest(revision)
            revision.save()

        assert verify("revisions") == []


class TestAddresses:
    def test_an_address_that_is_not_on_record(self, article: Article) -> None:
        Address.objects.all().delete()

        (line,) = verify("addresses")
        assert f"article {article.pk}: has the address {article.path}, which is not on" in line

    def test_an_address_that_leads_to_another_article(self, article: Article) -> None:
        other = make_article()
        Address.objects.filter(path=article.path).update(article=other)

        (line,) = verify("addresses")
        assert f"which is on record as article {other.pk}’s" in line


class TestLists:
    def test_an_article_that_is_missing_from_a_list(self, article: Article) -> None:
        tag = Tag.objects.get(name="rain")
        ListingEntry.objects.filter(kind=ListingKind.TAG, key=tag.pk).delete()

        line, count = verify("lists")
        assert f"article {article.pk}: is missing from the list of tag {tag.pk}" in line
        assert f"the list of tag {tag.pk}: counts 1 in 202602, where 0 stand" in count

    def test_an_article_that_stands_in_a_list_wrongly(self, article: Article) -> None:
        draft = Article.objects.get(headline="Not yet")
        ListingEntry.objects.create(
            kind=ListingKind.ARCHIVE, key=0, article=draft, public_from=PUBLISHED
        )

        line, count = verify("lists")
        assert f"article {draft.pk}: stands wrongly in the archive" in line
        assert "the archive: counts 1 in 202602, where 2 stand" in count

    def test_a_list_of_an_hour_that_is_not_the_article_s(self, article: Article) -> None:
        hour = PUBLISHED + timedelta(days=400)
        ListingEntry.objects.filter(kind=ListingKind.ARCHIVE).update(public_from=hour)

        assert len(verify("lists")) == 4  # not where it should be, and where it should not

    def test_a_list_that_is_summed_up_wrong(self, article: Article) -> None:
        ListingTotal.objects.filter(kind=ListingKind.ARCHIVE).update(count=7)

        (line,) = verify("lists")
        assert "the archive: counts 7 in all, where its months have 1. Run rebuild_lists." in line

    def test_what_is_advised_puts_it_right(self, article: Article) -> None:
        ListingEntry.objects.filter(kind=ListingKind.TAG).delete()
        ListingCount.objects.update(count=7)
        ListingTotal.objects.update(count=8)
        assert {line.rpartition(": ")[2].split(". ")[1] for line in verify("lists")} == {
            "Run rebuild_lists."
        }

        call_command("rebuild_lists", stdout=StringIO())

        assert verify("lists") == []


class TestIndex:
    def test_an_article_that_is_not_found(self, article: Article) -> None:
        backend_of(connection).remove(connection, [article.pk])

        (line,) = verify("index", "documents")
        assert f"article {article.pk}: is not in the search index. Run rebuild_search." in line

    @pytest.mark.parametrize("change", ["text", "tag"])
    def test_an_article_that_is_found_by_what_it_no_longer_is(
        self, article: Article, change: str
    ) -> None:
        if change == "text":
            Article.objects.filter(pk=article.pk).update(headline="Sun in Tank")
        else:
            article.taggings.filter(tag__name="rain").delete()
            listings.refresh([article.pk])

        (line,) = verify("index", "documents")
        assert f"article {article.pk}: is in the search index as it no longer is" in line

    def test_an_article_that_should_not_be_found(self, article: Article) -> None:
        Article.objects.filter(pk=article.pk).update(status="withdrawn")

        for part in ("index", "documents"):
            (line,) = verify(part)
            assert f"article {article.pk}: is in the search index, where it should not" in line

    def test_a_document_whose_article_is_gone(self, article: Article) -> None:
        if connection.vendor == "sqlite":
            pytest.skip("a foreign key forbids it")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE articles_search_document SET article_id = 987654")

        missing, surplus = verify("index", "documents")
        assert f"article {article.pk}: is not in the search index" in missing
        assert "article 987654: is in the search index, where it should not be" in surplus

    def test_an_index_that_does_not_find_its_documents(self, article: Article) -> None:
        if connection.vendor != "sqlite":
            pytest.skip("PostgreSQL keeps words and documents together")
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO articles_search_index (articles_search_index) VALUES ('delete-all')"
            )

        (line,) = verify("index")
        assert f"article {article.pk}: has a document in the search index, which does not" in line

    def test_a_document_that_does_not_say_which_words_follow_one_another(
        self, article: Article
    ) -> None:
        if connection.vendor == "sqlite":
            pytest.skip("FTS5 knows where words stand")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE articles_search_document SET pairs = DEFAULT")

        (line,) = verify("index")
        assert f"article {article.pk}: has a document in the search index, which does not" in line

    def test_words_that_search_does_not_know(self, article: Article) -> None:
        SearchWord.objects.filter(word="rain").delete()

        (line,) = verify("index")
        assert f"article {article.pk}: has words that search knows no other forms of" in line

    def test_lists_that_search_counts_wrong(self, article: Article) -> None:
        ArticleFacets.objects.update(lists=b"")

        (line,) = verify("index")
        assert f"article {article.pk}: is counted by search in lists where it is not" in line

    def test_names_that_search_does_not_know(self, article: Article) -> None:
        SearchName.objects.filter(is_whole=True).earliest("pk").delete()

        (line,) = verify("index")
        assert f"article {article.pk}: is about something that search does not find by" in line

    def test_names_of_what_no_article_is_about(self, article: Article) -> None:
        name = SearchName.objects.earliest("pk")
        name.pk, name.key = None, 987654
        name.save()

        (line,) = verify("names")
        assert f"{name.get_kind_display()} 987654: has names in search, and no articles" in line

    def test_what_is_advised_puts_it_right(self, article: Article) -> None:
        backend_of(connection).remove(connection, [article.pk])
        SearchWord.objects.all().delete()
        ArticleFacets.objects.all().delete()
        SearchName.objects.all().delete()
        call_command("rebuild_search", stdout=StringIO())

        assert verify("index", "documents") == []


class TestMedia:
    @pytest.fixture
    def image(self) -> Image:
        source = make_image(width=700, height=500)
        with source.file.open() as file:
            image = take_in(file).image
        make_renditions(image)
        assert verify("media") == []
        return image

    def test_a_file_that_is_lost(self, image: Image) -> None:
        default_storage.delete(str(image.file))

        (line,) = verify("media")
        assert f"image {image.pk}: has lost its file, {image.file}" in line

    def test_a_file_that_is_another(self, image: Image) -> None:
        default_storage.delete(str(image.file))
        default_storage.save(str(image.file), ContentFile(b"another"))

        (line,) = verify("media")
        assert f"image {image.pk}: has another file than was taken in" in line

    def test_a_rendition_that_is_lost(self, image: Image) -> None:
        names = [
            f"{image.renditions['whole']['base']}-{width}.webp"
            for width in image.renditions["whole"]["widths"]
        ]
        for name in names:
            default_storage.delete(name)

        (line,) = verify("media")
        assert f"image {image.pk}: has lost its rendition {names[0]} and 2 more" in line
        assert "Run make_renditions --all." in line


class TestLinks:
    @pytest.mark.parametrize(
        "link",
        [
            "/2026/02/01/nothing/",
            "/2026/02/01/nothing/history/",
            "/2026/02/01/nothing/#p4",
            "http://127.0.0.1:8000/2026/02/01/nothing/",
            "/tags/nothing/",
            "/people/nothing/feed/",
            "/nothing",
            "/?p=123&amp;x=4",
            "/media/images/nothing.jpg",
            "/media/../../secret",
        ],
    )
    def test_a_link_to_nowhere(self, link: str, settings: Any) -> None:
        settings.SITE_URL = "http://127.0.0.1:8000"
        article = make_article(body=f'<p id="p1">See <a href="{link}">this</a>.</p>')
        if link.startswith("/?"):
            assert verify("links") == []  # the front page, for want of the article
            return

        (line,) = verify("links")
        assert f"article {article.pk}: has a link to {link}, where nothing is" in line

    def test_links_that_lead_somewhere_and_links_to_other_sites(self, article: Article) -> None:
        moved = make_article()
        moved.addresses.create(path="/archives/123")
        image = article.lead_image
        assert image is not None
        make_article(
            body="".join(
                f'<p><a href="{link}">this</a></p>'
                for link in (
                    article.path,
                    f"{article.path}#p1",
                    f"{article.path}history/?from=1&amp;to=2",
                    "/archives/123",
                    "/tags/rain/",
                    "/authors/amina/feed/",
                    "/people/bilal/",
                    "/places/tank",
                    "/sections/weather/",
                    "/",
                    "/2026/02/",
                    "/search/?q=rain",
                    "/static/css/site.css",
                    "https://example.org/2026/02/01/nothing/",
                    "//example.org/nothing/",
                    "mailto:desk@example.org",
                    "#p1",
                )
            )
            + f'<figure><img src="{image.file.url}" alt=""></figure>'
        )

        assert verify("links") == []

    def test_a_link_to_what_readers_cannot_see(self, article: Article) -> None:
        article.taggings.all().delete()
        make_article(body=f'<p><a href="{article.path}">a</a> <a href="/tags/rain/">b</a></p>')
        editing.withdraw(article, by=None, notice="It was wrong.")

        assert len(verify("links")) == 2

    def test_the_links_of_a_draft_are_its_editor_s_affair(self) -> None:
        make_article(published=None, body='<p><a href="/nothing">a</a></p>')

        assert verify("links") == []


class TestTheCommand:
    def test_it_goes_in_batches_and_can_go_on_where_it_was_stopped(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(walk, "BATCH", 2)
        articles = [make_article() for _ in range(5)]

        assert len(verify("revisions")) == 5
        rest = verify("revisions", since_id=articles[3].pk)
        assert [line.partition(":")[0] for line in rest] == [
            f"article {article.pk}" for article in articles[3:]
        ]

    def test_who_stops_it_is_told_how_to_go_on(
        self, article: Article, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(walk, "BATCH", 1)
        stop = iter([None, KeyboardInterrupt()])

        def indexed(after: int, limit: int) -> list[int]:
            if error := next(stop):
                raise error
            return [article.pk]

        parts = [part._replace(keys=indexed) if part.name == "index" else part for part in PARTS]
        monkeypatch.setattr("articles.management.commands.verify_archive.PARTS", tuple(parts))

        with pytest.raises(CommandError) as stopped:
            call_command("verify_archive", stdout=StringIO(), stderr=StringIO())
        assert str(stopped.value) == (
            f"Stopped. Go on with --only index --since-id {article.pk + 1}, "
            "then with --only documents names media links."
        )

    def test_a_part_that_there_is_not_is_refused(self) -> None:
        with pytest.raises(CommandError, match="invalid choice"):
            call_command("verify_archive", "--only", "nothing")

    def test_what_somebody_is_just_saving_is_no_fault(
        self, article: Article, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        backend_of(connection).remove(connection, [article.pk])
        found = []

        def inspect(ids: list[int]) -> dict[int, Any]:
            flaws = inspection.inspect(ids)
            found.append(flaws)
            search.refresh(ids)
            return flaws

        monkeypatch.setattr("articles.verifying.index.inspect", inspect)

        assert verify("index") == []
        assert found[0]


def test_an_article_that_waits_for_the_worker_is_not_damaged():
    article = make_article("A town", tags=[make_tag("Weather")])
    editing.record([article])
    Tag.objects.update(name="Rain")
    assert len(verify("index")) == 1
    stale.mark([article.pk])
    assert verify("index", "lists", "documents") == [
        "1 article waits for the worker to bring lists and search up to date."
    ]
    stale.sweep()
    assert verify("index") == []
