"""Where comments are posted to; included by ``articles.urls``."""

from django.urls import re_path

from articles.comments.views import posting

urlpatterns = [
    re_path(
        r"^(?P<year>[12]\d{3})/(?P<month>\d\d)/(?P<day>\d\d)/(?P<slug>[-\w]+)/comments/$",
        posting.comments,
        name="comments",
    ),
]
