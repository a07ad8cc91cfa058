"""A small vocabulary of real places for tests of linking, without a database."""

from itertools import count

from articles.linking.known import Known, KnownOrganisation, KnownPerson, KnownPlace, NamedEntity
from articles.linking.names import Vocabulary
from articles.linking.positions import Held
from articles.models import PlaceKind

_ids = count(1)


def place(
    name: str,
    kind: str,
    population: int,
    inside: KnownPlace | None = None,
    *,
    common: bool = False,
) -> KnownPlace:
    above = (inside, *inside.containers) if inside else ()
    return KnownPlace(next(_ids), name, kind, population, common, above)


def country(name: str, millions: float) -> KnownPlace:
    return place(name, PlaceKind.COUNTRY, int(millions * 1_000_000))


def division(name: str, inside: KnownPlace, millions: float = 5) -> KnownPlace:
    return place(name, PlaceKind.DIVISION, int(millions * 1_000_000), inside)


def city(
    name: str, inside: KnownPlace, thousands: int = 500, *, common: bool = False
) -> KnownPlace:
    return place(name, PlaceKind.CITY, thousands * 1000, inside, common=common)


def town(name: str, inside: KnownPlace, thousands: int = 20, *, common: bool = False) -> KnownPlace:
    return place(name, PlaceKind.TOWN, thousands * 1000, inside, common=common)


PAKISTAN = country("Pakistan", 230)
BALOCHISTAN = division("Balochistan", PAKISTAN, 12)
SINDH = division("Sindh", PAKISTAN, 48)
PUNJAB = division("Punjab", PAKISTAN, 110)
INDIA = country("India", 1400)
INDIAN_PUNJAB = division("Punjab", INDIA, 28)
TELANGANA = division("Telangana", INDIA, 35)
UNITED_KINGDOM = country("United Kingdom", 67)
ENGLAND = division("England", UNITED_KINGDOM, 56)
UNITED_STATES = country("United States", 330)
TEXAS = division("Texas", UNITED_STATES, 29)
GEORGIA_STATE = division("Georgia", UNITED_STATES, 10)
MINNESOTA = division("Minnesota", UNITED_STATES, 5)
FRANCE = country("France", 67)
PROVENCE = division("Provence", FRANCE, 5)
KENYA = country("Kenya", 54)
BANGLADESH = country("Bangladesh", 165)
IVORY_COAST = country("Ivory Coast", 28)
SYLHET_DIVISION = division("Sylhet", BANGLADESH, 10)

PLACES = [
    PAKISTAN, BALOCHISTAN, SINDH, PUNJAB, INDIA, INDIAN_PUNJAB, TELANGANA, UNITED_KINGDOM, ENGLAND,
    UNITED_STATES, TEXAS, GEORGIA_STATE, MINNESOTA, FRANCE, PROVENCE, KENYA, BANGLADESH,
    IVORY_COAST, SYLHET_DIVISION,
    country("China", 1400), country("Afghanistan", 40), country("Iran", 85),
    country("Georgia", 3.7), country("Bosnia and Herzegovina", 3.3), country("Chad", 17),
    city("Islamabad", PAKISTAN, 1000), city("Lahore", PUNJAB, 13000),
    city("Karachi", SINDH, 14900), city("Hyderabad", SINDH, 1700),
    city("Hyderabad", TELANGANA, 9700), city("Quetta", BALOCHISTAN, 1100),
    *(town(name, BALOCHISTAN) for name in (
        "Nushki", "Dalbandin", "Pasni", "Gwadar", "Mastung", "Harnai", "Panjgur", "Chaman")),
    town("Hub", BALOCHISTAN, 150, common=True),
    city("New Delhi", INDIA, 20000), city("Mumbai", INDIA, 12500), city("Jalandhar", INDIAN_PUNJAB),
    city("London", ENGLAND, 8900), city("Birmingham", ENGLAND, 1100), city("Leeds", ENGLAND, 500),
    city("Reading", ENGLAND, 180, common=True),
    city("Birmingham", division("Alabama", UNITED_STATES), 210),
    city("Washington", UNITED_STATES, 690), city("Atlanta", GEORGIA_STATE, 500),
    city("Paris", FRANCE, 2100), town("Paris", TEXAS), city("Nice", PROVENCE, 340, common=True),
    city("Marseille", PROVENCE, 870), town("Rochester", ENGLAND, 60),
    city("Rochester", MINNESOTA, 120),
    city("Nairobi", KENYA, 4400), city("Kisumu", KENYA, 400), town("Eldoret", KENYA, 90),
    city("Dhaka", BANGLADESH, 10300), city("Sylhet", SYLHET_DIVISION, 530),
    town("Sunamganj", SYLHET_DIVISION, 60), town("Man", IVORY_COAST, 150, common=True),
    city("Sulaymaniyah", country("Iraq", 42), 700),
]  # fmt: skip

PEOPLE = [
    KnownPerson(9001, "Imran Khan", (Held("Prime Minister"),)),
    KnownPerson(9002, "Imran Khan", (Held("Pakistan hockey captain"),)),
    KnownPerson(9003, "Emmanuel Macron", (Held("President"),)),
]
ORGANISATIONS = [KnownOrganisation(9101, "African Union")]


def _named(entity: str, *other_names: str) -> list[NamedEntity]:
    return [(other, known) for other in other_names for known in PLACES if known.name == entity]


ENTITIES: list[Known] = [*PLACES, *PEOPLE, *ORGANISATIONS]

VOCABULARY = Vocabulary.of(
    [
        *((known.name, known) for known in ENTITIES),
        *_named("Sulaymaniyah", "As Sulaymaniyah"),
        *_named("Quetta", "کوئٹہ"),
        *_named("Pakistan", "پاکستان", "पाकिस्तान"),
        *_named("India", "भारत"),
        *_named("Karachi", "کراچی", "KHI"),
        *_named("United States", "US", "U.S."),
        *_named("United Kingdom", "UK"),
        ("AU", ORGANISATIONS[0]),
    ]
)
