"""Serves media from the data folder, where no web server in front does it."""

from django.core.files.storage import FileSystemStorage, default_storage
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

ONE_DAY = 24 * 60 * 60
# A file that is opened by itself runs nothing and sends nothing, whatever it may be besides a
# picture.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """The file ``path`` of the media folder; 404 when media are kept elsewhere."""
    if not isinstance(default_storage, FileSystemStorage):
        raise Http404
    response = serve(request, path, document_root=str(default_storage.location))
    response["Cache-Control"] = f"public, max-age={ONE_DAY}"
    response["Content-Security-Policy"] = POLICY
    return response
