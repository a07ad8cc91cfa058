"""Who is meant: by full name, by a title, and later in the copy by surname alone."""

from collections.abc import Sequence, Set
from datetime import date

from articles.linking.ambiguity import COMMON_WORD, choose_person, title_held
from articles.linking.known import Known, KnownPerson
from articles.linking.positions import Then
from articles.linking.proper_names import is_month
from articles.linking.reading import Name, Sort, is_personal
from articles.linking.tally import Key, Paragraph, Tally
from articles.linking.titles import is_located, is_speaker
from articles.models import EntityKind
from articles.text.folding import fold

_LONGEST_SPEAKER = 3


class PeopleNamed:
    """The people of one piece of copy, as far as it has been read."""

    def __init__(
        self, paragraphs: Sequence[Paragraph], certain: Set[Known], day: date | None
    ) -> None:
        """``certain`` is whatever the copy, of ``day``, names beyond doubt."""
        self._certain = certain
        self._day = day
        self._with_title = {
            fold(name.text)
            for paragraph in paragraphs
            for name in paragraph.names
            if name.sort is Sort.PERSON and name.is_certain
        }
        self._by_surname: dict[str, dict[Key, None]] = {}

    def claim(self, paragraph: Paragraph, name: Name, tally: Tally) -> bool:
        """Count ``name`` in ``tally`` if it is somebody's; whether it was, or is a month."""
        if is_month(name.run.text, name.start, name.end):
            return True
        known = [value for value in name.values if isinstance(value, KnownPerson)]
        if name.sort is Sort.KNOWN and known and len(known) == len(name.values):
            self._add_known(known, paragraph, name, tally)
            return True
        if name.sort is Sort.INSIDE and known and len(known) == len(name.values):
            self._add(known[0], paragraph, name, tally, inside(name), known)
            return True
        if name.sort is Sort.PERSON:
            self._add_titled(paragraph, name, tally)
            return True
        key = self._known_from_elsewhere(name)
        if key is not None:
            self._add(key, paragraph, name, tally)
            return True
        if name.sort is Sort.UNREAD and _may_be_speaker(name):
            key = (EntityKind.PERSON, fold(name.text))
            tally.add(key, paragraph, name, speaks=True, reason="Speaks, but under no title.")
            return True
        return False

    def _add_known(
        self, known: Sequence[KnownPerson], paragraph: Paragraph, name: Name, tally: Tally
    ) -> None:
        bearer = self._bearer_of_surname(name)
        if bearer is not None and (bearer in known or len(known) > 1):
            self._add(bearer, paragraph, name, tally)
            return
        verdict = choose_person(known, name.title, self._day, self._certain)
        person, reason = verdict.chosen, verdict.reason
        is_part_of_name = " " not in name.text and fold(name.text) != fold(person.name)
        if not reason and is_part_of_name and not self._has_title(person, name.title):
            reason = "Only one word of the name, and no title that is known to be the person’s."
        if person.is_common_word and not name.title and person not in self._certain:
            reason = reason or COMMON_WORD
        self._add(person, paragraph, name, tally, reason, verdict.candidates)

    def _has_title(self, person: KnownPerson, title: str) -> bool:
        return title_held(person, title, self._day) > Then.NOT_YET

    def _add_titled(self, paragraph: Paragraph, name: Name, tally: Tally) -> None:
        full_name = fold(name.text)
        if full_name in self._with_title:
            self._add((EntityKind.PERSON, full_name), paragraph, name, tally)
            return
        bearer = self._bearer_of_surname(name)
        if bearer is not None:
            self._add(bearer, paragraph, name, tally)
            return
        reason = (
            "A title and full name, but the title is only a courtesy."
            if " " in name.text
            else "A title and one word of a name."
        )
        self._add((EntityKind.PERSON, full_name), paragraph, name, tally, reason)

    def _known_from_elsewhere(self, name: Name) -> Key | None:
        """Somebody whom other words of the copy name in full, and with a title."""
        if not self._with_title and not self._by_surname:
            return None
        if name.sort is Sort.UNREAD and fold(name.text) in self._with_title:
            return (EntityKind.PERSON, fold(name.text))
        if name.sort in {Sort.UNREAD, Sort.KNOWN} and not is_located(name.run.text, name.start):
            return self._bearer_of_surname(name)
        return None

    def _bearer_of_surname(self, name: Name) -> Key | None:
        bearers = self._by_surname.get(fold(name.text), {})
        return next(iter(bearers)) if len(bearers) == 1 else None

    def _add(
        self,
        key: Key,
        paragraph: Paragraph,
        name: Name,
        tally: Tally,
        reason: str = "",
        candidates: Sequence[Known] = (),
    ) -> None:
        if not reason and " " in name.text and paragraph.order is not None:
            surname = fold(name.text.split()[-1])
            self._by_surname.setdefault(surname, {})[key] = None
        speaks = is_speaker(name.run.text, name.lead, name.end)
        tally.add(key, paragraph, name, reason=reason, candidates=candidates, speaks=speaks)


def inside(name: Name) -> str:
    """Why a name that stands inside a longer one is not certain."""
    return f"Stands inside a longer name, “{name.run}”."


def _may_be_speaker(name: Name) -> bool:
    return (
        1 < len(name.run.words) <= _LONGEST_SPEAKER
        and is_personal(name.run)
        and is_speaker(name.run.text, name.lead, name.end)
    )
