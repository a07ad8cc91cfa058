from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.comments.judging import words
from articles.comments.judging.words import Matcher
from articles.models import WordList, WordListKind

letters = st.text(st.characters(categories=["Ll", "Lo"]), min_size=2, max_size=8)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("casino", "Best CASINO in town"),
        ("casino", "best_casino_online"),
        ("CASINO", "a casino."),
        ("café", "Cafe"),
        ("cafe", "Café"),
        ("buy now", "Buy, now!"),
        ("buy now", "buy\n\nnow"),
        ("free money now", "so free money now"),
        ("казино", "Лучшее КАЗИНО онлайн"),
        ("कसीनो", "यह कसीनो है"),
        ("کازینو", "كازينو"),
        ("赌博", "我喜欢赌博网站"),
        ("คาสิโน", "เล่นคาสิโนออนไลน์"),
        ("casino", "cas\u200bino"),
        ("casin*", "casinos"),
        ("casin*", "Casin"),
        ("buy viag*", "buy viagra"),
        ("spam.example", "see http://spam.example/x"),
        ("spam.example", "see https://www.spam.example."),
        ("spam.example", "me@spam.example"),
        ("@spam.example", "me@spam.example"),
        ("me@spam.example", "mail me@spam.example, please"),
        (".ru/", "http://host.ru/page"),
        ("-cheap-", "very-cheap-shoes"),
        ("$$$", "make $$$ fast"),
        ("👉", "click 👉here"),
        ("fu*ck", "fu*ck"),
        ("casino # they come every week", "casino"),
    ],
)
def test_a_line_is_found(line, text):
    assert Matcher(f"unrelated\n{line}\nanother").find(text) == line.partition(" #")[0]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("ass", "The class passed."),
        ("casino", "casinos"),
        ("casin*", "occasin"),
        ("buy now", "buy it now"),
        ("buy now", "buynow"),
        ("कल", "कला"),
        ("t.co", "We can’t co-operate."),
        ("spam.example", "notspam.example"),
        ("spam.example", "my-spam.example"),
        ("spam.example", "spam.example.org"),
        ("me@spam.example", "some.me@spam.example"),
        ("me@spam.example", "me@spam.examples"),
        (".ru/", "peru/"),
        ("# casino", "casino"),
        ("   ", "anything"),
        ("$$$", "$$"),
    ],
)
def test_a_line_is_not_found_in_what_only_resembles_it(line, text):
    assert Matcher(line).find(text) is None


@pytest.mark.parametrize(
    ("line", "address", "found"),
    [
        ("192.0.2.7", "192.0.2.7", True),
        ("192.0.2.0/24", "192.0.2.255", True),
        ("192.0.2.9/24", "192.0.2.1", True),
        ("192.0.2.0/24", "192.0.3.0", False),
        ("2001:db8::/32", "2001:db8:ffff::1", True),
        ("2001:db8::/32", "2001:db9::", False),
        ("192.0.2.0/24", "::ffff:192.0.2.7", True),
        ("192.0.2.0/24", None, False),
        ("casino", "192.0.2.7", False),
    ],
)
def test_a_network_holds_its_addresses(line, address, found):
    assert Matcher(line).find_address(address) == (line if found else None)


def test_lines_that_cannot_be_read_are_named_and_the_others_count():
    matcher = Matcher("casino\n*\n192.0.2.0/99\n\n# remark\n" + "x" * 201)
    assert [(fault.line, fault.why) for fault in matcher.faults] == [
        (2, "it names nothing"),
        (3, "it is neither a network address nor a network"),
        (6, "it is longer than 200 characters"),
    ]
    assert matcher.size == 1


@given(st.lists(letters, min_size=1, max_size=4), letters, letters)
def test_a_phrase_is_found_between_any_other_words(phrase, before, after):
    line = " ".join(phrase)
    found = Matcher(line).find(f"{before} {line.upper()}, {after}".lower())
    assert found == line


@given(st.text(max_size=300))
def test_no_list_and_no_text_breaks_it(text):
    matcher = Matcher(text)
    matcher.find(text)
    matcher.find(text[::-1])


def test_a_real_list_is_read_whole_and_leaves_common_words_alone(data_dir: Path):
    matcher = Matcher((data_dir / "spam" / "wordpress-comment-blocklist.txt").read_text())
    assert (matcher.size, matcher.faults) == (65_370, [])
    assert matcher.find("Cheap viagra, no prescription")
    assert not matcher.find("I was at the council’s meeting, and the mayor said nothing of it.")


@pytest.mark.django_db
def test_a_list_is_read_again_only_when_it_was_changed(django_assert_num_queries):
    held = WordList.objects.create(kind=WordListKind.HELD, words="casino")
    assert words.in_force().held.find("casino")
    with django_assert_num_queries(1):
        assert words.in_force().disallowed.find("casino") is None

    held.words = "poker"
    held.save()

    with django_assert_num_queries(2):
        assert words.in_force().held.find("casino") is None
    assert words.in_force().held.find("poker")
