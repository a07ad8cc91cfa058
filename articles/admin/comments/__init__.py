"""The moderators' desk: the queue, the list of comments and a comment's page.

``tabs`` says what waits where, ``facts`` and ``commenter`` what there is to know of a comment,
``verbs`` what can be done with it and ``undoing`` how that is taken back.
"""

from articles.admin.comments import page

__all__ = ["page"]
