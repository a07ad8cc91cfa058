"""The page where several images, mostly those just uploaded, get their words."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from articles.admin.base import editor
from articles.admin.images.form import ImageForm
from articles.admin.images.preview import focal_point
from articles.admin.images.uploading import MOST_AT_ONCE
from articles.models import AuditEntry, Image
from articles.pictures.uploading import draw, lately_uploaded

_LONGEST_KEY = 19
_SHARED = ("credit", "credit_url", "rights")


class SharedWords(forms.Form):
    """What goes for all images that have nothing else."""

    credit = forms.CharField(max_length=200, required=False)
    credit_url = forms.URLField(
        label="Link of the credit", max_length=500, required=False, assume_scheme="https"
    )
    rights = forms.CharField(max_length=500, required=False)


def describe(request: HttpRequest) -> HttpResponse:
    """A form for each ``image`` of the query; saves all or, when a word is missing, none."""
    images = _images(request)
    data = request.POST if request.method == "POST" else None
    shared = SharedWords(data, prefix="all")
    described = [ImageForm(data, instance=each, prefix=f"image-{each.pk}") for each in images]
    if data is not None and all([shared.is_valid(), *(form.is_valid() for form in described)]):
        _save(request, described, shared)
        said = "One image is" if len(images) == 1 else f"{len(images)} images are"
        messages.success(request, f"{said} described.")
        return HttpResponseRedirect(reverse("admin:articles_image_changelist"))
    context = {
        **admin.site.each_context(request),
        "title": "Describe what you uploaded",
        "opts": Image._meta,
        "shared": shared if len(images) > 1 else None,
        "described": [
            {
                "image": form.instance,
                "form": form,
                "focal_point": focal_point(form.instance, form.prefix or ""),
            }
            for form in described
        ],
        "has_errors": data is not None,
    }
    return TemplateResponse(request, "admin/articles/image/describe.html", context)


def _images(request: HttpRequest) -> list[Image]:
    """Those asked for, as far as whoever asks may describe them."""
    given = request.GET.getlist("image")[:MOST_AT_ONCE]
    asked = [int(key) for key in given if key.isdecimal() and len(key) < _LONGEST_KEY]
    images = list(Image.objects.filter(pk__in=asked).order_by("pk"))
    if not images:
        raise Http404("There are no such images.")
    if request.user.has_perm("articles.change_image"):
        return images
    own = lately_uploaded(editor(request), asked)
    if not own:
        raise PermissionDenied
    return [image for image in images if image.pk in own]


def _save(request: HttpRequest, described: list[ImageForm], shared: SharedWords) -> None:
    images = [form.save(commit=False) for form in described]
    for image in images:
        for name in _SHARED:
            setattr(image, name, getattr(image, name) or shared.cleaned_data[name])
    touched = {name for form in described for name in form.changed_data}
    with transaction.atomic():
        Image.objects.bulk_update(images, sorted({*touched, *_SHARED}))
        AuditEntry.objects.note_all(editor(request), "describe", images)
    for image in images:
        draw(image)
