import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.comments.text.cleaning import clean_name, clean_text

any_text = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Zarina   Baloch ", "Zarina Baloch"),
        ("<b>Zarina</b>", "Zarina"),
        ("<script>alert(1)</script>Zarina", "alert(1)Zarina"),
        ("Zar\x00ina", "Zarina"),
        ("Zar\u202eina", "Zarina"),
        ("Zar\u200bina\ufeff", "Zarina"),
        ("Zarina\r\nBcc: all@example.org", "Zarina Bcc: all@example.org"),
        ("Zar\ud800ina", "Zarina"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a < b", "a b"),
    ],
)
def test_a_name_keeps_what_can_be_read(typed, kept):
    assert clean_name(typed) == kept


def test_a_letter_keeps_as_many_accents_as_a_language_may_need():
    assert clean_text("a" + "\u0301" * 100) == "a" + "\u0301" * 4
    assert clean_text("Vie\u0302\u0323t") == "Vie\u0302\u0323t"


def test_text_keeps_its_lines_and_what_looks_like_markup():
    assert clean_text("one\r\ntwo\x00 <b>\x1b[31m\n\n\tthree ") == "one\ntwo <b>[31m\n\n\tthree"


@given(any_text)
def test_whatever_is_typed_can_be_stored(typed):
    for cleaned in (clean_text(typed), clean_name(typed)):
        cleaned.encode()
        assert "\x00" not in cleaned
        assert "\u202e" not in cleaned


@given(any_text)
def test_cleaning_a_clean_text_changes_nothing(typed):
    assert clean_text(clean_text(typed)) == clean_text(typed)
    assert clean_name(clean_name(typed)) == clean_name(typed)
