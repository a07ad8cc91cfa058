"""The rules for comments at the desk: one page of sentences, tried before they are switched on."""

from articles.admin.comment_rules import page

__all__ = ["page"]
