"""Links and pictures in the text of public articles that lead to our own pages and files."""

import html
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.urls import Resolver404, ResolverMatch, resolve

from articles.models import Address, Article
from articles.search.asking.vocabulary import with_page
from articles.verifying.faults import Fault, article

_LINK = re.compile(r'<(?:a|img)\b[^>]*?\s(?:href|src)="([^"]*)"')
_EDIT = "Change or remove the link at the desk"

# Pages of one article, which are there if it is at the address that they begin with.
_OF_ARTICLE = {"article", "history", "revision", "comments", "comments-feed"}
_DATE_AND_SLUG = 5  # of the parts of a path
# Pages of an entity, by what a search calls it.
_ENTITIES = {"section", "place", "tag", "author", "person", "organisation"}
_FILE, _ADDRESS = "file", "address"


class _Aim(NamedTuple):
    """What a link leads to: a file, an address of an article, or the page of an entity."""

    kind: str
    key: str


def check(article_ids: Sequence[int]) -> Iterator[Fault]:
    """The links in these articles, as far as they are public, that lead nowhere."""
    public = Article.objects.filter(pk__in=article_ids, public_from__isnull=False).order_by("pk")
    aims: dict[tuple[int, str], _Aim] = {}
    for pk, body in public.values_list("pk", "body"):
        for link in _LINK.findall(body):
            if aim := _aim(html.unescape(link)):
                aims[pk, link] = aim
    alive = _alive(set(aims.values()))
    for (pk, link), aim in aims.items():
        if aim not in alive:
            yield Fault(article(pk), f"has a link to {link}, where nothing is", _EDIT)


def _aim(link: str) -> _Aim | None:
    """What has to be there for ``link`` to lead somewhere; None when it leads to another site, or
    to a page that is always there."""
    media = default_storage.url("x").removesuffix("x")
    if link.startswith(media):
        return _Aim(_FILE, unquote(urlsplit(link.removeprefix(media)).path))
    parts = urlsplit(link.removeprefix(settings.SITE_URL))
    if parts.netloc or not parts.path.startswith("/") or parts.path.startswith("/static/"):
        return None
    path = unquote(parts.path)
    match = _match(path) or _match(f"{path}/")
    if match is None:
        return _Aim(_ADDRESS, f"{path}?{parts.query}" if parts.query else path)
    name = match.url_name or ""
    if name in _OF_ARTICLE:
        return _Aim(_ADDRESS, "/".join([*path.split("/")[:_DATE_AND_SLUG], ""]))
    entity = name.removesuffix("-feed")
    return _Aim(entity, match.kwargs["slug"]) if entity in _ENTITIES else None


def _match(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Resolver404:
        return None


def _alive(aims: set[_Aim]) -> set[_Aim]:
    """Those of the aims that are there for readers; a query for each kind of them."""
    keys: dict[str, set[str]] = {}
    for aim in aims:
        keys.setdefault(aim.kind, set()).add(aim.key)
    return {_Aim(kind, key) for kind, of_kind in keys.items() for key in _there(kind, of_kind)}


def _there(kind: str, keys: set[str]) -> set[str]:
    if kind == _FILE:
        return {key for key in keys if _is_kept(key)}
    if kind == _ADDRESS:
        public = Article.objects.public()
        found = Address.objects.filter(path__in=keys, article__in=public)
        return set(found.values_list("path", flat=True))
    return with_page(kind, keys)


def _is_kept(name: str) -> bool:
    try:
        return default_storage.exists(name)
    except SuspiciousOperation:  # outside of the folder
        return False
