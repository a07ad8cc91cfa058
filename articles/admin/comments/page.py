"""The page of a comment: the same facts and verbs as in the queue, and who sent it, to be put
right."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.urls.resolvers import URLPattern
from django.views.decorators.http import require_POST

from articles.admin.base import editor
from articles.admin.choices import KnownChoicesForm
from articles.admin.comments import queue
from articles.admin.comments.changelist import CommentListAdmin, decide
from articles.admin.comments.facts import readable
from articles.comments import moderation
from articles.comments.forms.fields import EmailField, NameField, WebsiteField
from articles.models import Comment, CommentState


class SenderForm(KnownChoicesForm):
    """Who sent a comment, cleaned and checked like what readers type themselves."""

    author_name = NameField(label="Name")
    author_email = EmailField(label="E-mail", required=False)
    author_website = WebsiteField(label="Website", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # The browser would offer what belongs to whoever is at the desk.
            field.widget.attrs |= {"autocomplete": "off", "class": "vTextField"}

    def changes(self) -> str:
        """What became of each field, for the audit log; of an e-mail address only that it was
        changed, because nothing can be removed from there."""
        return "; ".join(
            "E-mail"
            if name == "author_email"
            else f"{self.fields[name].label}: “{self.initial[name]}” → “{self.cleaned_data[name]}”"
            for name in self.changed_data
        )


@admin.register(Comment)
class CommentAdmin(CommentListAdmin):
    form = SenderForm
    fieldsets = [("Who sent it", {"fields": ["author_name", "author_email", "author_website"]})]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Comment | None:
        comment = super().get_object(request, object_id, from_field)
        return readable(Comment.objects.all()).filter(pk=comment.pk).first() if comment else None

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        comment = kwargs.get("obj")
        context["title"] = "Comment"
        if comment and self.has_change_permission(request, comment):
            context |= queue.pane(request, comment)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Comment, form: Any, change: bool) -> None:
        obj.save(update_fields=["author_name", "author_email", "author_website"])

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        return form.changes()

    def delete_model(self, request: HttpRequest, obj: Comment) -> None:
        moderation.delete([obj], by=editor(request))

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """The verb has noted it."""

    def get_urls(self) -> list[URLPattern]:
        pages: list[tuple[str, Callable[..., HttpResponse], str]] = [
            ("queue/", queue.queue, "queue"),
            ("queue/undo/", queue.undo, "undo"),
            ("queue/mail/", queue.choose_mail, "mail"),
            ("queue/<int:pk>/", queue.act, "act"),
            ("<int:pk>/decide/", require_POST(self.decide_view), "decide"),
        ]
        added = [
            path(route, self.admin_site.admin_view(view), name=f"articles_comment_{name}")
            for route, view, name in pages
        ]
        return [*added, *super().get_urls()]

    def decide_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The buttons beside a comment in the list; back to where it was."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        decision = request.POST.get("decision")
        if decision not in CommentState.values:
            raise Http404("There is no such decision.")
        decide(request, Comment.objects.filter(pk=pk), CommentState(decision))
        return HttpResponseRedirect(queue.back_from(request))
