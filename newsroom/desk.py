"""The editors' desk at /admin/: Django's admin under the paper's own name."""

from http import HTTPStatus
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

ORDER = (
    "Article", "Comment", "ErrorReport", "CommentRules", "Standing", "Image", "Place", "Person",
    "Organisation", "Tag", "Author", "Section", "AuditEntry", "OutgoingMail",
    "ApiKey", "User", "Group",
)  # fmt: skip
NAMES = {"auth": "Staff"}
"""What the desk calls what Django calls otherwise."""


class LabelledChoices(AutocompleteJsonView):
    """What an autocomplete offers, told apart as the entity's own admin tells it apart."""

    def has_perm(self, request: HttpRequest, obj: Model | None = None) -> bool:
        may_choose = getattr(self.model_admin, "may_choose", None)
        return bool(may_choose(request) if may_choose else super().has_perm(request, obj))

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        result = super().serialize_result(obj, to_field_name)
        label = getattr(self.model_admin, "label", None)
        return result | {"text": label(obj)} if label else result


class Desk(admin.AdminSite):
    site_header = site_title = settings.SITE_NAME
    index_title = "Desk"
    enable_nav_sidebar = False  # the lists are in the header, on a phone too

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        """The newsroom before the accounts, articles and comments before what they refer to."""
        listed = super().get_app_list(request, app_label)
        for app in listed:
            app["name"] = NAMES.get(app["app_label"], app["name"])
            for model in app["models"]:
                page = self.get_model_admin(model["model"])
                model["name"] = getattr(page, "list_name", model["name"])
            app["models"].sort(key=_place)
        return sorted(listed, key=lambda app: app["app_label"] != "articles")

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """A new password of one's own, which the audit log is told of."""
        answer = super().password_change(request, extra_context)
        if request.method == "POST" and answer.status_code == HTTPStatus.FOUND:
            log: Any = apps.get_model("articles", "AuditEntry")
            log.objects.note(request.user, "change password", request.user)
        return answer

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return LabelledChoices.as_view(admin_site=self)(request)  # type: ignore[return-value]


def _place(model: dict[str, Any]) -> int:
    """Where a list stands among the others."""
    name = model["object_name"]
    return ORDER.index(name) if name in ORDER else len(ORDER)


class DeskConfig(AdminConfig):
    default_site = "newsroom.desk.Desk"

    def ready(self) -> None:
        super().ready()
        # The archive's tags are articles.Tag; taggit's own would be a second list, always empty.
        admin.site.unregister(apps.get_model("taggit", "Tag"))
