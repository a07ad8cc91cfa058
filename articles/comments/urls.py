"""Where comments are posted to; included by ``articles.urls``."""

from django.urls import path, re_path

from articles.comments.views import posting
from articles.comments.views.permalink import permalink

urlpatterns = [
    path("comments/<int:number>/", permalink, name="comment"),
    re_path(
        r"^(?P<year>[12]\d{3})/(?P<month>\d\d)/(?P<day>\d\d)/(?P<slug>[-\w]+)/comments/$",
        posting.comments,
        name="comments",
    ),
]
