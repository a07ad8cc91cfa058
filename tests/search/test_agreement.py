"""Both databases find what a plain reading of the words finds."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import search
from articles.models import Article
from articles.search.words.query import Query, Term
from articles.search.words.tokens import starts_with, words
from tests.search.archive import counted, criteria, publish

pytestmark = pytest.mark.django_db

VOCABULARY = ["gas", "gasfield", "oil", "oils", "Sui", "کوئٹہ", "हिन्दी", "café", "don't", "7"]


@dataclass(frozen=True)
class Text:
    pk: int
    headline: list[str]
    text: list[str]

    def has(self, term: Term) -> bool:
        fields = [self.headline] if term.in_headline else [self.headline, self.text]
        return any(places(field, term) for field in fields)

    def has_near(self, one: Term, other: Term, distance: int) -> bool:
        in_headline = one.in_headline or other.in_headline
        return any(
            -len(other.words) - distance <= there - here <= len(one.words) + distance
            for field in ([self.headline] if in_headline else [self.headline, self.text])
            for here in places(field, one)
            for there in places(field, other)
        )

    def answers(self, query: Query) -> bool:
        return (
            all(any(map(self.has, group)) for group in query.groups)
            and all(
                any(self.has_near(one, other, near.distance) for one, other in near.pairs)
                for near in query.near
            )
            and not any(map(self.has, query.excluded))
        )


def places(field: list[str], term: Term) -> list[int]:
    return [
        at
        for at in range(len(field))
        if any(
            starts_with(field, at, form, is_prefix=term.is_prefix)
            for form in (term.words, *term.others)
        )
    ]


def an_archive() -> list[Text]:
    dice = random.Random(1)
    texts = []
    for _ in range(40):
        headline = " ".join(dice.choices(VOCABULARY, k=2))
        paragraph = " ".join(dice.choices(VOCABULARY, k=dice.randint(1, 8)))
        article = publish(headline, paragraphs=[paragraph])
        texts.append(Text(article.pk, words(headline), words(paragraph)))
    return texts


def test_both_databases_find_what_the_words_say():
    texts = an_archive()
    word = st.sampled_from(
        [*VOCABULARY, "oil*", "gas*", "x", '"gas oil"', '"oil gas"', "headline:gas"]
    )
    pieces = word | st.sampled_from(
        ['"', "OR", "-", "-oil", "AND", "-headline:oil", "headline:", "NEAR", "NEAR/0", "NEAR/2"]
    )
    near = st.tuples(word, st.sampled_from(["NEAR/0", "NEAR/1", "NEAR/3"]), word, pieces, pieces)

    @given((st.lists(pieces, min_size=1, max_size=6) | near).map(" ".join))
    @settings(max_examples=250, deadline=None)
    def check(text: str) -> None:
        query = criteria(q=text).query
        expected = [one.pk for one in reversed(texts) if query and one.answers(query)]
        found = search.find(criteria(q=text), size=50)
        assert [article.pk for article in found.articles] == expected
        ranked = search.find(criteria(q=text, order="relevance"), size=50)
        assert sorted(article.pk for article in ranked.articles) == sorted(expected)

    check()


def test_articles_are_found_in_order_however_far_apart():
    first, last = datetime(100, 1, 1, tzinfo=UTC), timezone.now() - timedelta(days=3_650)
    moments = [first, *(last - timedelta(days=30 * 3**power) for power in range(9)), last]
    for moment in sorted(moments):
        publish("Gas", published=moment)
    pks = list(Article.objects.order_by("-pk").values_list("pk", flat=True))

    def found(**asked: str) -> list[int]:
        return [article.pk for article in search.find(criteria(q="gas", **asked)).articles]

    assert found() == pks
    assert found(order="oldest") == pks[::-1]
    assert found(to="1900") == [a.pk for a in Article.objects.filter(published_at__year__lt=1901)]
    assert found(from_=str(last.year + 1)) == []
    assert counted(criteria(q="gas")).number == len(pks)


def test_nothing_typed_is_an_error():
    publish("Gas", paragraphs=['it\'s "quoted" \\ back & forth'])
    hostile = st.sampled_from(
        ['"', "'", "\\", ":", "NEAR(", "^", "{headline}:", "a:*", "!", "<->", "%s", "%", "\x00"]
    ) | st.sampled_from(
        [" NEAR ", " NEAR/0 ", " headline:", " place:", " tag:-", "|", ",", " before:", " from:"]
    )

    @given(st.text(st.characters(), max_size=40) | st.lists(hostile, max_size=8).map("gas".join))
    @settings(max_examples=150, deadline=None)
    def check(text: str) -> None:
        asked = criteria(q=text)
        search.find(asked)
        search.facets(asked)
        assert asked.query_string is not None

    check()


@pytest.mark.parametrize("text", ["gas" * 4_000, '"gas ' * 2_500, "-gas " * 2_000, "a* " * 3_000])
def test_ten_kilobytes_are_no_error(text):
    publish("Gas")
    asked = criteria(q=text)
    search.find(asked)
    assert asked.query.is_cut
