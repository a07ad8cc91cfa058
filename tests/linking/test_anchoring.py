"""What editors decided keeps its words and its place, however the text is edited."""

import pytest

from articles.editing import record, revert, save
from articles.linking import link
from articles.linking.anchoring import LONGEST_SENTENCE, sentence_around
from articles.models import Article, Mention, MentionState, Place, PlaceKind
from tests.factories import make_article, make_place, make_user

pytestmark = pytest.mark.django_db

QUETTA = "Rain fell in Quetta."
MORE = "Snow fell on the hills, and Quetta was cold on Monday. Quetta slept."


@pytest.fixture
def quetta() -> Place:
    pakistan = make_place("Pakistan", kind=PlaceKind.COUNTRY, population=230_000_000)
    return make_place("Quetta", pakistan, population=1_100_000)


def decided(article: Article, state: MentionState = MentionState.CONFIRMED) -> Mention:
    """The article's mention of Quetta after it was linked and an editor decided about it."""
    link([article])
    mention = article.mentions.get(quote="Quetta")
    mention.state = state
    mention.save()
    return mention


def edited(article: Article, *paragraphs: tuple[str, str]) -> Mention:
    """The mention after the paragraphs of the article became these, as (id, text)."""
    article.body = "".join(f'<p id="{name}">{text}</p>' for name, text in paragraphs)
    article.save()
    link([article])
    return article.mentions.get()


def place_of(mention: Mention) -> tuple[str, int, str]:
    return mention.paragraph, mention.start, mention.quote


@pytest.mark.parametrize("state", [MentionState.CONFIRMED, MentionState.REJECTED])
def test_words_that_move_in_their_paragraph_are_followed(
    quetta: Place, state: MentionState
) -> None:
    article = make_article(paragraphs=[QUETTA])
    decided(article, state)
    mention = edited(article, ("p1", "Much rain fell in Quetta."))
    assert place_of(mention) == ("p1", 18, "Quetta")
    assert mention.occurrences == [["p1", 18, "Quetta"]]
    assert mention.sentence == "Much rain fell in Quetta."
    assert mention.state == state


def test_all_occurrences_are_followed(quetta: Place) -> None:
    article = make_article(paragraphs=[QUETTA, MORE])
    decided(article)
    mention = edited(article, ("p1", QUETTA), ("p2", f"Later. {MORE}"))
    assert [start for _, start, _ in mention.occurrences] == [13, 35, 62]
    mention = edited(article, ("p2", f"Later. {MORE}"))
    assert [start for _, start, _ in mention.occurrences] == [35, 62]
    assert place_of(mention) == ("p2", 35, "Quetta")


def test_words_in_another_paragraph_are_found_by_the_sentence_most_alike(quetta: Place) -> None:
    article = make_article(paragraphs=[QUETTA])
    decided(article)
    mention = edited(
        article, ("p7", "Quetta has a fruit market."), ("p8", "Heavy rain fell in Quetta.")
    )
    assert place_of(mention) == ("p8", 19, "Quetta")


def test_words_in_no_such_sentence_are_found_anywhere(quetta: Place) -> None:
    article = make_article(paragraphs=[QUETTA])
    decided(article)
    mention = edited(article, ("p7", "Nothing."), ("p8", "Apples from Quetta are sold."))
    assert place_of(mention) == ("p8", 12, "Quetta")


def test_a_longer_word_is_not_the_words(quetta: Place) -> None:
    article = make_article(paragraphs=[QUETTA])
    decided(article)
    assert edited(article, ("p1", "Rain fell in Quettabad.")).is_adrift


def test_what_the_text_no_longer_says_is_adrift_until_it_says_it_again(quetta: Place) -> None:
    article = make_article(paragraphs=[QUETTA])
    was = decided(article)
    mention = edited(article, ("p1", "Rain fell."))
    assert (mention.pk, mention.state) == (was.pk, MentionState.CONFIRMED)
    assert mention.is_adrift
    assert place_of(mention) == ("", 0, "Quetta")
    assert mention.sentence == QUETTA
    mention = edited(article, ("p4", "It is over. Rain fell in Quetta."))
    assert not mention.is_adrift
    assert place_of(mention) == ("p4", 25, "Quetta")


def test_a_confirmed_place_that_the_text_spells_otherwise_takes_the_new_words(
    quetta: Place,
) -> None:
    quetta.names.create(name="Kwatah", folded="kwatah")
    article = make_article(paragraphs=[QUETTA])
    decided(article)
    mention = edited(article, ("p1", "Rain fell in Kwatah."))
    assert (place_of(mention), mention.is_adrift) == (("p1", 13, "Kwatah"), False)


def test_what_is_decided_about_the_headline_stays_there(quetta: Place) -> None:
    article = make_article("It will rain much in Quetta", paragraphs=["It was wet."])
    decided(article)
    article.headline = "It will rain very much in Quetta"
    mention = edited(article, ("p1", "It was wet."))
    assert place_of(mention) == ("headline", 26, "Quetta")


def test_what_an_editor_added_without_words_is_never_adrift(quetta: Place) -> None:
    article = make_article(paragraphs=["Rain fell."])
    article.mentions.create(kind="place", place=quetta, state=MentionState.CONFIRMED)
    link([article])
    assert not article.mentions.get().is_adrift


def test_a_restored_version_finds_what_was_decided_about_it(quetta: Place) -> None:
    editor = make_user("editor", is_superuser=True)
    article = make_article(paragraphs=[QUETTA])
    record([article], by=editor, reason="")
    decided(article)
    article.body = "<p>Rain fell.</p>"
    save(article, by=editor)
    assert article.mentions.get().is_adrift
    revert(article, article.revisions.get(number=1), by=editor)
    mention = article.mentions.get()
    assert (mention.is_adrift, mention.start) == (False, 13)
    assert mention.state == MentionState.CONFIRMED


def test_every_mention_knows_its_sentence(quetta: Place) -> None:
    article = make_article(paragraphs=[f"It rains. {MORE}"])
    link([article])
    sentence = "Snow fell on the hills, and Quetta was cold on Monday."
    assert article.mentions.get().sentence == sentence


@pytest.mark.parametrize(
    ("before", "sentence", "after"),
    [
        ("It rains. ", "Gen. Ali of the U.S. went to X on Monday.", " He slept."),
        ("“Go!” ", "She asked: “Why X?”", " Nobody knew."),
        ("بارش ہوئی۔ ", "وہ X گئے۔", " پھر سو گئے۔"),
        ("वर्षा हुई। ", "वह X गए।", " फिर सो गए।"),
        ("", "X", ""),
    ],
)
def test_a_sentence_ends_at_its_stop(before: str, sentence: str, after: str) -> None:
    text = before + sentence + after
    start = text.index("X")
    assert sentence_around(text, start, start + 1) == sentence


def test_a_sentence_without_end_is_cut_around_the_words() -> None:
    text = f"{'and then ' * 200}Quetta {'and then ' * 200}"
    start = text.index("Quetta")
    sentence = sentence_around(text, start, start + 6)
    assert "Quetta" in sentence
    assert len(sentence) <= LONGEST_SENTENCE
