"""Serves media from the data folder, where no web server in front does it."""

import mimetypes
import re

from django.core.files.storage import FileSystemStorage, default_storage
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

from newsroom.services import FOR_EVER

ONE_DAY = "public, max-age=86400"
# A file that is opened by itself runs nothing and sends nothing, whatever it may be besides a
# picture.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
# Pictures are named by the SHA-256 of their content.
_NAMED_BY_CONTENT = re.compile(r"\w+/[0-9a-f]{2}/[0-9a-f]{64}[\w.-]*")

# Python 3.11 knows neither.
mimetypes.add_type("image/avif", ".avif")
mimetypes.add_type("image/webp", ".webp")


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """The file ``path`` of the media folder; 404 when media are kept elsewhere."""
    if not isinstance(default_storage, FileSystemStorage):
        raise Http404
    response = serve(request, path, document_root=str(default_storage.location))
    response["Cache-Control"] = FOR_EVER if _NAMED_BY_CONTENT.fullmatch(path) else ONE_DAY
    response["Content-Security-Policy"] = POLICY
    return response
