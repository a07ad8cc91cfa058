"""What the foot of an article's page needs to show its comments and the form."""

from collections.abc import Mapping
from dataclasses import dataclass

from articles.comments import threads
from articles.comments.forms import BlankForm
from articles.models import Article, CommentPolicy


@dataclass(frozen=True, slots=True)
class Discussion:
    """The comments of an article's page and, where readers may comment, the form."""

    article: Article
    thread: threads.Thread
    form: BlankForm | None

    @property
    def is_shown(self) -> bool:
        return self.article.comment_policy != CommentPolicy.HIDDEN


def discussion(article: Article, parameters: Mapping[str, str]) -> Discussion:
    """The discussion of a public article, in one query.

    ``parameters`` is the page's query: ``held`` shows a reader's own held comment and must keep
    the page out of shared caches; ``replytocom`` makes the form answer that comment.
    """
    thread = threads.for_article(article, parameters.get("held"))
    form = None
    if article.comment_policy in (CommentPolicy.OPEN, CommentPolicy.PREMODERATED):
        form = BlankForm(article, thread.find(parameters.get("replytocom")))
    return Discussion(article, thread, form)
