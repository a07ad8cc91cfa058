"""Whatever changes, every page that is kept is the page that would be drawn now, and those that the
change cannot be seen on are not drawn again."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from articles import editing
from articles.comments import moderation
from articles.comments.counts import recount
from articles.listings import refresh
from articles.models import (
    Article,
    CommentRules,
    CommentState,
    Correction,
    Merge,
    Organisation,
    Person,
    PersonName,
    Place,
    Position,
    Section,
    Tag,
)
from articles.vocabulary.entities import follow_rename
from articles.vocabulary.merging import merge, split
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
    make_staff,
    make_tag,
)
from tests.page_store.reading import Site

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 2, 10, 12, tzinfo=UTC)
_LINK = re.compile(r'(?:href|<loc>)="?(?:http://127\.0\.0\.1:8000)?(/[^"#<>\s]*)')
_SEARCHES = (
    "/search/?q=news",
    "/search/?q=naqvi&order=relevance",
    "/search/?q=wire",
    "/search/?place=balochistan&from=2026",
    "/search/?tag=floods&section=national",
)
_OTHERS = ("/static/", "/media/", "/admin/", "/api/", "/search/", "/privacy/")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@dataclass
class Archive:
    """Articles of some weeks about the same and about other things."""

    province: Place = field(default_factory=lambda: make_place("Balochistan"))
    person: Person = field(default_factory=lambda: make_person("Mohsin Naqvi", title="Minister"))
    organisation: Organisation = field(default_factory=lambda: make_organisation("Red Crescent"))
    section: Section = field(default_factory=lambda: make_section("National"))
    tag: Tag = field(default_factory=lambda: make_tag("floods"))
    merged: Merge | None = None

    def __post_init__(self) -> None:
        self.town = make_place("Quetta", self.province, latitude=30.2, longitude=67.0)
        self.other_town = make_place("Sui", self.province, latitude=28.6, longitude=69.2)
        self.image = make_image()
        Position.objects.create(
            person=self.person, organisation=self.organisation, title="Patron", place=self.province
        )
        self.editor = make_staff("Editor")
        self.articles = [self._article(number) for number in range(8)]
        self.later = make_article(
            "Later news", published=NOW + timedelta(hours=2), section=self.section
        )
        make_mention(self.later, self.town)
        self.elsewhere = make_article("A quiet day", published=NOW - timedelta(days=400))
        self.comment = make_comment(self.articles[3], text="Well said.")
        make_comment(self.articles[3], parent=self.comment)
        self.held = make_comment(self.articles[2], state=CommentState.PENDING)
        pks = list(Article.objects.values_list("pk", flat=True))
        refresh(pks)
        editing.record(list(Article.objects.all()))

    def _article(self, number: int) -> Article:
        article = make_article(
            f"News number {number}",
            published=NOW - timedelta(days=6 * number + 1),
            section=self.section if number % 2 else None,
            tags=[self.tag] if number % 3 == 0 else [],
            authors=[make_author(f"Reporter {number % 2}")],
            lead_image=self.image if number == 4 else None,
            dateline_place=self.town if number < 4 else self.other_town,
        )
        make_mention(article, self.town if number % 2 else self.other_town)
        if number in (1, 2, 5):
            make_mention(article, self.person)
        if number in (0, 2, 5):
            make_mention(article, self.organisation)
        return article


def _publish(archive: Archive) -> None:
    draft = make_article("Fresh from the wire", published=None, section=archive.section)
    make_mention(draft, archive.person)
    editing.publish(draft, by=archive.editor)


def _rewrite(archive: Archive) -> None:
    article = Article.objects.get(pk=archive.articles[3].pk)
    article.headline = "News put right"
    editing.save(article, by=archive.editor)


def _rename_person(archive: Archive) -> None:
    Person.objects.filter(pk=archive.person.pk).update(name="Syed Mohsin Naqvi")


def _other_name(archive: Archive) -> None:
    PersonName.objects.create(person=archive.person, name="محسن نقوی", language="ur", folded="x")


def _end_position(archive: Archive) -> None:
    archive.person.positions.filter(title="Patron").update(ended_on=NOW.date())


def _move_place(archive: Archive) -> None:
    place = archive.other_town
    place.name = "Sui Field"
    place.save()
    follow_rename(place)


def _update_of_another(archive: Archive) -> None:
    article = Article.objects.get(pk=archive.articles[1].pk)
    article.updates = archive.articles[6]
    editing.save(article, by=archive.editor)


def _no_update_any_more(archive: Archive) -> None:
    article = Article.objects.get(pk=archive.articles[1].pk)
    article.updates = None
    editing.save(article, by=archive.editor)


def _reader_comments(archive: Archive) -> None:
    make_comment(archive.articles[5], text="I was there.")


def _decide(state: CommentState) -> Callable[[Archive], None]:
    def decide(archive: Archive) -> None:
        moderation.decide([archive.held], state, by=archive.editor)

    decide.__name__ = f"a comment becomes {state}"
    return decide


def _correct(archive: Archive) -> None:
    article = Article.objects.get(pk=archive.articles[2].pk)
    editing.correct(article, by=archive.editor, text="It was Tuesday.", wrong="It was Monday.")


def _change_correction(archive: Archive) -> None:
    Correction.objects.filter(article=archive.articles[2]).update(text="It was Wednesday.")


def _withdraw(archive: Archive) -> None:
    article = Article.objects.get(pk=archive.articles[5].pk)
    editing.withdraw(article, by=archive.editor, notice="It was wrong altogether.")


def _deindex(archive: Archive) -> None:
    article = Article.objects.get(pk=archive.articles[6].pk)
    editing.deindex(article, by=archive.editor, reason="A court said so.")


def _close_comments(archive: Archive) -> None:
    CommentRules.objects.update_or_create(pk=1, defaults={"policy": "closed"})


def _rename_section(archive: Archive) -> None:
    Section.objects.filter(pk=archive.section.pk).update(name="Pakistan")


def _describe_tag(archive: Archive) -> None:
    Tag.objects.filter(pk=archive.tag.pk).update(description="High water.")


def _caption_image(archive: Archive) -> None:
    archive.image.caption = "The river."
    archive.image.save()


def _merge_people(archive: Archive) -> None:
    double = make_person("M. Naqvi")
    make_mention(archive.articles[0], double)
    editing.record([archive.articles[0]])
    archive.merged = merge(double, archive.person, by=archive.editor)


def _split_people(archive: Archive) -> None:
    assert archive.merged is not None
    split(archive.merged, by=archive.editor)


def _back_date(archive: Archive) -> None:
    old = make_article("From the attic", published=NOW - timedelta(days=9_000))
    make_mention(old, archive.organisation)
    editing.record([old])


def _comments_recounted(archive: Archive) -> None:
    archive.comment.delete()
    recount([archive.articles[3].pk])


CHANGES = (
    _publish,
    _rewrite,
    _rename_person,
    _other_name,
    _end_position,
    _move_place,
    _update_of_another,
    _no_update_any_more,
    _reader_comments,
    _decide(CommentState.APPROVED),
    _decide(CommentState.SPAM),
    _correct,
    _change_correction,
    _deindex,
    _rename_section,
    _describe_tag,
    _caption_image,
    _merge_people,
    _split_people,
    _back_date,
    _withdraw,
    _comments_recounted,
    _close_comments,
)


def test_no_page_is_ever_older_than_what_it_shows() -> None:
    archive, site = Archive(), Site()
    addresses = _walk(site)
    assert len(addresses) > 70
    addresses += _SEARCHES
    for change in CHANGES:
        change(archive)
        _compare(site, addresses, change.__name__)


def test_the_clock_brings_what_is_due(at_noon: time_machine.Traveller) -> None:
    archive, site = Archive(), Site()
    addresses = [*_walk(site), *_SEARCHES]
    assert b"Later news" not in site.get("/").body
    at_noon.shift(timedelta(hours=3))
    assert b"Later news" in site.get("/").body
    _compare(site, [*addresses, archive.later.path or ""], "three hours later")
    at_noon.shift(timedelta(days=3))
    _compare(site, addresses, "three days later")


def _none_of(articles: list[Article]) -> Callable[[str], bool]:
    paths = tuple(article.path or "" for article in articles)
    return lambda address: address.startswith(paths)


def test_what_does_not_show_a_change_is_not_drawn_again() -> None:
    archive, site = Archive(), Site()
    addresses = _walk(site)
    of_tag = [archive.articles[number] for number in (0, 3, 6)]
    of_person = [archive.articles[number] for number in (1, 2, 5)]
    others = {article.pk: article for article in archive.articles}
    for change, stays in (
        (_describe_tag, _none_of([one for one in others.values() if one not in of_tag])),
        (_caption_image, lambda address: address.startswith(("/places/", "/archive/"))),
        (_reader_comments, lambda address: "/tags/" in address or address == "/archive/"),
        (_rename_person, _none_of([one for one in others.values() if one not in of_person])),
        (_back_date, re.compile(r"/tags/floods/|/sections/\w+/|/2026/01/\d\d/").fullmatch),
    ):
        site.rendered.clear()
        change(archive)
        for address in addresses:
            site.get(address)
        assert site.rendered, change.__name__
        assert not [one for one in site.rendered if stays(one)], change.__name__


def _walk(site: Site) -> list[str]:
    """Every page that links lead to from the front page and the sitemaps, each once."""
    found, waiting = {}, ["/", "/sitemap.xml", "/news-sitemap.xml", "/feed/", "/robots.txt"]
    while waiting:
        address = waiting.pop().replace("&amp;", "&")
        if address in found or address.startswith(_OTHERS) or "replytocom" in address:
            continue
        answer = site.get(address)
        found[address] = answer.status == 200
        links = _LINK.findall(answer.body.decode()) if answer.status == 200 else []
        waiting += [one for one in links if not one.endswith((".css", ".svg", ".png", ".woff2"))]
    site.rendered.clear()
    for address in found:
        site.get(address)
    return [one for one, is_there in found.items() if is_there and one not in site.rendered]


def _compare(site: Site, addresses: list[str], change: str) -> None:
    stale = [one for one in addresses if site.get(one).body != site.fresh(one)]
    assert not stale, (change, stale)
