"""Where a name begins and ends: whole words, in Latin, Arabic and Devanagari script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.linking.matching import NameMatcher

NAMES = [
    "Quetta", "Hub", "Karachi", "Éric Dupond-Moretti", "O'Brien", "al-Qaeda", "Qal'a-e Naw", "US",
    "São Paulo", "Łódź", "Lakki Marwat", "کوئٹہ", "کراچی", "قاہرہ", "سندھ", "भारत", "मुंबई", "पंजाब",
    "पटना", "Харків",
]  # fmt: skip
MATCHER = NameMatcher([(name, name) for name in NAMES])


def found(text: str) -> list[str]:
    return [text[match.start : match.end] for match in MATCHER.find(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # Latin: possessives, hyphens, dashes, brackets, stops
        ("Quetta’s roads and Quetta's rains", ["Quetta", "Quetta"]),
        ("Quetta-based, anti-Quetta, Quetta–Karachi", ["Quetta", "Quetta", "Quetta", "Karachi"]),
        ("(Quetta) “Quetta” Quetta. Quetta", ["Quetta"] * 4),
        ("Quettas, Quettan, NewQuetta, Quetta2", []),
        ("quetta@example.org, Quetta.example, @Quetta, #Quetta, d’Quetta", []),
        # … case
        ("QUETTA and Quetta, not quetta", ["QUETTA", "Quetta"]),
        ("The hub of Hub", ["Hub"]),
        ("Give us the US", ["US"]),
        # … diacritics and apostrophes in either form
        (
            "Eric Dupond-Moretti, ERIC DUPOND‑MORETTI",
            ["Eric Dupond-Moretti", "ERIC DUPOND‑MORETTI"],
        ),
        ("O’Brien, O'Brien, OʼBrien", ["O’Brien", "O'Brien", "OʼBrien"]),
        ("Qalʿa‑e Naw", ["Qalʿa‑e Naw"]),
        ("Sao Paulo, São Paulo, Sa\u0303o Paulo", ["Sao Paulo", "São Paulo", "Sa\u0303o Paulo"]),
        ("Lodz, Łódź", ["Lodz", "Łódź"]),
        ("al-Qaeda, Al-Qaeda, Al‑Qaeda’s", ["al-Qaeda", "Al-Qaeda", "Al‑Qaeda"]),
        ("Lakki Marwat is, Lakki is not", ["Lakki Marwat"]),
        # Arabic script: postpositions stand apart, letters and marks of other keyboards
        ("کوئٹہ میں، کراچی سے۔", ["کوئٹہ", "کراچی"]),
        ("كراچي، کراچِی", ["كراچي", "کراچِی"]),
        ("سندھی، کراچیوں", []),
        ("إلى القاهرة والقاهرة وكراچى", ["قاهرة", "قاهرة", "كراچى"]),
        ("بالقاهرة، لوكراچى", []),
        # Devanagari: a vowel sign or a virama after it makes another word
        ("भारत में, भारत।", ["भारत", "भारत"]),
        ("भारतीय, भारती, भारत्य, महाभारत", []),
        ("मुम्बई और मुंबई, पञ्जाब और पंजाब", ["मुम्बई", "मुंबई", "पञ्जाब", "पंजाब"]),
        ("पटनाओं, पटनाई, पटन", []),
        # Cyrillic
        ("Харків’s, ХАРКІВ, харків", ["Харків", "ХАРКІВ"]),
    ],
)
def test_a_name_is_whole_words(text: str, words: list[str]) -> None:
    assert found(text) == words


BETWEEN = st.sampled_from([" ", ", ", "–", "-", "’s ", " “", "” ", "۔ ", " में ", " سے ", "\u200c "])


@given(st.lists(st.tuples(st.sampled_from(NAMES), BETWEEN), max_size=8))
def test_names_between_words_are_cut_out_as_they_stand(parts: list[tuple[str, str]]) -> None:
    text = "so" + "".join(f" {name}{after}" for name, after in parts)
    assert found(text) == [name for name, _ in parts]


@given(st.text(max_size=60), st.sampled_from(NAMES), st.text(max_size=60))
def test_offsets_always_cut_out_a_name_and_never_overlap(
    before: str, name: str, after: str
) -> None:
    text = f"{before} {name} {after}"
    end = 0
    for match in MATCHER.find(text):
        words = text[match.start : match.end]
        assert match.start >= end
        assert match.values[0] in MATCHER.find(f"of {words}")[0].values
        end = match.end


@given(st.text(alphabet="ẞßIİıŁ\u0301\u064b\u200dکي Queta", max_size=40))
def test_letters_that_fold_to_more_or_fewer_do_not_shift_the_words(before: str) -> None:
    text = f"{before}\nQuetta"
    assert found(text)[-1] == "Quetta"
