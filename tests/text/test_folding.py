import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.folding import fold, fold_with_offsets
from articles.text.language import detect, direction
from articles.text.slugs import slugify


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Qalʿa‑e  Nau", "qal'a-e nau"),
        ("São Tomé", "SAO TOME"),
        ("كويته", "کویته"),
        ("Islāmābād", "Islamabad"),
        ("کوئٹہ", "کوئٹه"),
        ("Pakistan’s", "Pakistan's"),
        ("۲۰۱۰ ٢٠١٠ २०१०", "2010 2010 2010"),
        ("أحمد إقبال آغا ٱلله", "احمد اقبال اغا الله"),
        ("مُحَمَّد عَلِی", "محمد علی"),
        ("بلوچـستان", "بلوچستان"),
        ("مسئلۂ کشمیر", "مسیلہ کشمیر"),
        ("می‌خواهم", "میخواهم"),
        ("پښتونخوا، ګوادر", "پښتونخوا، گوادر"),
        ("ډاکټر", "ڈاکٹر"),
        ("بلۏچی بلۆچی", "بلوچی بلوچی"),
        ("ﷲ ﻻہور", "الله لاہور"),
        ("\u202bکوئٹہ\u202c", "کوئٹہ"),
        ("Þórður Łódź Ærø Straße Niğde", "thordur lodz aero strasse nigde"),
    ],
)
def test_spellings_of_one_name_are_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_vowel_signs_of_indian_scripts_stay() -> None:
    assert fold("कि") != fold("क")


@given(st.text(max_size=100))
def test_folding_knows_the_way_back(text: str) -> None:
    folded, offsets = fold_with_offsets(text)

    assert len(offsets) == len(folded) + 1
    assert list(offsets) == sorted(offsets)
    assert fold(folded) == fold(text)
    assert fold(fold(text)) == fold(text)


def test_slugs_keep_scripts_and_end_at_a_word() -> None:
    assert slugify("Gwadar’s “deep-sea” port: Über alles!") == "gwadars-deep-sea-port-uber-alles"
    assert slugify("کوئٹہ میں زلزلہ") == "کوئٹہ-میں-زلزلہ"
    assert slugify("one two three", max_length=9) == "one-two"
    assert slugify("?!") == ""


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The minister said that the dam was of use to the people.", "en", "ltr"),
        ("کوئٹہ میں زلزلے کے جھٹکے محسوس کیے گئے ہیں۔", "ur", "rtl"),
        ("Der Minister ist mit dem Zug und nicht auf der Straße gekommen.", "de", "ltr"),
        ("भूकंप के झटके महसूस किए गए", "hi", "ltr"),
        ("12345", "en", "ltr"),
    ],
)
def test_language_and_direction(text: str, language: str, expected: str) -> None:
    assert detect(text) == language
    assert direction(language) == expected
