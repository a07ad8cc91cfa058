"""What a text links and what it only suggests, with real names from around the world."""

from pathlib import Path
from typing import NamedTuple

import pytest

from articles.linking.analyse import find_mentions
from articles.linking.findings import Copy, Findings, FoundMention
from articles.models import EntityKind, MentionRole, MentionState
from tests.growth import no_faster_than_its_input
from tests.linking.world import VOCABULARY

ISLAMABAD = Path(__file__).parents[1] / "files" / "islamabad-feb-1.txt"


def found_in(*paragraphs: str, dateline: str = "", headline: str = "") -> Findings:
    blocks = tuple((f"p{number}", text) for number, text in enumerate(paragraphs, 1))
    return find_mentions(Copy(blocks, headline, dateline), VOCABULARY)


def linked(findings: Findings, kind: EntityKind | None = None) -> set[str]:
    return names(findings, MentionState.LINKED, kind)


def suggested(findings: Findings, kind: EntityKind | None = None) -> set[str]:
    return names(findings, MentionState.SUGGESTED, kind)


def names(findings: Findings, state: MentionState, kind: EntityKind | None) -> set[str]:
    return {
        mention.name
        for mention in findings.mentions
        if mention.state is state and kind in {None, mention.kind}
    }


def mention_of(findings: Findings, name: str) -> FoundMention:
    return next(mention for mention in findings.mentions if mention.name == name)


# --- The article from Islamabad ------------------------------------------------------------------


@pytest.fixture(scope="module")
def islamabad() -> Findings:
    lines = [line for line in ISLAMABAD.read_text().splitlines() if line.strip()]
    lead = lines[0].removeprefix("Islamabad, Feb 1: ")
    return found_in(lead, *lines[1:12], dateline="Islamabad, Feb 1")


def test_article_links_exactly_its_places(islamabad: Findings) -> None:
    assert linked(islamabad, EntityKind.PLACE) == {
        "Islamabad", "Pakistan", "Balochistan", "Quetta", "Nushki", "Dalbandin", "Pasni", "Gwadar",
        "Mastung", "Harnai", "Panjgur",
    }  # fmt: skip


def test_article_links_exactly_its_people_under_the_titles_given(islamabad: Findings) -> None:
    people = {
        mention.name: mention.title
        for mention in islamabad.mentions
        if mention.kind is EntityKind.PERSON
    }
    assert people == {
        "Mohsin Naqvi": "Federal Interior Minister",
        "Sarfraz Bugti": "Balochistan Chief Minister",
    }


def test_article_links_exactly_its_organisations(islamabad: Findings) -> None:
    assert linked(islamabad, EntityKind.ORGANISATION) == {
        "Balochistan Liberation Army", "Tehrik-e-Taliban Pakistan", "Pakistan Television",
    }  # fmt: skip


def test_article_suggests_nothing_where_nothing_is_unsure(islamabad: Findings) -> None:
    assert suggested(islamabad) == set()


def test_dateline_is_filed_from_and_nothing_else(islamabad: Findings) -> None:
    roles = [mention.role for mention in islamabad.mentions if mention.name == "Islamabad"]
    assert roles == [MentionRole.FILED_FROM]
    assert islamabad.dateline_place_id == mention_of(islamabad, "Islamabad").entity_id


def test_roles_say_how_much_an_article_is_about_a_place(islamabad: Findings) -> None:
    assert mention_of(islamabad, "Balochistan").role is MentionRole.ABOUT  # in the lead
    assert mention_of(islamabad, "Quetta").role is MentionRole.ABOUT  # four times
    assert mention_of(islamabad, "Mastung").role is MentionRole.MENTIONED


def test_every_occurrence_is_kept_with_its_words(islamabad: Findings) -> None:
    quetta = mention_of(islamabad, "Quetta").occurrences
    assert [(occurrence.paragraph, occurrence.words) for occurrence in quetta] == [
        ("p4", "Quetta"), ("p7", "Quetta"), ("p8", "Quetta"), ("p8", "Quetta"),
    ]  # fmt: skip


# --- Agency copy from around the world -----------------------------------------------------------


class Case(NamedTuple):
    text: str
    linked: set[str]
    suggested: set[str] = set()
    dateline: str = ""


CASES = {
    "Kenyan election": Case(
        "Kenya’s electoral commission chairman Wafula Chebukati declared the result in Nairobi on "
        "Monday, as supporters celebrated in Kisumu and Eldoret. The African Union urged calm. "
        "“We will accept it,” Chebukati said.",
        {"Kenya", "Wafula Chebukati", "Nairobi", "Kisumu", "Eldoret", "African Union"},
    ),
    "floods in Bangladesh": Case(
        "Dozens of villages were under water in Sunamganj and Sylhet districts, Bangladesh’s "
        "Flood Forecasting and Warning Centre said. Disaster Minister Enamur Rahman, who was in "
        "Dhaka, promised aid.",
        {"Sunamganj", "Sylhet", "Bangladesh", "Enamur Rahman", "Dhaka"},
    ),
    "French court": Case(
        "A court in Paris sentenced the former mayor of Marseille on Friday. Justice Minister "
        "Éric Dupond-Moretti declined to comment, and President Emmanuel Macron, travelling to "
        "Nice, did not answer questions.",
        {"Paris", "Marseille", "Éric Dupond-Moretti", "Emmanuel Macron", "Nice"},
    ),
    "British politics": Case(
        "Reading the statement in London, Prime Minister Keir Starmer said that Britain would "
        "help. The mayor of Leeds and the Home Office disagreed. In Reading, trains were late.",
        {"London", "Keir Starmer", "Leeds", "Reading"},
    ),
    "sport": Case(
        "Quetta Gladiators beat Lahore Qalandars by six wickets in Karachi on Sunday to reach the "
        "final of the Pakistan Super League. Captain Sarfaraz Ahmed hit 54.",
        {"Karachi", "Sarfaraz Ahmed", "Pakistan Super League"},
    ),
    "names inside names": Case(
        "The Lahore High Court and the Karachi Press Club are in cities that the China–Pakistan "
        "Economic Corridor and the Quetta–Karachi Highway connect.",
        {"Lahore High Court", "Karachi Press Club"},
    ),
    "two places joined by a dash": Case(
        "Trade across the Pakistan-Afghanistan border at Chaman stopped.",
        {"Pakistan", "Afghanistan", "Chaman"},
    ),
    "compounds": Case(
        "A Quetta-based doctor joined anti-Iran protests; Karachi's port and Lahore’s stayed shut.",
        {"Quetta", "Iran", "Karachi", "Lahore"},
    ),
    "title of a province": Case(
        "Sindh Information Minister Sharjeel Memon said Punjab Governor Sardar Saleem Haider and "
        "provincial government spokesman Shahid Rind met the Prime Minister of Pakistan.",
        {"Sindh", "Sharjeel Memon", "Punjab", "Saleem Haider", "Shahid Rind", "Pakistan"},
    ),
    "apposition": Case(
        "Moazzam Jah Ansari, the provincial police chief, visited Mastung. Asif Nawaz, a "
        "spokesman for the ministry, confirmed it in Quetta.",
        {"Moazzam Jah Ansari", "Mastung", "Asif Nawaz", "Quetta"},
    ),
    "organisations with a country at the end": Case(
        "The Election Commission of Pakistan, the State Bank of Pakistan, Jamaat-e-Islami Pakistan "
        "and the Human Rights Commission of Pakistan (HRCP) met. HRCP said it went well.",
        {
            "Election Commission of Pakistan",
            "State Bank of Pakistan",
            "Jamaat-e-Islami Pakistan",
            "Human Rights Commission of Pakistan",
        },
    ),
    "generic institutions": Case(
        "The Supreme Court, the National Assembly, the Interior Ministry and the Security Forces "
        "issued statements, as did the Ministry of Foreign Affairs.",
        set(),
    ),
    "words that look like places": Case(
        "The hub of reading is a nice man. Man made the hub, Reading aloud, “Nice!” he said.",
        set(),
    ),
    "an organisation named after a king": Case(
        "King Abdulaziz University and the Justice Department wrote to Queen Elizabeth Hospital.",
        {"King Abdulaziz University"},
    ),
    "a person named like a country": Case(
        "Health Minister Chad Kelly flew to Nairobi; President George Washington did not.",
        {"Chad Kelly", "Nairobi", "George Washington"},
    ),
    "a person's name on a thing": Case(
        "The Imran Khan Stadium and the Emmanuel Macron Bridge opened.",
        set(),
    ),
    "country of several words": Case(
        "Bosnia and Herzegovina and the United States signed; the U.S. envoy, and US troops, left.",
        {"Bosnia and Herzegovina", "United States"},
    ),
    "Urdu": Case(
        "وزیر اعظم آج کوئٹہ اور کراچی پہنچے، پاکستان نے کہا۔", {"Quetta", "Karachi", "Pakistan"}
    ),
    "Hindi": Case("भारत और पाकिस्तान के बीच भारतीय दल", {"India", "Pakistan"}),
    "capitals": Case("QUETTA: Eight people died in KARACHI.", {"Quetta", "Karachi"}),
    "an address": Case("Write to news@quetta.example or Karachi.example, or @Pakistan.", set()),
    "a name behind another": Case("The mayor was Sulaymaniyah’s first.", {"Sulaymaniyah"}),
    "a day after a name": Case(
        "Foreign Minister Ishaq Dar Tuesday told reporters in Islamabad that talks go on.",
        {"Ishaq Dar", "Islamabad"},
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_copy_links_exactly_what_is_certain(case: Case) -> None:
    findings = found_in("An opening paragraph.", case.text, dateline=case.dateline)
    assert linked(findings) == case.linked


SUGGESTIONS = {
    "a team": ("He plays for Quetta Gladiators now.", {"Quetta"}),
    "speaker without a title": ("“It is over,” said Bilal Karim in a statement.", {"Bilal Karim"}),
    "title and surname": ("Interior Minister Naqvi went home.", {"Naqvi"}),
    "courtesy": ("They gave Mr Shahid Rind a prize.", {"Shahid Rind"}),
    "two words of an institution": (
        "A note of Balochistan Police arrived.",
        {"Balochistan Police"},
    ),
    "namesakes": ("The bus to Rochester was late.", {"Rochester"}),
    "people of one name": ("Everybody waited for Imran Khan there.", {"Imran Khan"}),
    "nothing to tell": ("He was born near Birmingham.", {"Birmingham"}),
    "two provinces": ("Rain fell in Punjab.", {"Punjab"}),
}


@pytest.mark.parametrize(("text", "expected"), SUGGESTIONS.values(), ids=list(SUGGESTIONS))
def test_what_is_unsure_is_suggested_with_its_reason(text: str, expected: set[str]) -> None:
    findings = found_in(text)
    assert linked(findings) == set()
    assert suggested(findings) == expected
    assert all(mention.reason for mention in findings.mentions)


# --- Which of several ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "dateline", "country"),
    [
        ("Police in Hyderabad found the car.", "KARACHI, May 2", "Pakistan"),
        ("Police in Hyderabad found the car.", "NEW DELHI, May 2", "India"),
        ("Police in Hyderabad, India, found the car.", "KARACHI, May 2", "India"),
        ("Police in Pakistan’s Hyderabad found the car.", "NEW DELHI, May 2", "Pakistan"),
        ("Farmers from Mumbai and Hyderabad met.", "", "India"),
    ],
)
def test_evidence_decides_between_places_of_one_name(
    text: str, dateline: str, country: str
) -> None:
    hyderabad = mention_of(found_in(text, dateline=dateline), "Hyderabad")
    place = VOCABULARY.places[hyderabad.entity_id or 0]
    assert hyderabad.state is MentionState.LINKED
    assert place.country is not None
    assert place.country.name == country


def test_a_large_city_is_meant_when_nothing_else_is_said() -> None:
    paris = mention_of(found_in("They met in Paris."), "Paris")
    assert VOCABULARY.places[paris.entity_id or 0].population > 2_000_000


def test_a_small_town_far_from_everything_in_the_copy_is_only_suggested() -> None:
    findings = found_in("Doctors in London said Pasni would be missed.", dateline="PARIS, May 2")
    assert suggested(findings) == {"Pasni"}
    assert "Pakistan" in mention_of(findings, "Pasni").reason


def test_a_suggestion_names_its_candidates() -> None:
    reason = mention_of(found_in("Rain fell in Punjab."), "Punjab").reason
    assert reason == "May be Punjab (Pakistan) or Punjab (India)."


def test_a_title_decides_between_people_of_one_name() -> None:
    khan = mention_of(found_in("Former Prime Minister Imran Khan spoke."), "Imran Khan")
    assert (khan.state, khan.entity_id) == (MentionState.LINKED, 9001)


# --- People through an article -------------------------------------------------------------------


def test_surname_alone_is_the_person_named_in_full_before() -> None:
    findings = found_in(
        "Chief Minister Sarfraz Bugti arrived.", "“All is well,” Bugti said.", "Bugti then left."
    )
    assert linked(findings) == {"Sarfraz Bugti"}
    bugti = mention_of(findings, "Sarfraz Bugti")
    assert [occurrence.paragraph for occurrence in bugti.occurrences] == ["p1", "p2", "p3"]
    assert bugti.role is MentionRole.SPEAKER


def test_surname_of_two_people_is_nobody_s() -> None:
    findings = found_in(
        "Senator Sarfraz Bugti met Governor Shahzain Bugti.", "“All is well,” Bugti said."
    )
    assert all(len(mention.occurrences) == 1 for mention in findings.mentions)


def test_a_surname_that_is_a_place_is_the_person_unless_something_is_in_it() -> None:
    findings = found_in(
        "Actor and former Mayor Denzel Washington arrived.",
        "Washington smiled.",
        "He had come from Washington.",
    )
    assert linked(findings) == {"Denzel Washington", "Washington"}
    person = next(m for m in findings.mentions if m.kind is EntityKind.PERSON)
    assert [occurrence.paragraph for occurrence in person.occurrences] == ["p1", "p2"]


@pytest.mark.parametrize(
    "text",
    [
        "Governor Jafar Mandokhail said so.",
        "“Yes,” said Governor Jafar Mandokhail.",
        "According to Governor Jafar Mandokhail, it rained.",
        "Jafar Mandokhail, the governor, told reporters.",
    ],
)
def test_a_verb_of_saying_makes_a_speaker(text: str) -> None:
    assert mention_of(found_in(text), "Jafar Mandokhail").role is MentionRole.SPEAKER


def test_an_acronym_is_another_name_of_the_organisation() -> None:
    findings = found_in(
        "The Balochistan Liberation Army (BLA) denied it.", "The BLA said others did it."
    )
    army = mention_of(findings, "Balochistan Liberation Army")
    assert army.other_names == ("BLA",)
    assert [occurrence.words for occurrence in army.occurrences] == [
        "Balochistan Liberation Army",
        "BLA",
        "BLA",
    ]
    assert army.role is MentionRole.SPEAKER


# --- Headlines -----------------------------------------------------------------------------------


def test_a_headline_names_places_too_and_they_are_what_the_article_is_about() -> None:
    findings = found_in("Eight people died.", headline="Eight die as a bus burns near Quetta")
    assert mention_of(findings, "Quetta").role is MentionRole.ABOUT


def test_a_headline_in_capitals_throughout_proves_nothing() -> None:
    assert (
        found_in("Eight people died.", headline="Reading Nice Books In Old Lahore").mentions == ()
    )


# --- Hostile copy --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "piece",
    [
        "Quetta, ",
        "Quetta ",
        "QUETTA AU ",
        "Quetta-Karachi-",
        "Ministry of Quetta and ",
        "Minister of the Prime ",
        "Aa-Aa-Aa, the Bb-Bb-Bb-",
        "said Mr. Karachi’s ",
        "کوئٹہ ",
        "((((",
    ],
)
def test_the_time_for_a_paragraph_grows_no_faster_than_its_length(piece: str) -> None:
    with no_faster_than_its_input():
        found_in(piece * (100_000 // len(piece)))
