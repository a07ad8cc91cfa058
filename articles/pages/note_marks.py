"""Marks the paragraphs of a body that a public note concerns."""

import re
from collections.abc import Iterable

from django.utils.html import format_html

from articles.models import Correction
from articles.text.body import BLOCKS

_TAG = re.compile(rf'<(/?)({"|".join(BLOCKS)})((?:\s(?:[^>"]|"[^"]*")*)?)>')
_ID = re.compile(r'\sid="([^"]*)"')


def mark_notes(body: str, notes: Iterable[Correction]) -> str:
    """``body``, which is clean HTML with ids, with a link to each note at the end of the paragraph
    it concerns; a note whose paragraph is not there any more is left out."""
    marks: dict[str, str] = {}
    for note in notes:
        if note.paragraph:
            marks[note.paragraph] = marks.get(note.paragraph, "") + _mark(note)
    if not marks:
        return body
    pieces: list[str] = []
    open_blocks: list[str] = []
    done = 0
    for tag in _TAG.finditer(body):
        closing, _, attributes = tag.groups()
        if not closing:
            identity = _ID.search(attributes)
            open_blocks.append(identity[1] if identity else "")
        elif open_blocks and (mark := marks.get(open_blocks.pop())):
            pieces += (body[done : tag.start()], mark)
            done = tag.start()
    return "".join([*pieces, body[done:]])


def _mark(note: Correction) -> str:
    return format_html(
        ' <a class="note-mark ui" href="#correction-{}">{}</a>', note.pk, note.get_kind_display()
    )
