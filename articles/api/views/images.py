"""Pictures."""

from django.db.models import QuerySet

from articles.api.pagination import Order
from articles.api.serializers.images import ImageSerializer
from articles.api.views.base import DetailEndpoint, ListEndpoint
from articles.api.visibility import public_images
from articles.models import Image


class ImageList(ListEndpoint):
    """The pictures that public articles show, the newest first."""

    serializer_class = ImageSerializer
    scope = "images"
    order = Order(("id",), descending=True)

    def get_queryset(self) -> QuerySet[Image]:
        return public_images()


class ImageDetail(DetailEndpoint):
    """One picture. The file itself is at `file`."""

    serializer_class = ImageSerializer
    modified = "created_at"

    def get_queryset(self) -> QuerySet[Image]:
        return public_images()
