"""Sentences and the headline and summary drawn from them."""

import re

_SENTENCE_END = re.compile(r"(?<=[.!?۔؟।])[\"”’')\]]*\s+(?=[^\s\d\W]|[\"“‘'(\[\d])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Brig|Capt|Adm|Sgt|Rev|Hon|Sen|Rep|Gov|"
    r"St|No|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|U\.S|U\.K|U\.N|e\.g|i\.e|a\.m|p\.m)\.$"
)
_ATTRIBUTION = re.compile(
    r"\s(?:said|says|told|according to|reported|announced|officials say|sources say)\b.*$"
    r"|^\s*(?:according to|officials|police|sources|media reports)\b.*$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:–—]\s+")
_CREDIT = re.compile(r"^\([^()]{2,40}\)\s*[-–—]+\s+")
_LONGEST_ABBREVIATION = 8
# A clause in front that is shorter ("Result:", "On Monday,") states nothing by itself.
_SHORTEST_STATEMENT = 20


def sentences(text: str) -> list[str]:
    """``text`` cut after full stops, question and exclamation marks, not after abbreviations."""
    found: list[str] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        end = match.start()
        if _ABBREVIATION.search(text[max(start, end - _LONGEST_ABBREVIATION) : end]):
            continue
        found.append(text[start : match.end()].strip())
        start = match.end()
    if rest := text[start:].strip():
        found.append(rest)
    return found


def draw_headline(lead: str, limit: int = 119) -> str:
    """A headline from the first sentence of ``lead``: its main statement without attribution, and
    without an agency's credit in front.

    Clauses are taken while they fit in ``limit`` characters; where the first states nothing
    without the next, or is longer, it is cut after a whole word and ends in an ellipsis.
    """
    words = _CREDIT.sub("", " ".join(lead.split()))
    first = next(iter(sentences(words)), "").rstrip(".!۔।").strip()
    headline = ""
    for clause, end in _clauses(first):
        if headline and _ATTRIBUTION.search(f" {clause}"):
            break
        if end > limit and len(headline) >= _SHORTEST_STATEMENT:
            break
        headline = first[:end]
    headline = _shortened(headline, limit)
    return headline[:1].upper() + headline[1:]


def summarise(text: str, limit: int = 280) -> str:
    """The first whole sentences of ``text`` that fit in ``limit`` characters, at least one."""
    summary = ""
    for sentence in sentences(" ".join(text.split())):
        if summary and len(summary) + 1 + len(sentence) > limit:
            break
        summary = f"{summary} {sentence}".strip()
    return _shortened(summary, limit)


def _shortened(text: str, limit: int) -> str:
    """``text`` in at most ``limit`` characters, cut after a whole word if it has more than one."""
    if len(text) <= limit:
        return text
    start = text[: limit - 1]
    return f"{(start.rpartition(' ')[0] or start).rstrip(',;:–—- ')}…"


def _clauses(sentence: str) -> list[tuple[str, int]]:
    """The clauses of a sentence, each with the offset of its end."""
    found = []
    start = 0
    for match in _CLAUSE.finditer(sentence):
        found.append((sentence[start : match.start()], match.start()))
        start = match.end()
    found.append((sentence[start:], len(sentence)))
    return found
