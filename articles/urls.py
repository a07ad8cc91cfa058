"""The addresses of everything readers see."""

from django.urls import include, path

app_name = "articles"

urlpatterns = [
    path("", include("articles.pages.urls")),
    path("", include("articles.comments.urls")),
]
