import pytest

from articles.text.stemming import stem


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", ["flood", "floods", "flooded", "flooding"]),
        ("de", ["zeitung", "zeitungen"]),
        ("fr", ["ministre", "ministres"]),
        ("ur", ["سیلاب"]),
        ("zz", ["anything"]),
    ],
)
def test_forms_of_a_word_share_their_stem(language, forms):
    assert len({stem(form, language) for form in forms}) == 1


def test_languages_without_a_stemmer_leave_words_as_they_are():
    assert stem("floods", "ps") == "floods"
