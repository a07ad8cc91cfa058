"""The list of images, and the page of each."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.urls.resolvers import URLPattern
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from articles import vocabulary
from articles.admin.base import DeskAdmin, editor
from articles.admin.images.choosing import choose, upload_one
from articles.admin.images.describing import describe
from articles.admin.images.form import ACCEPTED, WORDS, ImageForm, NewImageForm
from articles.admin.images.preview import focal_point, picture
from articles.admin.images.uploading import MOST_AT_ONCE, upload_several
from articles.admin.images.usage import uses, with_uses
from articles.models import AuditEntry, Image
from articles.pictures import stored
from articles.pictures.uploading import UPLOADED, draw

_ADDED_PAGES = [
    ("choose", choose),
    ("upload", upload_one),
    ("upload-several", upload_several),
    ("describe", describe),
]
_UNDESCRIBED = Q(alt_text="", is_decorative=False)
_STATES = {
    "undescribed": ("without alternative text", _UNDESCRIBED),
    "unused": ("shown nowhere", Q(is_lead=False, is_in_text=False)),
    "reusable": ("free to be reused", Q(may_be_reused=True)),
}


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, label) for value, (label, _) in _STATES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        value = self.value()
        return queryset.filter(_STATES[value][1]) if value in _STATES else queryset


@admin.register(Image)
class ImageAdmin(DeskAdmin[Image]):
    form = ImageForm
    list_display = ["thumbnail", "title", "credit", "size", "used", "created_at"]
    list_display_links = ["thumbnail", "title"]
    list_filter = [StateFilter]
    list_per_page = 20
    sortable_by = ()
    search_fields = ["caption", "alt_text", "credit"]
    search_help_text = "Words of the caption, the alternative text or the credit."
    readonly_fields = ["focal_point", "original", "created_at"]

    class Media:
        css = {"all": ["css/admin-images.css"]}
        js = [
            forms.Script("js/image-upload.js", type="module"),
            forms.Script("js/focal-point.js", type="module"),
        ]

    # The list

    def get_queryset(self, request: HttpRequest) -> QuerySet[Image]:
        return with_uses(super().get_queryset(request))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = {"accepted": ACCEPTED, "most_at_once": MOST_AT_ONCE, **(extra_context or {})}
        return super().changelist_view(request, context)

    @admin.display(description="picture")
    def thumbnail(self, image: Image) -> SafeString:
        # It is a link, which needs a name even where the picture has none.
        return picture(image, "thumbnail", alt=image.alt_text or str(image))

    @admin.display(description="caption")
    def title(self, image: Image) -> SafeString:
        is_wanting = not image.alt_text and not image.is_decorative
        return format_html(
            '<span dir="auto">{}</span>{}',
            image,
            mark_safe(' <span class="flag">no alternative text</span>') if is_wanting else "",
        )

    @admin.display(description="pixels")
    def size(self, image: Image) -> str:
        return f"{image.width:,} × {image.height:,}"

    @admin.display(description="shown")
    def used(self, image: Any) -> str:
        shown = [("as lead image", image.is_lead), ("in texts", image.is_in_text)]
        return ", ".join(where for where, is_so in shown if is_so) or "nowhere"

    # The page of one

    def get_form(
        self, request: HttpRequest, obj: Image | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        kwargs["form"] = ImageForm if change else NewImageForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Image | None = None) -> Any:
        seen = ["alt_text", "is_decorative"]
        rights = ["caption", "credit", "credit_url", "rights", "may_be_reused"]
        if obj is None:
            return [
                (None, {"fields": ["upload", *seen]}),
                ("Caption and rights", {"fields": rights}),
            ]
        return [
            (None, {"fields": ["focal_point", ("focal_x", "focal_y"), *seen]}),
            ("Caption and rights", {"fields": rights}),
            ("The file", {"fields": ["original", "created_at"]}),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        image = kwargs.get("obj")
        context["uses"] = uses(image, editor(request)) if image else []
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="focal point")
    def focal_point(self, image: Image) -> SafeString:
        return focal_point(image)

    @admin.display(description="file")
    def original(self, image: Image) -> SafeString:
        return format_html('<a href="{}">{}</a>', image.file.url, self.size(image))

    # Saving and deleting

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        if change:
            # Not the renditions, which a command may be making meanwhile.
            obj.save(update_fields=form.changed_data)
            vocabulary.follow_image(obj)
        elif form.is_known:
            obj.save(update_fields=[*WORDS])
            vocabulary.follow_image(obj)
            messages.info(request, "This picture was here already; it was not stored twice.")
        else:
            for name, value in stored(form.picture).items():
                setattr(obj, name, value)
            obj.save()
        transaction.on_commit(partial(draw, obj))

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        """Nothing for an image that was here already."""
        if add and form.is_known:
            return []
        return super().construct_change_message(request, form, formsets, add)

    def log_addition(self, request: HttpRequest, obj: Image, message: Any) -> Any:
        if message:
            AuditEntry.objects.note(editor(request), UPLOADED, obj)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        image = self.get_object(request, object_id)
        context = {
            "uses": uses(image, editor(request)) if image else [],
            "preview": picture(image, "preview") if image else "",
        }
        return super().delete_view(request, object_id, context | (extra_context or {}))

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        images = list(objs)
        return (
            [str(image) for image in images],
            {str(self.opts.verbose_name_plural): len(images)},
            set() if self.has_delete_permission(request) else {str(self.opts.verbose_name)},
            [reason for image in images for reason in vocabulary.obstacles(image)],
        )

    def delete_model(self, request: HttpRequest, obj: Image) -> None:
        vocabulary.delete_entity(obj, by=editor(request))

    def get_urls(self) -> list[URLPattern]:
        added = [
            path(
                f"{name}/",
                self.admin_site.admin_view(view),
                name=f"articles_image_{name.replace('-', '_')}",
            )
            for name, view in _ADDED_PAGES
        ]
        return [*added, *super().get_urls()]
