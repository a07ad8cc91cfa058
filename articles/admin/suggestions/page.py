"""The screen of suggestions: one name in front, the next one comes up by itself.

Every decision is a POST and a redirect to the next name. ``static/js/admin-suggestions.js`` posts
the same form and is given the same page at once, of which it shows the parts that changed.
"""

from typing import NamedTuple

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from articles.admin.base import editor
from articles.admin.suggestions import undoing, verbs
from articles.admin.suggestions.adrift import adrift, number_adrift
from articles.admin.suggestions.facts import facts_of
from articles.admin.suggestions.names import Waiting, names_from, number_waiting, waiting_names
from articles.admin.suggestions.scope import ADRIFT, KINDS, Scope, address_of_adrift, scope_of
from articles.editing import rules
from articles.editing.rules import Action
from articles.models import Mention, Section

BESIDE = 14
"""Names that are listed beside the one in front."""

_TEMPLATE = "admin/articles/suggestions/page.html"


class Tab(NamedTuple):
    label: str
    number: str
    address: str
    selected: bool


class Listed(NamedTuple):
    """A name in the list beside."""

    words: str
    number: str
    address: str
    selected: bool


def suggestions(request: HttpRequest) -> HttpResponse:
    """The name asked for, or the first of its tab."""
    _only_permitted(request)
    scope = scope_of(request.GET, editor(request))
    if request.GET.get("kind") == ADRIFT:
        return _adrift_page(request, scope)
    return _page(request, scope, request.GET.get("name", ""))


@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Decide about a name, and go on to the next once none of its suggestions is left."""
    _only_permitted(request)
    scope = scope_of(request.POST, editor(request))
    name = request.POST.get("name", "")
    following = _beside(waiting_names(scope), name)[1]
    try:
        done = verbs.decide(scope, request.POST, editor(request))
    except LookupError:
        raise Http404("There is no such verb.") from None
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, done.said)
        undoing.remember(request, done, scope.address(name))
    front = name if scope.of(name).exists() else following
    return _answer(request, scope, front)


@require_POST
def see_to(request: HttpRequest) -> HttpResponse:
    """Anchor, keep or drop a mention that is adrift."""
    _only_permitted(request)
    scope = scope_of(request.POST, editor(request))
    try:
        done = verbs.see_to(request.POST, editor(request))
    except LookupError:
        raise Http404("There is no such verb.") from None
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, done.said)
        undoing.remember(request, done, address_of_adrift())
    if _is_by_script(request):
        return _adrift_page(request, scope)
    return HttpResponseRedirect(address_of_adrift())


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back a step, and show what it concerned."""
    _only_permitted(request)
    said, address = undoing.take_back(request, request.POST.get("key", ""))
    messages.success(request, said)
    return HttpResponseRedirect(address or scope_of(request.POST, editor(request)).address())


def _page(request: HttpRequest, scope: Scope, name: str) -> HttpResponse:
    names = waiting_names(scope)
    sought = request.GET.get("q", "").strip()
    listed = names_from(scope, sought) if sought else names
    front = name or next((one.folded for one in listed), "")
    facts = facts_of(request, scope, front, request.GET.get("find", "")) if front else None
    if facts is None and name:
        messages.warning(request, f"Nothing of “{name}” waits any more.")
        return _page(request, scope, "")
    before, after = _beside(names, front)
    return _answer_with(
        request,
        scope,
        facts=facts,
        names=_listed(scope, listed, front),
        sought=sought,
        find=request.GET.get("find", ""),
        can_add=editor(request).has_perm(f"articles.add_{scope.kind.value}"),
        address=scope.address(front),
        next_address=scope.address(after) if after else "",
        previous_address=scope.address(before) if before else "",
        sections=Section.objects.order_by("order", "name").values_list("pk", "name"),
    )


def _adrift_page(request: HttpRequest, scope: Scope) -> HttpResponse:
    return _answer_with(
        request,
        scope,
        is_adrift=True,
        adrift=adrift(scope.rights),
        address=address_of_adrift(),
    )


def _answer_with(request: HttpRequest, scope: Scope, **shown: object) -> HttpResponse:
    is_adrift = bool(shown.get("is_adrift"))
    tabs = [
        Tab(label, number_waiting(one), one.address(), kind == scope.kind and not is_adrift)
        for kind, label in KINDS.items()
        for one in [scope._replace(kind=kind)]
    ]
    tabs.append(Tab("sentence gone", number_adrift(scope.rights), address_of_adrift(), is_adrift))
    context = {
        **admin.site.each_context(request),
        "title": "Suggestions",
        "opts": Mention._meta,
        "scope": scope,
        "tabs": tabs,
        "undo": undoing.last(request),
        **shown,
    }
    return TemplateResponse(request, _TEMPLATE, context)


def _listed(scope: Scope, names: list[Waiting], front: str) -> list[Listed]:
    """Those around the one in front."""
    place = next((at for at, one in enumerate(names) if one.folded == front), 0)
    start = max(0, min(place - BESIDE // 2, len(names) - BESIDE))
    return [
        Listed(one.folded, one.number, scope.address(one.folded), one.folded == front)
        for one in names[start : start + BESIDE]
    ]


def _beside(names: list[Waiting], front: str) -> tuple[str, str]:
    """The names before and after one; after the last, the first that was passed over."""
    order = [one.folded for one in names]
    place = order.index(front) if front in order else -1
    before = order[place - 1] if place > 0 else ""
    after = order[place + 1] if place + 1 < len(order) else next(iter(order), "")
    return before, after if after != front else ""


def _answer(request: HttpRequest, scope: Scope, front: str) -> HttpResponse:
    if _is_by_script(request):
        return _page(request, scope, front)
    return HttpResponseRedirect(scope.address(front))


def _is_by_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def _only_permitted(request: HttpRequest) -> None:
    if not rules.is_permitted(editor(request), Action.LINK):
        raise PermissionDenied
