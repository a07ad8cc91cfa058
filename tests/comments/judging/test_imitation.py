import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.comments.judging.imitation import (
    authors_of,
    by_skeleton,
    imitated,
    skeleton,
    staff_names,
)
from tests.factories import make_article, make_author, make_staff, make_user

KNOWN = by_skeleton(["Mina Baloch", "Иван Петров", "مینا بلوچ"])


@pytest.mark.parametrize(
    "name",
    [
        "Mina Baloch",
        "MINA BALOCH",
        "mina  baloch",
        "Mina-Baloch",
        "Mína Balöch",
        "Mіna Ваlосh",  # i, Ba, o and c are Cyrillic
        "Μina Baloch",  # a Greek capital Mu
        "M1na Bal0ch",
        "Mina\u200b Baloch",
        "Ｍｉｎａ Ｂａｌｏｃｈ",
        "𝓜𝓲𝓷𝓪 𝓑𝓪𝓵𝓸𝓬𝓱",
    ],
)
def test_a_name_that_looks_like_a_colleagues_is_noticed(name):
    assert imitated(name, KNOWN) == "Mina Baloch"


def test_names_in_other_scripts_are_compared_too():
    assert imitated("ИВАН ПЕТРОВ", KNOWN) == "Иван Петров"
    assert imitated("مينا بلوچ", KNOWN) == "مینا بلوچ"


@pytest.mark.parametrize(
    "name",
    [
        *("Mina", "Mina Baloch-Khan", "Nina Baloch", "Иван", "Zarina", "Edith Editor", "Teamwork"),
        *("Modest", "Adminata", "Mod Ali", "Chief Sitting Bull", "Ali Editor-free", "!"),
        *("Ali علی", "Иван Smith", "Oʻtkir", "Ｚｏｅ", "田中A", "Łukasz", "Nguyễn", "Zoë"),
    ],
)
def test_other_names_are_readers_own(name):
    assert imitated(name, KNOWN) == ""


@pytest.mark.parametrize(
    "name",
    [
        *("Admin", "АDMIN", "adm1n", "Moderator Tom", "site administrator"),
        *("Moderators", "The Moderators", "Admins", "Administrators"),
    ],
)
def test_titles_of_the_newsroom_are_nobody_elses(name):
    assert imitated(name, {}) == "an administrator or a moderator"


@pytest.mark.parametrize(
    "name",
    [
        *("The Archive", "Editor of The Archive", "Archive Team", "The Editors", "Editor-in-Chief"),
        *("Mod", "The Mods", "Moderation team", "Chief Editor Ali", "Ali, Editor-in-Chief"),
    ],
)
def test_neither_is_the_sites_name(name, settings):
    settings.SITE_NAME = "The Archive"
    assert imitated(name, {}) == "the newsroom"


@pytest.mark.parametrize("name", ["Ꭺdmin", "ᗩdmin", "Ali Ꮶhan", "Zaհra"])
def test_a_word_of_letters_of_two_scripts_is_noticed(name):
    assert "two scripts" in imitated(name, {})


@pytest.mark.django_db
def test_known_are_the_staff_by_name_and_login_and_the_articles_authors(django_assert_num_queries):
    mina = make_staff(username="mbaloch", first_name="Mina", last_name="Baloch")
    make_author("Meena B.", user=mina)
    make_staff(username="gone", is_active=False)
    make_user("reader")
    with django_assert_num_queries(1):
        assert set(staff_names().values()) == {"mbaloch", "Mina Baloch", "Meena B."}
    article = make_article(authors=[make_author("Sana Stringer")])
    make_author("Somebody Else")
    assert set(authors_of(article).values()) == {"Sana Stringer"}


@given(st.text(max_size=60))
def test_any_name_has_a_skeleton_that_has_itself(name):
    looks = skeleton(name)
    assert skeleton(looks) == looks
    imitated(name, KNOWN)
