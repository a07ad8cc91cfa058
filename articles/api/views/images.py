"""Pictures: those that articles show, a new one, and what is said of one."""

from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError as Refused
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiResponse
from rest_framework import status
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from articles import vocabulary
from articles.api.authentication import caller
from articles.api.filters import ImageFilter
from articles.api.pagination import Order, Orders
from articles.api.serializers.images import ImageSerializer
from articles.api.serializers.sent_images import ChangedImageSerializer, SentImageSerializer
from articles.api.views.base import DetailEndpoint, ListEndpoint
from articles.api.writing.description import describe_write
from articles.api.writing.endpoint import NOTHING, WritingEndpoint, Written
from articles.api.writing.faults import checked
from articles.api.writing.refusals import Conflict
from articles.api.writing.rights import has_right, require_right
from articles.api.writing.sight import readable
from articles.models import AuditEntry, Image
from articles.pictures import CleanPicture, clean
from articles.pictures.uploading import UNDESCRIBED, bring_in, draw, lately_uploaded

_FOCAL_POINT = {"focal_x", "focal_y"}


class _Images(WritingEndpoint, GenericAPIView[Any]):
    """Those that readers are shown, and what a key is shown besides."""

    serializer_class = ImageSerializer

    def get_queryset(self) -> QuerySet[Image]:
        is_list = isinstance(self, ListEndpoint)
        return readable(self.request, Image.objects.all(), is_list=is_list)

    def represent(self, subject: Image) -> Any:
        return self.get_serializer(subject).data


class ImageList(_Images, ListEndpoint):
    """The pictures that public articles show, the newest first."""

    parser_classes = [MultiPartParser]
    scope = "images"
    orders = Orders({"newest": Order(("id",), descending=True), "oldest": Order(("id",))})
    filterset_class = ImageFilter

    @describe_write(
        request={"multipart/form-data": SentImageSerializer},
        responses={
            200: OpenApiResponse(
                ImageSerializer, description="The picture was there already, and has its words."
            ),
            201: ImageSerializer,
        },
        makes=True,
    )
    def post(self, request: Request) -> Response:
        """Add a picture. Caption and credit are read from the file where they are not sent; where
        and with what it was taken is not kept. Its renditions are drawn right afterwards."""
        by = caller(request, self.needs)
        require_right(by, "add", Image)
        sent = checked(SentImageSerializer(data=request.data))
        file = sent.pop("file")
        # Before any transaction, since to look a picture over takes a while.
        try:
            picture = clean(file)
        except Refused as refused:
            raise ValidationError({"file": refused.messages}) from refused
        return self.create(lambda by: self._bring_in(by, picture, sent, file.name or ""))

    def _bring_in(
        self, by: User, picture: CleanPicture, sent: dict[str, Any], name: str
    ) -> Written:
        taken = bring_in(
            picture,
            sent,
            by=by,
            name=name,
            among=readable(self.request, Image.objects.select_for_update()),
            keeps_file=not self.is_dry_run,
        )
        image = taken.image
        if not image.alt_text and not image.is_decorative:
            raise ValidationError({"alt_text": [UNDESCRIBED]})
        if not taken.is_new:
            vocabulary.follow_image(image)
        transaction.on_commit(partial(draw, image))
        address = self.links.endpoint("image", image.pk)
        return Written(
            self.represent(image),
            status=status.HTTP_201_CREATED if taken.is_new else status.HTTP_200_OK,
            created_at=address,
            is_of=address,
            is_tagged=False,  # its renditions come after
            modified=image.created_at,
        )


class ImageDetail(_Images, DetailEndpoint):
    """One picture. The file itself is at `file`."""

    modified = "created_at"

    @describe_write(request=ChangedImageSerializer, responses={200: ImageSerializer})
    def put(self, request: Request, key: int) -> Response:
        """Say anew all that is said of a picture; what is left out has its default."""
        return self.change(partial(self._describe, is_partial=False))

    @describe_write(request=ChangedImageSerializer, responses={200: ImageSerializer})
    def patch(self, request: Request, key: int) -> Response:
        """Change some of what is said of a picture. Whoever brought it in may do so for a day,
        without the right to change others."""
        return self.change(partial(self._describe, is_partial=True))

    @describe_write(request=None, responses={204: OpenApiResponse(description="It is deleted.")})
    def delete(self, request: Request, key: int) -> Response:
        """Delete a picture that no article shows, with its files."""
        return self.change(self._delete)

    def subject(self, by: User) -> Image:
        key = self.kwargs["key"]
        if self.request.method == "DELETE":
            require_right(by, "delete", Image)
        elif not (has_right(by, "change", Image) or lately_uploaded(by, [key])):
            login = by.get_username()
            raise PermissionDenied(f"The account “{login}” may not change images of others.")
        asked = Image.objects.select_for_update().filter(pk=key)
        image = readable(self.request, asked).first()
        if image is None:
            raise Http404
        return image

    def _describe(self, by: User, image: Image, *, is_partial: bool) -> Written:
        sent = checked(ChangedImageSerializer(data=self.request.data, partial=is_partial))
        changed = {name for name, value in sent.items() if getattr(image, name) != value}
        for name in changed:
            setattr(image, name, sent[name])
        if not image.alt_text and not image.is_decorative:
            raise ValidationError({"alt_text": [UNDESCRIBED]})
        if changed:
            # Not the renditions, which a command may be making meanwhile.
            image.save(update_fields=changed)
            vocabulary.follow_image(image)
            AuditEntry.objects.note(by, "change", image, ", ".join(_in_words(changed)))
            transaction.on_commit(partial(draw, image))
        # Cards are cut anew afterwards.
        is_final = not changed & _FOCAL_POINT
        return Written(self.represent(image), is_tagged=is_final, modified=image.created_at)

    def _delete(self, by: User, image: Image) -> Written:
        if reasons := vocabulary.obstacles(image):
            raise Conflict(" ".join(reasons))
        AuditEntry.objects.note(by, "delete", image)
        vocabulary.delete_entity(image, by=by)
        return NOTHING


def _in_words(columns: set[str]) -> list[str]:
    return [str(f.verbose_name) for f in Image._meta.concrete_fields if f.name in columns]
