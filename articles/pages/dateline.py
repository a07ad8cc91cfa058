"""The dateline as newspapers print it, run in before the first words of a report."""

import html
import re

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from articles.models import Article
from articles.models.page_address import page_address
from articles.templatetags.moments import written
from articles.text import wrapping

_AGENCY = re.compile(r"\(([^()]{2,40})\)\s*$")


def dateline(article: Article) -> SafeString:
    """Place, day and agency: ``Islamabad, Feb 1 (Agency)``; empty when the article has none.

    Without a known place, or in another language than the site's, it is the text that stood in
    the copy. The year is left to the page.
    """
    text, place = html.escape(article.dateline_text), article.dateline_place
    if place is None:
        return mark_safe(text)
    address = html.escape(page_address("place", place.slug))
    if _is_foreign(article) and text:
        return mark_safe(f'<a href="{address}">{text}</a>')
    parts = [f'<a href="{address}">{html.escape(place.name)}</a>']
    if article.dateline_date:
        parts.append(f", {html.escape(written(article.dateline_date, 'M j'))}")
    if agency := _AGENCY.search(article.dateline_text):
        parts.append(f" ({html.escape(agency[1])})")
    return mark_safe("".join(parts))


def run_in(body: str, dateline: SafeString) -> SafeString:
    """``body``, which is clean HTML, with the dateline at the start of its first paragraph."""
    if not dateline:
        return mark_safe(body)
    parted = f'<span class="dateline">{dateline}</span> <span aria-hidden="true">—</span> '
    return mark_safe(wrapping.run_in(body, parted))


def _is_foreign(article: Article) -> bool:
    here = settings.LANGUAGE_CODE
    return article.language.split("-")[0].lower() != here.split("-")[0].lower()
