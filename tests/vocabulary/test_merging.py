"""Two entries become one, and two again: what goes where, and what readers find meanwhile."""

import pytest
from django.core.exceptions import ValidationError

from articles import editing
from articles.linking import link
from articles.listings import Listing, compare, miscounts, mistotals
from articles.models import (
    Article,
    AuditEntry,
    Duplicate,
    ListingKind,
    Mention,
    MentionRole,
    MentionState,
    Person,
    Place,
    Position,
    StaleArticle,
    Tag,
    TagSuggestion,
)
from articles.search import find, parse
from articles.verifying import PARTS, verify
from articles.vocabulary import catching_up
from articles.vocabulary.merging import divide, merge, shares, split
from tests.factories import (
    make_article,
    make_mention,
    make_organisation,
    make_person,
    make_place,
    make_staff,
    make_tag,
)

pytestmark = pytest.mark.django_db


def about(*entities: Place | Person, **fields: object) -> Article:
    """A public article that names these, in its lists and in the search."""
    article = make_article(**fields)  # type: ignore[arg-type]
    for entity in entities:
        make_mention(article, entity)
    editing.record([article])
    return article


def listed(kind: ListingKind, key: int) -> set[Article]:
    return set(Listing(kind, key).page(size=100).articles)


def found(**parameters: str) -> set[Article]:
    return set(find(parse({name: [value] for name, value in parameters.items()})).articles)


def assert_sound() -> None:
    """Everything derived from what is stored says what is stored."""
    articles = list(Article.objects.values_list("pk", flat=True))
    assert compare(articles) == (set(), set())
    assert list(miscounts()) == []
    assert list(mistotals()) == []
    assert [fault for step in verify(PARTS) for fault in step.faults] == []


class TestMerge:
    def test_everything_that_points_to_one_goes_to_the_other(self) -> None:
        bugti, sarfraz = make_person("Mir Sarfraz Bugti"), make_person("Sarfraz Bugti")
        position = Position.objects.create(person=bugti, title="Chief Minister")
        bugti.names.create(name="سرفراز بگٹی", language="ur", folded="x")
        article = about(bugti)
        merge(bugti, sarfraz, by=None)

        bugti.refresh_from_db()
        position.refresh_from_db()
        assert bugti.merged_into == sarfraz
        assert article.mentions.get().person == sarfraz
        assert position.person == sarfraz
        assert set(sarfraz.names.values_list("name", flat=True)) == {
            "سرفراز بگٹی",
            "Mir Sarfraz Bugti",
        }
        assert listed(ListingKind.PERSON, sarfraz.pk) == {article}
        assert listed(ListingKind.PERSON, bugti.pk) == set()
        assert found(q="Bugti", person=sarfraz.slug) == {article}
        assert_sound()

    def test_an_article_that_names_both_keeps_one_mention_with_all_occurrences(self) -> None:
        one, other = make_person("Noshki Khan"), make_person("Nushki Khan")
        article = make_article()
        make_mention(
            article, one, state=MentionState.LINKED, occurrences=[["p1", 0, "Noshki Khan"]]
        )
        kept = make_mention(article, other, occurrences=[["p2", 4, "Nushki Khan"]])
        merge(one, other, by=None)

        assert article.mentions.get() == kept
        kept.refresh_from_db()
        assert kept.occurrences == [["p2", 4, "Nushki Khan"], ["p1", 0, "Noshki Khan"]]

    @pytest.mark.parametrize(
        ("of_source", "of_target", "wins"),
        [
            (MentionState.CONFIRMED, MentionState.LINKED, MentionState.CONFIRMED),
            (MentionState.LINKED, MentionState.CONFIRMED, MentionState.CONFIRMED),
            (MentionState.LINKED, MentionState.SUGGESTED, MentionState.LINKED),
            (MentionState.LINKED, MentionState.REJECTED, MentionState.REJECTED),
            (MentionState.REJECTED, MentionState.LINKED, MentionState.REJECTED),
            (MentionState.REJECTED, MentionState.CONFIRMED, MentionState.CONFIRMED),
            (MentionState.SUGGESTED, MentionState.REJECTED, MentionState.REJECTED),
        ],
    )
    def test_of_two_mentions_the_better_vouched_for_stays(
        self, of_source: str, of_target: str, wins: str
    ) -> None:
        source, target = make_place(), make_place()
        article = make_article()
        make_mention(article, source, state=of_source)
        make_mention(article, target, state=of_target)
        merge(source, target, by=None)

        assert [(m.place, m.state) for m in article.mentions.all()] == [(target, wins)]

    def test_a_place_takes_datelines_and_the_places_inside_along(self) -> None:
        province = make_place("Balochistan")
        old, new = make_place("Kalat State", province), make_place("Kalat", province)
        street = make_place("Bazaar", old)
        filed = make_article(dateline_place=old)
        make_mention(filed, old, role=MentionRole.FILED_FROM)
        editing.record([filed])
        inside = about(street)
        merge(old, new, by=None)

        filed.refresh_from_db()
        assert filed.dateline_place == new
        assert list(street.containers.order_by("containing__depth")) == [new, province]
        assert listed(ListingKind.DATELINE, new.pk) == {filed}
        assert listed(ListingKind.PLACE, new.pk) == {inside}
        assert listed(ListingKind.PLACE, province.pk) == {inside}
        assert_sound()

    def test_the_lists_of_the_places_above_follow(self) -> None:
        wrong, right = make_place("Sindh"), make_place("Balochistan")
        old, new = make_place("Hub Chowki", wrong), make_place("Hub", right)
        article = about(old)
        merge(old, new, by=None)

        assert listed(ListingKind.PLACE, wrong.pk) == set()
        assert listed(ListingKind.PLACE, right.pk) == {article}
        assert_sound()

    def test_outside_ids_and_a_description_go_where_there_are_none(self) -> None:
        old = make_place("Noshki", wikidata_id="Q1", geonames_id=7, latitude=29.5, longitude=66.0)
        new = make_place("Nushki", description="A town.", wikidata_id="Q2")
        merge(old, new, by=None)

        old.refresh_from_db()
        new.refresh_from_db()
        assert (new.wikidata_id, new.geonames_id, new.latitude) == ("Q2", 7, 29.5)
        assert new.description == "A town."
        assert (old.wikidata_id, old.geonames_id) == ("Q1", None)

    def test_tags_and_suggestions_of_both_become_one(self) -> None:
        old, new = make_tag("gas supply"), make_tag("natural gas")
        both, one = make_article(tags=[old, new]), make_article(tags=[old])
        TagSuggestion.objects.create(article=about(), tag=old, quote="gas")
        editing.record([both, one])
        merge(old, new, by=None)

        assert list(both.tags.all()) == [new]
        assert listed(ListingKind.TAG, new.pk) == {both, one}
        assert TagSuggestion.objects.get().tag == new
        assert_sound()

    def test_a_position_that_both_had_stands_once(self) -> None:
        one, other = make_person(title="Governor"), make_person(title="Governor")
        merge(one, other, by=None)
        assert Position.objects.get().person == other

    def test_a_language_has_one_preferred_name(self) -> None:
        one, other = make_place("Noshki"), make_place("Nushki")
        ours = one.names.create(name="نوشکے", language="ur", is_preferred=True, folded="a")
        theirs = other.names.create(name="نوشکی", language="ur", is_preferred=True, folded="b")
        done = merge(one, other, by=None)
        assert list(other.names.filter(is_preferred=True)) == [theirs]
        split(done, by=None)
        assert list(one.names.filter(is_preferred=True)) == [ours]

    def test_what_stands_against_it_is_said_in_words(self) -> None:
        country = make_place("Pakistan")
        town = make_place("Quetta", country)
        with pytest.raises(ValidationError, match="Quetta lies in Pakistan"):
            merge(country, town, by=None)
        with pytest.raises(ValidationError, match="this same entry"):
            merge(town, town, by=None)
        with pytest.raises(ValidationError, match="a place and a person"):
            merge(town, make_person(pk=town.pk), by=None)
        with pytest.raises(ValidationError, match="a place and a person"):
            merge(town, make_person(pk=town.pk + country.pk + 1), by=None)
        merge(town, country, by=None)
        with pytest.raises(ValidationError, match="“Quetta” has been merged into “Pakistan”"):
            merge(town, make_place(), by=None)

    def test_it_is_logged(self) -> None:
        one, other = make_tag("polls"), make_tag("elections")
        archivist = make_staff("Archivist")
        merge(one, other, by=archivist, reason="The house style says elections.")

        entry = AuditEntry.objects.get()
        assert (entry.user, entry.action, entry.object_id) == (archivist, "merge", other.pk)
        assert "“polls”" in entry.detail
        assert "The house style" in entry.detail

    def test_no_list_lacks_an_article_while_the_worker_is_behind(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(catching_up, "AT_ONCE", 1)
        one, other = make_person(), make_person()
        articles = {about(one), about(one), about(one, other)}
        merge(one, other, by=None)

        assert listed(ListingKind.PERSON, other.pk) == articles
        assert StaleArticle.objects.count() == 2
        assert list(miscounts()) == []

    def test_the_number_of_queries_does_not_grow_with_the_mentions(
        self, django_assert_max_num_queries: object
    ) -> None:
        one, other = make_person(), make_person()
        articles = [make_article() for _ in range(30)]
        Mention.objects.bulk_create(
            Mention(article=article, kind="person", person=person, quote="x")
            for article in articles
            for person in (one, other)
        )
        editing.record(articles)
        with django_assert_max_num_queries(90):  # type: ignore[operator]
            merge(one, other, by=None)


class TestSplit:
    def test_everything_that_moved_goes_back(self) -> None:
        bugti = make_person("Mir Sarfraz Bugti", wikidata_id="Q5", names=["M S Bugti"])
        sarfraz = make_person("Sarfraz Bugti", title="Senator")
        Position.objects.create(person=bugti, title="Senator")
        mine, both = about(bugti), make_article()
        lost = make_mention(both, bugti, occurrences=[["p1", 0, "M S Bugti"]])
        kept = make_mention(both, sarfraz, occurrences=[["p2", 0, "Bugti"]])
        editing.record([both])
        done = merge(bugti, sarfraz, by=None)
        split(done, by=make_staff())

        for person in (bugti, sarfraz):
            person.refresh_from_db()
        assert bugti.merged_into is None
        assert (bugti.wikidata_id, sarfraz.wikidata_id) == ("Q5", "")
        assert list(bugti.names.values_list("name", flat=True)) == ["M S Bugti"]
        assert not sarfraz.names.exists()
        assert bugti.positions.count() == sarfraz.positions.count() == 1
        assert set(both.mentions.all()) == {lost, kept}
        kept.refresh_from_db()
        assert kept.occurrences == [["p2", 0, "Bugti"]]
        assert listed(ListingKind.PERSON, bugti.pk) == {mine, both}
        assert listed(ListingKind.PERSON, sarfraz.pk) == {both}
        assert found(q="Bugti", person=bugti.slug) == {mine, both}
        assert_sound()

    def test_a_place_gets_its_datelines_and_inner_places_back(self) -> None:
        province, country = make_place("Balochistan"), make_place("Pakistan")
        old, new = make_place("Kalat State", province), make_place("Kalat", country)
        street = make_place("Bazaar", old)
        filed = make_article(dateline_place=old)
        editing.record([filed])
        inside = about(street)
        split(merge(old, new, by=None), by=None)

        filed.refresh_from_db()
        assert filed.dateline_place == old
        assert list(street.containers.order_by("containing__depth")) == [old, province]
        assert listed(ListingKind.PLACE, country.pk) == set()
        assert listed(ListingKind.PLACE, province.pk) == {inside}
        assert listed(ListingKind.DATELINE, old.pk) == {filed}
        assert_sound()

    def test_a_version_written_since_is_followed_by_one_that_says_what_is_so(self) -> None:
        old, new = make_tag("gas supply"), make_tag("natural gas")
        article = make_article(tags=[old])
        editing.record([article])
        done = merge(old, new, by=None)
        assert_sound()
        article.headline = "Another headline"
        editing.save(article, by=None)
        split(done, by=None)

        assert list(article.tags.all()) == [old]
        assert_sound()

    def test_what_was_edited_since_stays(self) -> None:
        one, other = make_person("One"), make_person("Other")
        moved = about(one)
        done = merge(one, other, by=None)
        since = about(other)
        other.refresh_from_db()
        other.description = "A minister."
        other.save()
        moved.mentions.all().delete()
        editing.record([moved])
        split(done, by=None)

        other.refresh_from_db()
        assert other.description == "A minister."
        assert listed(ListingKind.PERSON, other.pk) == {since}
        assert listed(ListingKind.PERSON, one.pk) == set()
        assert_sound()

    def test_a_chain_is_undone_from_its_end(self) -> None:
        a, b, c = make_person("A"), make_person("B"), make_person("C")
        article = about(a)
        first = merge(a, b, by=None)
        b.refresh_from_db()
        second = merge(b, c, by=None)
        a.refresh_from_db()
        assert a.merged_into == c
        with pytest.raises(ValidationError, match="“B” was merged into “C” later"):
            split(first, by=None)
        split(second, by=None)
        a.refresh_from_db()
        assert a.merged_into == b
        assert listed(ListingKind.PERSON, b.pk) == {article}
        split(first, by=None)
        assert listed(ListingKind.PERSON, a.pk) == {article}
        assert_sound()

    def test_it_is_undone_once_and_not_when_one_is_gone(self) -> None:
        one, other = make_tag(), make_tag()
        done = merge(one, other, by=None)
        split(done, by=None)
        with pytest.raises(ValidationError, match="already"):
            split(done, by=None)
        one.refresh_from_db()
        again = merge(one, other, by=None)
        other.delete()
        with pytest.raises(ValidationError, match="deleted since"):
            split(again, by=None)

    def test_an_article_deleted_since_is_passed_over(self) -> None:
        one, other = make_person(), make_person()
        article = about(one, other)
        done = merge(one, other, by=None)
        article.delete()
        split(done, by=None)
        assert not Mention.objects.exists()

    def test_two_that_were_split_are_not_suggested_again(self) -> None:
        one, other = make_tag(), make_tag()
        split(merge(one, other, by=None), by=None)
        assert Duplicate.objects.get().is_dismissed


class TestDivide:
    def test_chosen_names_and_articles_go_to_a_new_entry(self) -> None:
        khan = make_person("Imran Khan", names=["Imran Khan Niazi"])
        cricket, court = about(khan), about(khan)
        name = khan.names.get()
        lawyer = divide(khan, name="Imran Khan (lawyer)", names=[], articles=[court.pk], by=None)

        assert listed(ListingKind.PERSON, khan.pk) == {cricket}
        assert listed(ListingKind.PERSON, lawyer.pk) == {court}
        assert list(khan.names.all()) == [name]
        assert court.mentions.get().state == MentionState.CONFIRMED
        assert Duplicate.objects.get().is_dismissed
        assert_sound()

    def test_a_place_takes_the_datelines_of_the_articles_along(self) -> None:
        hub = make_place("Hub")
        article = make_article(dateline_place=hub)
        editing.record([article])
        other = divide(hub, name="Hub", names=[], articles=[article.pk], by=None)

        article.refresh_from_db()
        assert article.dateline_place == other
        assert other.slug == "hub-2"
        assert_sound()

    def test_something_has_to_go(self) -> None:
        with pytest.raises(ValidationError, match="Choose what goes"):
            divide(make_organisation(), name="Another", names=[], articles=[], by=None)


class TestRestoring:
    def test_an_older_version_that_names_a_merged_entry_leads_to_the_other(self) -> None:
        old, new = make_tag("gas supply"), make_tag("natural gas")
        kalat, town = make_place("Kalat State"), make_place("Kalat")
        article = make_article(tags=[old], dateline_place=kalat)
        editing.save(article, by=None)
        version = article.revisions.get()
        article.tags.clear()
        article.dateline_place = None
        editing.save(article, by=None)
        merge(old, new, by=None)
        merge(kalat, town, by=None)
        assert editing.revert(article, version, by=None) == []

        restored = Article.objects.get()
        assert list(restored.tags.all()) == [new]
        assert restored.dateline_place == town
        assert_sound()


def test_what_a_merge_would_move_is_told_in_numbers() -> None:
    person = make_person(title="Mayor", names=["The Mayor"])
    about(person)
    assert {(share.called, share.number) for share in shares(person)} == {
        ("mention", 1),
        ("name", 1),
        ("position", 1),
    }


def test_what_somebody_else_has_just_deleted_is_not_merged_and_said_to_be_gone() -> None:
    one, other = make_tag("Floods"), make_tag("Flooding")
    Tag.objects.filter(pk=one.pk).delete()
    for source, target in ((one, other), (other, one)):
        with pytest.raises(ValidationError, match="“Floods” has been deleted"):
            merge(source, target, by=None)


def test_a_tag_that_was_merged_is_a_shell() -> None:
    one, other = make_tag(), make_tag()
    merge(one, other, by=None)
    assert list(Tag.objects.current()) == [other]


BUGTIS = ("On Monday crowds met Sarfraz Bugti in town.", "Many saw Sarfaraz Bugty there.")


def written(paragraphs: tuple[str, ...]) -> Article:
    article = make_article(paragraphs=list(paragraphs))
    link([article])
    editing.record([article])
    return article


def mentions(article: Article) -> list[tuple[object, ...]]:
    rows = article.mentions.order_by("person")
    return list(rows.values_list("person", "state", "quote", "start", "occurrences"))


class TestSplitOfWhatWasWrittenSince:
    def test_words_that_an_edit_took_out_do_not_come_back(self) -> None:
        one, other = make_person("Sarfraz Bugti"), make_person("Sarfaraz Bugty")
        article = written(BUGTIS)
        merged = merge(one, other, by=None)
        article.body = article.body.replace("Sarfraz Bugti", "one").replace("Sarfaraz Bugty", "two")
        article.save()
        link([article])
        editing.record([article])
        split(merged, by=None)

        assert not article.mentions.exists()
        assert listed(ListingKind.PERSON, one.pk) == set()
        assert_sound()

    def test_what_an_editor_confirmed_is_adrift_where_its_words_are_gone(self) -> None:
        one, other = make_person("Sarfraz Bugti"), make_person("Sarfaraz Bugty")
        article = written(BUGTIS)
        article.mentions.update(state=MentionState.CONFIRMED)
        merged = merge(one, other, by=None)
        article.body = article.body.replace("Sarfraz Bugti", "one")
        article.save()
        link([article])
        editing.record([article])
        split(merged, by=None)

        assert article.mentions.get(person=one).is_adrift
        assert not article.mentions.get(person=other).is_adrift

    @pytest.mark.parametrize("paragraphs", [BUGTIS, BUGTIS[::-1], BUGTIS[:1]])
    def test_linking_in_between_changes_nothing(self, paragraphs: tuple[str, ...]) -> None:
        one, other = make_person("Sarfraz Bugti"), make_person("Sarfaraz Bugty")
        article = written(paragraphs)
        before = mentions(article)
        merged = merge(one, other, by=None)
        link([article])
        editing.record([article])
        split(merged, by=None)

        assert mentions(article) == before
        assert_sound()

    def test_words_added_since_are_of_the_one_they_name(self) -> None:
        one, other = make_person("Sarfraz Bugti"), make_person("Sarfaraz Bugty")
        article = written((BUGTIS[0], "Many saw somebody there."))
        merged = merge(one, other, by=None)
        article.body = article.body.replace("somebody", "Sarfaraz Bugty")
        article.save()
        link([article])
        split(merged, by=None)

        assert [(row[0], row[2]) for row in mentions(article)] == [
            (one.pk, "Sarfraz Bugti"),
            (other.pk, "Sarfaraz Bugty"),
        ]

    def test_positions_follow_what_they_were_held_in(self) -> None:
        one, other = make_person("A B"), make_person("A C")
        office, ministry = make_organisation("Office"), make_organisation("Ministry")
        for person in (one, other):
            Position.objects.create(person=person, title="Chief", organisation=office)
        merged = merge(one, other, by=None)
        merge(office, ministry, by=None)
        split(merged, by=None)

        held = Position.objects.order_by("person").values_list("person", "organisation")
        assert list(held) == [(one.pk, ministry.pk), (other.pk, ministry.pk)]


def test_names_given_away_find_the_articles_of_an_entry_no_longer() -> None:
    khan = make_person("Ali Khan")
    name = khan.names.create(name="Zubair Zub", folded="zubair zub")
    moved, stays = about(khan), about(khan)
    other = divide(khan, name="Zubair", names=[name.pk], articles=[moved.pk], by=None)

    assert found(q="Zubair Zub", person=khan.slug) == set()
    assert found(q="Zubair Zub", person=other.slug) == {moved}
    assert found(q="Ali Khan", person=khan.slug) == {stays}
    assert_sound()
