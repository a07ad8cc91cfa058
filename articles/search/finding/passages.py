"""Shows where in a text the words of a search stand. What comes out is escaped HTML."""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from articles.search.words.query import Query, Term, spaced
from articles.search.words.tokens import Span, spans, starts_with, words
from articles.text.body import blocks

# Of a passage, and of what stands before the first word found in it.
_LENGTH = 240
_BEFORE = 80


def mark(text: str, query: Query) -> SafeString:
    """Plain ``text``, such as a headline, with what ``query`` finds in ``<mark>``."""
    return _marked(text, _found(spans(text), query.terms), 0, len(text))


def passage(body: str, query: Query) -> SafeString:
    """The paragraph of an article's ``body`` that has most of what ``query`` asks for, cut to
    about 240 characters around the first of it; the first paragraph when it has none."""
    paragraphs = [block.text.strip() for block in blocks(body) if block.text.strip()]
    if not paragraphs:
        return SafeString()
    best = max(paragraphs, key=lambda text: _terms_in(text, query.terms))
    text_spans = spans(best)
    found = _found(text_spans, query.terms)
    start, end = _window(text_spans, len(best), found[0][0] if found else 0)
    marked = _marked(best, found, start, end)
    before = "…" if start > 0 else ""
    after = "…" if end < len(best) else ""
    return mark_safe(f"{before}{marked}{after}")


def _terms_in(text: str, terms: Sequence[Term]) -> int:
    """How many of the terms stand in ``text``."""
    # Between spaces, as no word contains one.
    found = f" {' '.join(words(text))} "
    return sum(any(found.count(form) for form in spaced(term)) for term in terms)


def _found(text_spans: Sequence[Span], terms: Sequence[Term]) -> list[tuple[int, int]]:
    """Where terms stand in a text, as offsets that do not overlap, in order."""
    found_words = [span.word for span in text_spans]
    forms = [(form, term.is_prefix) for term in terms for form in (term.words, *term.others)]
    begins = tuple({form[0] for form, _ in forms})
    found: list[tuple[int, int]] = []
    for at, word in enumerate(found_words):
        if not word.startswith(begins):
            continue
        start = text_spans[at].start
        lengths = [
            len(form)
            for form, is_prefix in forms
            if starts_with(found_words, at, form, is_prefix=is_prefix)
        ]
        if lengths and (not found or start >= found[-1][1]):
            found.append((start, text_spans[at + max(lengths) - 1].end))
    return found


def _window(text_spans: Sequence[Span], length: int, first: int) -> tuple[int, int]:
    """Offsets of a stretch of whole words around ``first``; all of a short text."""
    if length <= _LENGTH:
        return 0, length
    start = min(max(0, first - _BEFORE), length - _LENGTH)
    begins = [span.start for span in text_spans if start <= span.start <= max(first, start)]
    start = begins[0] if start and begins else start
    ends = [span.end for span in text_spans if first < span.end <= start + _LENGTH]
    reaches_end = not text_spans or start + _LENGTH >= length
    return start, length if reaches_end else max(ends, default=start + _LENGTH)


def _marked(text: str, found: Sequence[tuple[int, int]], start: int, end: int) -> SafeString:
    pieces = []
    at = start
    for begin, finish in found:
        if start <= begin and finish <= end:
            pieces += [escape(text[at:begin]), "<mark>", escape(text[begin:finish]), "</mark>"]
            at = finish
    pieces.append(escape(text[at:end]))
    return mark_safe("".join(pieces))
