"""The pages about one article that the desk adds to Django's."""

from collections.abc import Callable

from django.http import HttpResponse

from articles.admin.article import bin as paper_bin
from articles.admin.article import (
    checking,
    comparison,
    correction,
    deindexing,
    history,
    link_search,
    previews,
    reading,
    restoring,
    sending_back,
    sessions,
    withdrawal,
)
from articles.admin.article.from_copy.page import from_copy

PAGES: list[tuple[str, Callable[..., HttpResponse], str]] = [
    ("checks/", checking.checks_of_new, "checks_of_new"),
    ("<int:pk>/checks/", checking.checks, "checks"),
    ("from-copy/", from_copy, "from_copy"),
    ("link-search/", link_search.link_search, "link_search"),
    ("session/", sessions.session_of_new, "session_of_new"),
    ("unsaved/", sessions.unsaved_of_new, "unsaved_of_new"),
    ("<int:pk>/session/", sessions.session, "session"),
    ("<int:pk>/unsaved/", sessions.unsaved, "unsaved"),
    ("<int:pk>/read/", reading.read, "read"),
    ("<int:pk>/send-back/", sending_back.send_back, "send_back"),
    ("<int:pk>/history/", history.history, "history"),
    ("<int:pk>/history/<int:number>/", history.version, "version"),
    ("<int:pk>/history/<int:number>/restore/", restoring.revert, "revert"),
    ("<int:pk>/compare/", comparison.compare, "compare"),
    ("<int:pk>/correct/", correction.correct, "correct"),
    ("<int:pk>/withdraw/", withdrawal.withdraw, "withdraw"),
    ("<int:pk>/deindex/", deindexing.deindex, "deindex"),
    ("<int:pk>/reindex/", deindexing.reindex, "reindex"),
    ("<int:pk>/bin/", paper_bin.put_in_bin, "bin"),
    ("<int:pk>/restore/", paper_bin.restore, "restore"),
    ("<int:pk>/previews/", previews.previews, "previews"),
    ("<int:pk>/previews/<int:link>/revoke/", previews.revoke, "revoke"),
]
"""The route below ``/admin/articles/article/``, the view, and its name after
``articles_article_``."""
