"""Which names of a place the gazetteer keeps: pure rules on strings."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

HOME = "PK"
REGION = frozenset({HOME, "AF", "CN", "IN", "IR"})

MANY_SPELLINGS = 8
"""A place with more Latin names than this is famous, and most of them are foreign spellings."""
MOST_NAMES_IN_REGION = 8
MOST_NAMES_ELSEWHERE = 3
"""How many names a place keeps in the Latin script (half if famous), and how many in others."""
SHORTEST_UNLIKE = 6
"""A name that does not sound like the main one is kept only from this length on."""

LATIN = re.compile(
    "[A-Z][A-Za-zÀÁÂÉÍÓÚàáâãéíóúĀāĒēĪīŌōŪūḌḎḐḨḤḪḰĶŅṆŖṚŞṢȘŢṬẔẒḍḏḑḩḥḫḵķñņṇŗṛşṣșţṭẕẓ'’‘ʻʼ. -]{3,}"
)
ARABIC_SCRIPT = re.compile("[\u0621-\u064a\u0671-\u06d5\u200c -]+")
DEVANAGARI = re.compile("[\u0900-\u097f\u200c\u200d -]+")
HAN = re.compile("[\u3400-\u9fff]+")
URDU_ONLY = re.compile("[ٹڈڑںےہ]")
URDU_OR_PERSIAN = re.compile("[گچپکیژھ]")
ARABIC_ONLY = re.compile("[كيىهةأإ\u200c]")
NEITHER = re.compile("[ٻڀٺڄڃڌڏڊڍڙڦڪڱڳڻټډړښږځڅېۍګۄٲٳۇۆۈۋەؠێ]")
"""Letters of Sindhi, Pashto, Kashmiri, Uyghur and Kurdish that neither Urdu nor Persian has."""
UNWANTED = re.compile(
    "^ئ|राज्यम्$|सम्पादन|तहसील|जिल्|تحصیل|تصیل|هذا|^State of|^Union Territory|^Governor|^Village"
    "| viloyati$|Municipality|Te[hs]+il|Tahsil|District|[A-Z]{2}|[a-z][A-Z]|[DdTt]zh?|[CSs]z|kkh"
)
"""Kurdish, Uyghur, Sanskrit and Uzbek forms, remains of web pages, offices, Slavonic spellings."""
FOREIGN_ENDINGS = frozenset({"a", "as", "e", "is", "o", "us"})

PLAIN_LETTERS = str.maketrans("øØłŁđĐıəƏð’‘ʼ`–", "oOlLdDiaAd''''-", "ʻ′") | str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "þ": "th"}
)
SOUNDS = {"ck": "k", "ch": "C", "kh": "K", "sh": "S", "ph": "f", "c": "k", "q": "k", "v": "w"}


def plain(name: str) -> str:
    """The name in the letters of the English alphabet."""
    decomposed = unicodedata.normalize("NFKD", name.translate(PLAIN_LETTERS))
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


def key(name: str) -> str:
    """What two spellings share that differ only in accents, capitals, spaces and marks."""
    return re.sub(r"[\s'-]", "", plain(name).casefold())


def sounds(name: str) -> str:
    """A name's consonants and kind of end, the same for all its spellings (Karachi, Kurrachee)."""
    letters = re.sub("[^a-z]", "", plain(name).lower())
    end = "a" if letters[-1:] in "aeiouy" else ""
    for spelling, sound in SOUNDS.items():
        letters = letters.replace(spelling, sound)
    return re.sub(r"(.)\1+", r"\1", re.sub("[aeiouyh]", "", letters)) + end


def script_language(name: str, country: str) -> str | None:
    """The language of a name in another script: "" if it can't be told, None if it's not wanted."""
    unknown = "" if country in REGION else None
    if ARABIC_SCRIPT.fullmatch(name):
        if NEITHER.search(name):
            return unknown
        if URDU_ONLY.search(name):
            return "ur"
        if URDU_OR_PERSIAN.search(name) and not ARABIC_ONLY.search(name):
            return {HOME: "ur", "IN": "ur", "IR": "fa"}.get(country, unknown)
        return unknown
    if DEVANAGARI.fullmatch(name):
        return {"IN": "hi", HOME: ""}.get(country)
    return "zh" if HAN.fullmatch(name) and country == "CN" else None


def other_names(name: str, country: str, known: Iterable[str]) -> list[str]:
    """The names that help to find a place, as LANGUAGE:NAME: Urdu, other scripts, then Latin."""
    usable = (" ".join(other.split()) for other in known if not re.search("[|:]", other))
    names = sorted({other for other in usable if not UNWANTED.search(other)})
    latin = [other for other in names if LATIN.fullmatch(other)]
    famous = len(latin) > MANY_SPELLINGS
    helpful = (other for other in reversed(latin) if _helps(other, name, country, famous))
    spellings = {key(other): other for other in helpful}.values()
    alike = sorted(spellings, key=lambda other: (-_likeness(name, other), other))
    tagged = [(script_language(other, country), other) for other in names]
    native = [f"{language}:{other}" for language, other in tagged if language is not None]
    native.sort(key=lambda other: (not other.startswith("ur:"), other))
    most = MOST_NAMES_IN_REGION if country in REGION else MOST_NAMES_ELSEWHERE
    original = [f":{name}"] if plain(name) != name else []
    return [*original, *native[:most], *(f":{other}" for other in alike[: most // (1 + famous)])]


def _helps(other: str, name: str, country: str, famous: bool) -> bool:
    """Whether one more Latin name is worth keeping."""
    added = key(other).removeprefix(key(name))
    if country not in REGION or not added or added in FOREIGN_ENDINGS:
        return False
    return sounds(other) == sounds(name) or (not famous and len(other) >= SHORTEST_UNLIKE)


def _likeness(name: str, other: str) -> float:
    return SequenceMatcher(None, name, other).ratio()
