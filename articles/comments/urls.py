"""Where readers post to, and what they come to by links of their own; included by
``articles.urls``."""

from django.urls import path, re_path

from articles.comments.views import mail, own, posting, reporting
from articles.comments.views.permalink import permalink
from articles.comments.views.privacy import data_page, privacy_page

ID = r"(?P<number>\d{1,18})"
"""Longer numbers are in no column of a database."""

urlpatterns = [
    re_path(rf"^comments/{ID}/$", permalink, name="comment"),
    re_path(rf"^comments/{ID}/report/$", reporting.report_comment, name="report-comment"),
    path("comments/mine/<str:key>/", own.own_comment, name="own-comment"),
    path("comments/mine/<str:key>/withdraw/", own.withdraw_comment, name="withdraw-comment"),
    re_path(
        r"^(?P<year>[12]\d{3})/(?P<month>\d\d)/(?P<day>\d\d)/(?P<slug>[-\w]+)/comments/$",
        posting.comments,
        name="comments",
    ),
    re_path(
        r"^(?P<year>[12]\d{3})/(?P<month>\d\d)/(?P<day>\d\d)/(?P<slug>[-\w]+)/comments/token/$",
        posting.dated_token,
        name="dated-token",
    ),
    re_path(
        r"^(?P<year>[12]\d{3})/(?P<month>\d\d)/(?P<day>\d\d)/(?P<slug>[-\w]+)/report-error/$",
        reporting.report_error,
        name="report-error",
    ),
    path("mail/confirm/<str:key>/", mail.confirm, name="mail-confirm"),
    path("mail/stop/<str:key>/", mail.stop, name="mail-stop"),
    path("mail/mute/<str:key>/", mail.mute, name="mail-mute"),
    path("privacy/", privacy_page, name="privacy"),
    path("privacy/<str:key>/", data_page, name="privacy-data"),
]
