"""What can be done with several articles of the list at once, each by the verb that does it for
one: where that refuses, the list says of which article and why, and goes on."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, NamedTuple

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.forms import Script
from django.http import HttpRequest

from articles import editing
from articles.admin.base import editor
from articles.editing import rules
from articles.editing.rules import Action
from articles.models import Article, Section, Tag, Tagging

AT_ONCE = 200
"""Articles that one bulk action changes."""

_REASONS = 10
"""Refusals that are spelt out; the rest are counted."""


class Bulk(NamedTuple):
    """An entry of the menu: its name in the form, what it says, whose right it takes, what it is
    called when it is done, the verb, and the field of ``BulkForm`` that it needs."""

    name: str
    label: str
    action: Action
    done: str
    perform: Callable[[Article, User, Any], None]
    needs: str = ""


BULK = [
    Bulk(
        "submit",
        "Submit for review",
        Action.SUBMIT,
        "submitted for review",
        lambda article, by, _: editing.submit(article, by=by),
    ),
    Bulk(
        "publish",
        "Publish",
        Action.PUBLISH,
        "published",
        lambda article, by, _: editing.publish(article, by=by),
    ),
    Bulk(
        "send_back",
        "Send back to the author",
        Action.SEND_BACK,
        "sent back",
        lambda article, by, reason: editing.send_back(article, by=by, reason=reason),
        needs="reason",
    ),
    Bulk(
        "assign",
        "Make it my turn",
        Action.EDIT,
        "your turn now",
        lambda article, by, _: editing.assign(article, by, by=by),
    ),
    Bulk(
        "add_tag",
        "Add a tag",
        Action.EDIT,
        "tagged",
        lambda article, by, tag: editing.add_tag(article, tag, by=by),
        needs="tag",
    ),
    Bulk(
        "remove_tag",
        "Remove a tag",
        Action.EDIT,
        "without the tag now",
        lambda article, by, tag: editing.remove_tag(article, tag, by=by),
        needs="tag",
    ),
    Bulk(
        "move",
        "Move to a section",
        Action.EDIT,
        "moved",
        lambda article, by, section: editing.move_to_section(article, section, by=by),
        needs="section",
    ),
    Bulk(
        "bin",
        "Put in the bin",
        Action.BIN,
        "put in the bin",
        lambda article, by, _: editing.put_in_bin(article, by=by),
    ),
    Bulk(
        "restore",
        "Take out of the bin",
        Action.RESTORE,
        "taken out of the bin",
        lambda article, by, _: editing.restore(article, by=by),
    ),
]


class BulkForm(ActionForm):
    """The menu, and what some of its entries ask for besides."""

    tag = forms.ModelChoiceField(
        Tag.objects.all(),
        required=False,
        label="Tag",
        widget=AutocompleteSelect(Tagging._meta.get_field("tag"), admin.site),
    )
    section = forms.ModelChoiceField(
        Section.objects.all(),
        required=False,
        label="Section",
        widget=AutocompleteSelect(Article._meta.get_field("section"), admin.site),
    )
    reason = forms.CharField(
        required=False, max_length=300, label="What is to be done before it comes back"
    )

    class Media:
        js = [Script("js/admin-bulk.js", defer=True)]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("tag", "section", "reason"):
            asking = (bulk.name for bulk in BULK if bulk.needs == name)
            self.fields[name].widget.attrs["data-for"] = " ".join(asking)


def actions(viewer: User) -> dict[str, tuple[Any, str, str]]:
    """The menu's entries for ``viewer``, as Django's admin wants them."""
    return {
        bulk.name: (partial(_run, bulk), bulk.name, bulk.label)
        for bulk in BULK
        if rules.is_permitted(viewer, bulk.action)
    }


def _run(bulk: Bulk, page: Any, request: HttpRequest, articles: QuerySet[Article]) -> None:
    form = BulkForm(request.POST)
    form.is_valid()  # the menu itself Django has looked at
    given = form.cleaned_data.get(bulk.needs) if bulk.needs else None
    if bulk.needs and not given:
        messages.error(request, f"“{bulk.label}” needs a {bulk.needs}. Nothing was changed.")
        return
    chosen = list(articles.values_list("pk", flat=True)[: AT_ONCE + 1])
    refusals = list(_refusals(bulk, chosen[:AT_ONCE], editor(request), given))
    done = len(chosen[:AT_ONCE]) - len(refusals)
    if done:
        noun = "article is" if done == 1 else "articles are"
        messages.success(request, f"{done} {noun} {bulk.done}.")
    for refusal in refusals[:_REASONS]:
        messages.error(request, refusal)
    if more := len(refusals[_REASONS:]):
        messages.error(request, f"And {more} more were refused.")
    if len(chosen) > AT_ONCE:
        messages.warning(request, f"At most {AT_ONCE} at a time: the rest were left as they are.")


def _refusals(bulk: Bulk, chosen: Iterable[int], by: User, given: Any) -> Iterable[str]:
    """Do it to each, and say which could not be done, and why."""
    for pk in chosen:
        name = f"Article {pk}"
        try:
            with transaction.atomic():
                # Locked and read anew: whoever has saved meanwhile loses nothing.
                article = Article.objects.select_for_update().get(pk=pk)
                name = f"“{article}”"
                bulk.perform(article, by, given)
        except ValidationError as error:
            yield f"{name}: {' '.join(error.messages)}"
        except PermissionDenied as error:
            yield str(error)
        except Article.DoesNotExist:
            yield f"{name} is gone."
