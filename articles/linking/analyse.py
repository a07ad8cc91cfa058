"""From copy to findings: which places, people and organisations it names, and in which role.

Reads the vocabulary it is given and nothing else, and writes nothing. Precision goes before
recall: what is not certain is a suggestion that says why.
"""

import re
from collections.abc import Iterator, Sequence
from operator import attrgetter

from articles.linking.ambiguity import (
    COMMON_WORD,
    FILED_FROM,
    Evidence,
    Surroundings,
    Verdict,
    choose_place,
    is_plain,
)
from articles.linking.findings import Copy, Findings, FoundMention, Occurrence
from articles.linking.known import Known, KnownOrganisation, KnownPerson, KnownPlace
from articles.linking.names import Vocabulary
from articles.linking.organisations import acronym_after
from articles.linking.people import PeopleNamed, inside
from articles.linking.proper_names import Run, begins_sentence, is_title_case
from articles.linking.reading import Name, Sort, read_names, unread
from articles.linking.tags import TagMatcher
from articles.linking.tally import Key, Paragraph, Tally
from articles.linking.titles import is_located, is_speaker
from articles.models import EntityKind, MentionRole, MentionState
from articles.text.folding import fold

#: The ``paragraph`` of what stands in the headline only.
HEADLINE = "headline"

_NOUN_AFTER = re.compile(
    r"(?:(?:,[ ]|[ ]and[ ]|,[ ]and[ ])[^\W\d_][\w-]+){0,5}[ ]"
    r"(province|state|region|division|district|county|city|town)s?\b",
    re.IGNORECASE,
)


def find_mentions(copy: Copy, vocabulary: Vocabulary, tags: TagMatcher | None = None) -> Findings:
    """What ``copy`` names, as far as ``vocabulary`` and the forms of names tell."""
    paragraphs = _read(copy, vocabulary)
    tally = Tally()
    certain = set(_named_certainly(paragraphs))
    people = PeopleNamed(paragraphs, certain | _dateline_places(copy, vocabulary), copy.day)
    places: list[tuple[Paragraph, Name]] = []
    acronyms: dict[str, Key] = {}
    for paragraph in paragraphs:
        for name in paragraph.names:
            if people.claim(paragraph, name, tally):
                continue
            if any(isinstance(value, KnownPlace) for value in name.values):
                places.append((paragraph, name))
            elif name.sort is not Sort.UNREAD:
                _tally_organisation(paragraph, name, tally, acronyms, certain)
            elif name.text in acronyms:
                speaks = is_speaker(paragraph.text, name.lead, name.end)
                tally.add(acronyms[name.text], paragraph, name, speaks=speaks)
    filed_from = _tally_places(places, copy, vocabulary, tally)
    is_filed = filed_from is not None and filed_from.state is MentionState.LINKED
    return Findings(
        mentions=(*([filed_from] if filed_from else ()), *tally.mentions()),
        tags=tuple(tags.find([text for _, text in copy.blocks])) if tags else (),
        dateline_place_id=filed_from.entity_id if filed_from and is_filed else None,
    )


def _read(copy: Copy, vocabulary: Vocabulary) -> list[Paragraph]:
    """The paragraphs with their names; those of the dateline, if it still stands in the text, are
    left to it, and a headline proposes nobody whom the text does not name."""
    paragraphs: list[Paragraph] = []
    loose: list[list[Run]] = []
    for order, (block_id, text) in enumerate(copy.blocks):
        names, words = read_names(text, vocabulary.find(text))
        if order == 0 and copy.dateline and text.lower().startswith(copy.dateline.lower()):
            names = [name for name in names if name.start >= len(copy.dateline)]
        paragraphs.append(Paragraph(block_id, order, text, names))
        loose.append(words)
    if wanted := set(_said_again(paragraphs)):
        for paragraph, words in zip(paragraphs, loose, strict=True):
            again = [unread(word) for word in words if fold(str(word)) in wanted]
            if again:
                paragraph.names.extend(again)
                paragraph.names.sort(key=attrgetter("start"))
    if copy.headline and not is_title_case(copy.headline):
        names, _ = read_names(copy.headline, vocabulary.find(copy.headline))
        known = [name for name in names if name.sort is Sort.KNOWN]
        paragraphs.append(Paragraph(HEADLINE, None, copy.headline, known))
    return paragraphs


def _said_again(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """The folded words by which the copy may go on naming whom it has named in full: surnames, and
    acronyms that it gives in brackets."""
    for paragraph in paragraphs:
        for name in paragraph.names:
            words = name.text
            if " " in words and (name.sort is Sort.PERSON or _people(name.values)):
                yield fold(words.rpartition(" ")[2])
            elif acronym := acronym_after(paragraph.text, name.start, name.end):
                yield fold(acronym)


def _named_certainly(paragraphs: Sequence[Paragraph]) -> Iterator[Known]:
    """Whom the copy calls by a name that is nobody else’s and no ordinary word."""
    for paragraph in paragraphs:
        for name in paragraph.names:
            if name.sort is Sort.KNOWN and len(name.values) == 1:
                yield from (value for value in name.values if not value.is_common_word)


def _tally_organisation(
    paragraph: Paragraph, name: Name, tally: Tally, acronyms: dict[str, Key], certain: set[Known]
) -> None:
    known = [value for value in name.values if isinstance(value, KnownOrganisation)]
    key: Key = known[0] if known else (EntityKind.ORGANISATION, fold(name.text))
    acronym = acronym_after(paragraph.text, name.start, name.end)
    if acronym:
        acronyms[acronym] = key
    tally.add(
        key,
        paragraph,
        name,
        reason=_doubt_about_organisation(name, certain),
        candidates=known,
        speaks=is_speaker(name.run.text, name.lead, name.end),
        other_name=acronym,
    )


def _doubt_about_organisation(name: Name, certain: set[Known]) -> str:
    if name.sort is Sort.INSIDE:
        return inside(name)
    if len(name.values) > 1:
        return f"May be {' or '.join(str(value) for value in name.values[:4])}."
    if any(value.is_common_word and value not in certain for value in name.values):
        return COMMON_WORD
    return "" if name.is_certain else "The name may be an organisation’s or a part of one."


# --- Places --------------------------------------------------------------------------------------


def _tally_places(
    names: Sequence[tuple[Paragraph, Name]], copy: Copy, vocabulary: Vocabulary, tally: Tally
) -> FoundMention | None:
    """Count the places; the answer is the one that the copy was filed from."""
    evidence = Evidence()
    for _, name in names:
        candidates = _places(name.values)
        if name.sort is Sort.KNOWN and len(candidates) == len(name.values) and is_plain(candidates):
            evidence.add(candidates[0])
    filed_from = _filed_from(copy, vocabulary, evidence)
    neighbours = _Neighbours(names)
    for paragraph, name in names:
        near = _surroundings(name, paragraph, neighbours)
        verdict = choose_place(_places(name.values), evidence, near)
        place, reason = verdict.chosen, verdict.reason
        is_likely = near.is_located or near.is_listed or place in evidence
        if reason and place.is_common_word and not is_likely:
            continue  # most likely the word, not the place
        if name.sort is Sort.INSIDE and reason:
            continue  # doubly unsure: Nirmal, a town, in Nirmal Purja, a mountaineer
        if name.sort is Sort.INSIDE:
            reason = inside(name)
        elif not reason and len(_places(name.values)) < len(name.values) and not near.is_located:
            others = [value for value in name.values if not isinstance(value, KnownPlace)]
            reason = f"May be {place} or {others[0]}."
        tally.add(place, paragraph, name, reason=reason, candidates=verdict.candidates)
    return filed_from


def _dateline_places(copy: Copy, vocabulary: Vocabulary) -> set[Known]:
    """The place that the dateline names, if its name is nobody else’s."""
    chosen = vocabulary.places.get(copy.dateline_place_id or 0)
    if chosen is not None:
        return {chosen}
    matches = vocabulary.find(copy.dateline)[:1]
    return {match.values[0] for match in matches if len(match.values) == 1}


def _filed_from(copy: Copy, vocabulary: Vocabulary, evidence: Evidence) -> FoundMention | None:
    """The place of the dateline, which then is evidence for all the others."""
    matches = [match for match in vocabulary.find(copy.dateline) if _places(match.values)]
    first = next((match for match in matches if match.start <= 1), None)
    chosen = vocabulary.places.get(copy.dateline_place_id or 0)
    if chosen is not None:
        verdict = Verdict(chosen)
    elif first is None:
        return None
    else:
        beside = frozenset(place for match in matches[1:] for place in _places(match.values))
        near = Surroundings(inside=beside, is_dateline=True)
        verdict = choose_place(_places(first.values), evidence, near)
    place = verdict.chosen
    if not verdict.reason:
        evidence.add(place, weight=FILED_FROM)
    words = copy.dateline[first.start : first.end] if first else place.name
    return FoundMention(
        kind=EntityKind.PLACE,
        entity_id=place.id,
        name=place.name,
        role=MentionRole.FILED_FROM,
        state=MentionState.SUGGESTED if verdict.reason else MentionState.LINKED,
        occurrences=(Occurrence("", first.start if first else 0, words),),
        reason=verdict.reason,
        candidates=tuple(candidate.id for candidate in verdict.candidates),
    )


def _surroundings(name: Name, paragraph: Paragraph, neighbours: "_Neighbours") -> Surroundings:
    text = paragraph.text
    noun = _NOUN_AFTER.match(text, name.end)
    return Surroundings(
        noun=noun[1].lower() if noun else "",
        inside=frozenset(neighbours.containing(paragraph, name)),
        is_located=is_located(text, name.start),
        is_listed=neighbours.lists(paragraph, name),
        begins_sentence=begins_sentence(text, name.start),
    )


class _Neighbours:
    """The names of places by where they begin and end."""

    def __init__(self, names: Sequence[tuple[Paragraph, Name]]) -> None:
        self._by_start = {(paragraph.id, name.start): name for paragraph, name in names}
        self._by_end = {(paragraph.id, name.end): name for paragraph, name in names}

    def containing(self, paragraph: Paragraph, name: Name) -> Iterator[KnownPlace]:
        """The places that the copy puts ``name`` in: "Hyderabad, India", "India’s Hyderabad"."""
        after = self._by_start.get((paragraph.id, name.end + 2))
        if after and paragraph.text.startswith(", ", name.end):
            yield from _places(after.values)
        before = self._by_end.get((paragraph.id, name.start - 3))
        if before and paragraph.text.startswith(("’s ", "'s "), before.end):
            yield from _places(before.values)

    def lists(self, paragraph: Paragraph, name: Name) -> bool:
        """Whether ``name`` is joined to that of a place by "and": "Oxford and Reading"."""
        text = paragraph.text
        before = after = None
        if text.endswith(" and ", 0, name.start):
            before = self._by_end.get((paragraph.id, name.start - 5))
        if text.startswith(" and ", name.end):
            after = self._by_start.get((paragraph.id, name.end + 5))
        return any(
            not value.is_common_word
            for other in (before, after)
            if other is not None and other.sort is Sort.KNOWN
            for value in _places(other.values)
        )


def _people(values: Sequence[Known]) -> bool:
    return any(isinstance(value, KnownPerson) for value in values)


def _places(values: Sequence[Known]) -> list[KnownPlace]:
    return [value for value in values if isinstance(value, KnownPlace)]
