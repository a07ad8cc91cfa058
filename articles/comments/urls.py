"""Where comments are posted to; included by ``articles.urls``."""

from django.urls import re_path

from articles.comments.views import comments

urlpatterns = [
    re_path(
        r"^(?P<year>[12]\d{3})/(?P<month>\d\d)/(?P<day>\d\d)/(?P<slug>[-\w]+)/comments/$",
        comments,
        name="comments",
    ),
]
