"""What an entry is called on a page in a language. No database is asked."""

from articles.models import Person, PersonName
from articles.vocabulary.names import name_in

PERSON = Person(name="Sarfraz Bugti")
URDU = PersonName(name="سرفراز بگٹی", language="ur", is_preferred=True)
BALOCHI = PersonName(name="سرپراز بگٹی", language="bal", is_preferred=False)
INDIAN = PersonName(name="Sarfaraz Bugti", language="en-IN", is_preferred=True)
NAMES = [URDU, BALOCHI, INDIAN]


def test_the_preferred_name_of_the_pages_language_comes_first() -> None:
    assert name_in(PERSON, NAMES, "ur") == ("سرفراز بگٹی", "ur", "rtl")
    assert name_in(PERSON, NAMES, "EN-in").text == "Sarfaraz Bugti"


def test_a_region_gives_way_to_its_language() -> None:
    assert name_in(PERSON, NAMES, "ur-PK").text == "سرفراز بگٹی"
    assert name_in(PERSON, NAMES, "en").text == "Sarfaraz Bugti"


def test_else_it_has_its_own_name() -> None:
    assert name_in(PERSON, NAMES, "bal") == ("Sarfraz Bugti", "", "auto")
    assert name_in(PERSON, [], "ur").text == "Sarfraz Bugti"
