from datetime import timedelta

import pytest
from django.utils import timezone

from articles.comments.judging import suspicion
from articles.comments.judging.suspicion import said_elsewhere
from tests.factories import make_article, make_comment

LONG = "Somebody really should have told us about this."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<script>alert(1)</script>", "markup or a script in the text"),
        ("< ScRiPt src=x>", "markup or a script in the text"),
        ("<b onclick=x>", "markup or a script in the text"),
        ("javascript:alert(1)", "markup or a script in the text"),
        ('<a href="https://a.example">x</a>', "links in the markup of other sites, such as [url="),
        ("[URL=https://a.example]x[/URL]", "links in the markup of other sites, such as [url="),
        ("https://bank.example@evil.example", "a link that hides where it leads"),
        ("https://a.example and http://www.a.example/.", "the same link 2 times"),
        ("see https://me.example!", "the commenter’s website once more in the text"),
        ("!!! 100 % ???", "no letter in the text"),
        ("THIS IS AN OUTRAGE AND A SHAME", "everything in capital letters"),
        ("ЭТО ПОЗОР ДЛЯ ВСЕГО ГОРОДА", "everything in capital letters"),
    ],
)
def test_what_machines_post_is_suspicious(text, words):
    assert suspicion.suspicion(text, "https://me.example/") == words


@pytest.mark.parametrize(
    "text",
    [
        "Well said.",
        "https://a.example and https://b.example",
        "If a < b and b > c, what then?",
        "The UN and NATO.",
        "BBC.",
        "یہ بہت اچھا ہے، شکریہ",
        "これは素晴らしい記事です",
        "Please import the form, style matters.",
    ],
)
def test_what_people_write_is_not(text):
    assert suspicion.suspicion(text, "https://me.example/") == ""


@pytest.mark.parametrize("piece", ["<", "< ", " ", "<a ", "[url", "on=", "http://", ")", "<b on"])
def test_no_text_takes_long_to_look_at(piece):
    # The longest that is taken; what is looked for in squared time would take minutes.
    suspicion.suspicion(f"<{piece * (65_000 // len(piece))}", "")


@pytest.mark.django_db
def test_the_same_words_by_another_reader_on_another_article_are_noticed():
    here, there = make_article(), make_article()
    make_comment(there, text=LONG, author_email="a@b.org", state="spam")
    assert said_elsewhere(here, LONG, "c@d.org")
    assert not said_elsewhere(there, LONG, "c@d.org")
    assert not said_elsewhere(here, LONG, "a@b.org")
    assert not said_elsewhere(here, LONG + "!", "c@d.org")


@pytest.mark.django_db
def test_few_words_or_old_ones_may_be_said_twice(django_assert_num_queries):
    there = make_article()
    make_comment(there, text="Well said.")
    make_comment(there, text=LONG, created_at=timezone.now() - timedelta(days=8))
    here = make_article()
    assert not said_elsewhere(here, "Well said.", "c@d.org")
    with django_assert_num_queries(1):
        assert not said_elsewhere(here, LONG, "c@d.org")
