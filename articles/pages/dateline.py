"""The dateline as newspapers print it, run in before the first words of a report."""

import re

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

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
    place = article.dateline_place
    if place is None:
        return format_html("{}", article.dateline_text)
    address = page_address("place", place.slug)
    if _is_foreign(article) and article.dateline_text:
        return format_html('<a href="{}">{}</a>', address, article.dateline_text)
    linked = format_html('<a href="{}">{}</a>', address, place.name)
    if article.dateline_date:
        linked = format_html("{}, {}", linked, written(article.dateline_date, "M j"))
    if agency := _AGENCY.search(article.dateline_text):
        linked = format_html("{} ({})", linked, agency[1])
    return linked


def run_in(body: str, dateline: SafeString) -> SafeString:
    """``body``, which is clean HTML, with the dateline at the start of its first paragraph."""
    if not dateline:
        return mark_safe(body)
    parted = f'<span class="dateline">{dateline}</span> <span aria-hidden="true">—</span> '
    return mark_safe(wrapping.run_in(body, parted))


def _is_foreign(article: Article) -> bool:
    here = get_language() or settings.LANGUAGE_CODE
    return article.language.split("-")[0].lower() != here.split("-")[0].lower()
