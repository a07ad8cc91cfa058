"""What the names of one entity would link in the archive: looked at first, then linked."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from articles.admin.base import editor
from articles.linking import About
from articles.models import EntityKind, LinkingRun, Organisation, Person, Place
from articles.relinking import Foreseen, preview, reach, runs

SHOWN = 40
"""Articles of each sort that the page shows; the counts are of all."""

_MOST_NAMES = 60
_LONGEST_NAME = 200
_MODELS: dict[str, type[runs.Named]] = {
    EntityKind.PLACE: Place,
    EntityKind.PERSON: Person,
    EntityKind.ORGANISATION: Organisation,
}


class Group(NamedTuple):
    """What would happen to some mentions: in words, how many, and the newest of them."""

    heading: str
    about: str
    number: int
    shown: Sequence[Foreseen]


def find(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """Show what the names asked for would link; on POST begin to link them."""
    if not runs.may_link_archive(editor(request)):
        raise PermissionDenied
    model = _MODELS.get(kind)
    entity = model._default_manager.filter(pk=key).first() if model else None
    if entity is None:
        raise Http404(f"There is no {kind} {key}.")
    if request.method == "POST":
        return _link(request, entity)
    return _show(request, entity)


def _show(request: HttpRequest, entity: runs.Named) -> HttpResponse:
    known = runs.names_of(entity)
    asked = _asked(request.GET.getlist("name"))
    names = asked or known
    seen = preview(About(EntityKind(str(entity._meta.model_name)), entity.pk), names)
    groups = [
        _group("Would be linked", "", seen.linked),
        _group(
            "Would only be suggested",
            "What stays unsure is never linked: an editor decides, in the article or under "
            "Suggestions.",
            seen.suggested,
        ),
        _group(
            "Would no longer be linked",
            "The machine linked them before, and would not as the names now are.",
            seen.unlinked,
        ),
        _group(
            "Links of others that change",
            "They share words with this name, and the longer name takes them.",
            seen.others,
        ),
    ]
    changing = len({one.article.pk for one in seen.changes})
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": f"Find {entity} in the archive",
        "opts": entity._meta,
        "entity": entity,
        "back": reverse(f"admin:articles_{entity._meta.model_name}_change", args=[entity.pk]),
        "names": [(name, name in names) for name in dict.fromkeys([*known, *asked])],
        "asked": names,
        "reach": reach(names) if not seen.is_all else None,
        "seen": seen,
        "changing": changing,
        "unchanged": seen.looked_at - changing,
        "groups": [group for group in groups if group.number],
        "under_way": _under_way(entity),
    }
    return TemplateResponse(request, "admin/articles/linkingrun/find.html", context)


def _link(request: HttpRequest, entity: runs.Named) -> HttpResponse:
    names = _asked(request.POST.getlist("name"))
    try:
        run = runs.begin(entity, names, by=editor(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(request.get_full_path())
    if run.total <= runs.AT_ONCE:
        runs.proceed(run, seconds=runs.SECONDS_AT_ONCE)
    return HttpResponseRedirect(reverse("admin:articles_linkingrun_change", args=[run.pk]))


def _asked(names: Sequence[str]) -> list[str]:
    given = (" ".join(name.split())[:_LONGEST_NAME] for name in names[:_MOST_NAMES])
    return list(dict.fromkeys(name for name in given if name and name.isprintable()))


def _group(heading: str, about: str, changes: Sequence[Foreseen]) -> Group:
    return Group(heading, about, len(changes), changes[:SHOWN])


def _under_way(entity: runs.Named) -> LinkingRun | None:
    kind = str(entity._meta.model_name)
    return LinkingRun.objects.filter(kind=kind, key=entity.pk, finished_at__isnull=True).first()
