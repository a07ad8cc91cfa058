"""The page: what is posted to it, and where it leads."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from articles.admin.article.from_copy.forms import AddedForm, Copy, CopyForm, digest, packed
from articles.admin.article.from_copy.reading import Reading, reading_of
from articles.admin.base import editor
from articles.editing import rules
from articles.editing.checks import Level, check
from articles.editing.rules import Action
from articles.importing.intake import (
    LARGEST,
    MOST_ITEMS,
    AlreadyHere,
    bring_in,
    items_in,
    make_ready,
    may_bring_in,
    read,
)
from articles.importing.records import ImportFault, RawItem
from articles.models import Article

TOO_LARGE = "This is larger than 1 MB, which no article is. Nothing of it was read."
# A file somewhat too large is told so by its name; what is larger is not even taken in.
_LARGEST_REQUEST = 16 * LARGEST


@csrf_exempt  # what is too large is refused before it is read; all else is checked below
def from_copy(request: HttpRequest) -> HttpResponse:
    """The page; with ``X-Requested-With: fetch`` only the part of it that reading changes, which
    the page's script first asks for empty, so that all is ready when the copy comes."""
    if _is_too_large(request):
        form = CopyForm(QueryDict())
        form.full_clean()
        form.errors.clear()
        form.add_error("copy", TOO_LARGE)
        return _draw(request, form, status=413)
    return _from_copy(request)


def _is_by_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def _is_too_large(request: HttpRequest) -> bool:
    if int(request.META.get("CONTENT_LENGTH") or 0) > _LARGEST_REQUEST:
        return True
    try:
        return request.POST is None
    except RequestDataTooBig:
        return True


@csrf_protect
def _from_copy(request: HttpRequest) -> HttpResponse:
    if not may_bring_in(editor(request)):
        raise PermissionDenied
    if request.method != "POST":
        if _is_by_script(request):
            make_ready()
        return _draw(request, CopyForm())
    form = CopyForm(request.POST, request.FILES)
    copy = form.given if form.is_valid() else None
    if copy is None:
        return _draw(request, form)
    try:
        items = items_in(copy.content, copy.name)
        item = _chosen(items, form.cleaned_data["item"])
        reading = reading_of(item, form.options(), request.POST) if item else None
    except ImportFault as fault:
        field = "file" if form.cleaned_data["file"] else "copy"
        form.add_error(field, f"The copy {fault}." if field == "copy" else f"{copy.name} {fault}.")
        return _draw(request, form)
    form = _carrying(form, request.POST, copy, items)
    if reading is None:
        return _draw(request, form, items=items)
    if reading.present is None and ("_draft" in request.POST or "_publish" in request.POST):
        article = _bring_in(request, reading)
        if article is not None:
            return _go_to(request, article)
    return _draw(request, form, reading=reading, items=items)


def _chosen(items: Sequence[RawItem], number: int | None) -> RawItem | None:
    """The item to read: the only one, or the one that the editor chose among several."""
    if len(items) == 1:
        return items[0]
    return items[number] if number is not None and number < min(len(items), MOST_ITEMS) else None


def _carrying(form: CopyForm, data: QueryDict, copy: Copy, items: Sequence[RawItem]) -> CopyForm:
    """The form as it goes back, with what the file held, since a file does not come back."""
    if not form.cleaned_data["file"] and not form.cleaned_data["original"]:
        return form
    shown = items[0].text if len(items) == 1 and items[0].format == "text" else ""
    if not form.cleaned_data["file"] and digest(data.get("copy", "")) != digest(shown):
        return form
    carried = data.copy()
    carried["copy"] = shown
    carried["original"] = packed(copy.content)
    carried["original_name"] = copy.name
    carried["original_digest"] = digest(shown)
    carrying = CopyForm(carried)
    carrying.full_clean()
    return carrying


def _bring_in(request: HttpRequest, reading: Reading) -> Article | None:
    """The article that was made; None, with the reasons on the form, when it was refused."""
    form = reading.form
    if not form.is_valid():
        return None
    try:
        return bring_in(reading.settle(), by=editor(request), publish="_publish" in request.POST)
    except AlreadyHere as here:
        reading.present = here.article
    except ValidationError as refusal:
        for field, said in refusal.message_dict.items():
            form.add_error(field if field in form.fields else None, said)
    except PermissionDenied:
        form.add_error(
            "section", "You do not publish in this section. Choose another, or save a draft."
        )
    return None


def _go_to(request: HttpRequest, article: Article) -> HttpResponse:
    """To the article's page, with word of what became of it."""
    article.refresh_from_db(fields=["status", "public_from", "path"])
    if article.is_public():
        said = format_html('Published: <a href="{}">{}</a>.', article.path, article.headline)
    elif article.public_from:
        moment = timezone.localtime(article.public_from)
        said = format_html("Readers see it from {} on.", f"{moment:%Y-%m-%d %H:%M}")
    else:
        said = SafeString("Saved as a draft.")
    messages.success(request, said)
    if article.public_from:
        for found in check(article):
            if found.level is Level.WARNING:
                messages.warning(request, found.message)
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))


def _draw(
    request: HttpRequest,
    form: CopyForm,
    *,
    reading: Reading | None = None,
    items: Sequence[RawItem] = (),
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "copy": form,
        "carried": [] if reading else _carried(request),
        "reading": reading,
        "choices": _headlines(items, form) if len(items) > 1 else [],
        "has_more": len(items) > MOST_ITEMS,
        "may_publish": rules.is_permitted(editor(request), Action.PUBLISH),
    }
    if reading and reading.present:
        user = editor(request)
        context["may_read_present"] = rules.may(user, Action.READ, reading.present)
    if _is_by_script(request):
        template = "_parts"
    else:
        template = "page"
        context |= {
            **admin.site.each_context(request),
            "title": "New from copy",
            "media": AddedForm().media,
            "opts": Article._meta,
        }
    return TemplateResponse(
        request, f"admin/articles/article/from_copy/{template}.html", context, status=status
    )


def _carried(request: HttpRequest) -> list[tuple[str, str]]:
    """What the editor said about an earlier reading, for the next one, while there is none."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in CopyForm.base_fields and not name.startswith(("_", "csrf"))
    ]


def _headlines(items: Sequence[RawItem], form: CopyForm) -> list[tuple[int, str]]:
    """The items of a file by number, each with its headline or why it cannot be read."""
    headlines = []
    for number, item in enumerate(items[:MOST_ITEMS]):
        try:
            headlines.append((number, read(item, form.options()).headline))
        except ImportFault as fault:
            headlines.append((number, f"({fault})"))
    return headlines
