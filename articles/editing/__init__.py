"""The verbs: every way to change an article, each in one place for admin, API and commands.

A verb works in a transaction and ends by calling ``record``.
"""

from articles.editing.assign import assign
from articles.editing.bin import delete, put_in_bin, restore
from articles.editing.checks import check, stops
from articles.editing.classify import add_tag, move_to_section, remove_tag
from articles.editing.correct import correct
from articles.editing.deindex import deindex, reindex
from articles.editing.error_reports import accept_report, decline_report
from articles.editing.preview import revoke, share
from articles.editing.publish import publish, send_back, submit, withdraw
from articles.editing.record import record
from articles.editing.related import Named, Related
from articles.editing.revert import irrecoverable, revert
from articles.editing.save import prepare, save
from articles.editing.sessions import close as close_session
from articles.editing.store import store

__all__ = [
    "Named",
    "Related",
    "accept_report",
    "add_tag",
    "assign",
    "check",
    "close_session",
    "correct",
    "decline_report",
    "deindex",
    "delete",
    "irrecoverable",
    "move_to_section",
    "prepare",
    "publish",
    "put_in_bin",
    "record",
    "reindex",
    "remove_tag",
    "restore",
    "revert",
    "revoke",
    "save",
    "send_back",
    "share",
    "stops",
    "store",
    "submit",
    "withdraw",
]
