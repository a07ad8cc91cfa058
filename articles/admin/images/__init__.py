"""Images: uploading them, describing them, choosing among them."""

from articles.admin.images.page import ImageAdmin
from articles.admin.images.preview import picture

__all__ = ["ImageAdmin", "picture"]
