"""The site's addresses."""

from django.contrib import admin
from django.urls import include, path

from newsroom.health import healthz, readyz
from newsroom.media import media

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("media/<path:path>", media, name="media"),
    path("admin/", include("articles.admin.urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", include("articles.api.urls")),
    path("", include("articles.urls")),
]

handler400 = "articles.api.errors.bad_request"
handler404 = "articles.pages.addresses.not_found"
handler500 = "articles.api.errors.server_error"
