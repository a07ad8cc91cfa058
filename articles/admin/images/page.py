"""Images, with what a reader who cannot see them must know."""

from typing import Any

from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.urls import path
from django.urls.resolvers import URLPattern
from django.utils.safestring import SafeString

from articles import editing
from articles.admin.base import DeskAdmin
from articles.admin.choices import KnownChoicesForm
from articles.admin.images.choosing import choose, upload_one
from articles.admin.images.preview import picture
from articles.models import Image
from articles.pictures import clean


class ImageForm(KnownChoicesForm):
    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            clean(file)
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("is_decorative") and not data.get("alt_text", "").strip():
            self.add_error("alt_text", "Say what the picture shows, or mark it as decorative.")
        return data


@admin.register(Image)
class ImageAdmin(DeskAdmin[Image]):
    form = ImageForm
    list_display = ["thumbnail", "title", "credit", "size", "created_at"]
    list_display_links = ["thumbnail", "title"]
    list_per_page = 20
    sortable_by = ()
    search_fields = ["caption", "alt_text", "credit"]
    readonly_fields = ["preview", "size", "created_at"]
    fieldsets = [
        (None, {"fields": ["preview", "file", "size"]}),
        ("For those who cannot see it", {"fields": ["alt_text", "is_decorative"]}),
        ("For everybody", {"fields": ["caption", "credit", "rights"]}),
        ("When it is cropped", {"fields": [("focal_x", "focal_y")]}),
    ]

    @admin.display(description="picture")
    def thumbnail(self, image: Image) -> SafeString:
        return picture(image, "thumbnail")

    @admin.display(description="preview")
    def preview(self, image: Image) -> SafeString | str:
        return picture(image, "preview") if image.file else "-"

    @admin.display(description="caption")
    def title(self, image: Image) -> str:
        return str(image)

    @admin.display(description="pixels")
    def size(self, image: Image) -> str:
        return f"{image.width} × {image.height}"

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        images = list(objs)
        return (
            [str(image) for image in images],
            {str(self.opts.verbose_name_plural): len(images)},
            set() if self.has_delete_permission(request) else {str(self.opts.verbose_name)},
            [f"{image}: {reason}" for image in images for reason in editing.obstacles(image)],
        )

    def get_urls(self) -> list[URLPattern]:
        added = [("choose/", choose), ("upload/", upload_one)]
        return [
            *(
                path(route, self.admin_site.admin_view(view), name=f"articles_image_{route[:-1]}")
                for route, view in added
            ),
            *super().get_urls(),
        ]
