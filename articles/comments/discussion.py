"""What the foot of an article's page needs to show its comments and the form."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple
from urllib.parse import urlencode

from django.db import router
from django.utils import timezone

from articles.comments import tokens
from articles.comments.addresses import own_page
from articles.comments.forms.comment_form import BlankForm, promise_of
from articles.comments.policy import closes_at, policy_of
from articles.comments.threads.pages import ThreadPage, Wanted, on_page, page_of
from articles.freshness import holds_until, shows
from articles.models import (
    Article,
    Comment,
    CommentOrder,
    CommentPolicy,
    CommentRules,
    Subject,
)
from articles.models.loaded import loaded
from articles.models.prepared import PreparedRows

PERSONAL = ("held", "mine")
"""Parameters of an article's page that show a reader's own comment to its author alone; a page
with one must be kept out of shared caches."""

_RULES = [field.attname for field in CommentRules._meta.concrete_fields]
_rules = PreparedRows((), lambda: CommentRules.objects.filter(pk=1).values_list(*_RULES))


class PageLink(NamedTuple):
    """A link to a page of the discussion; without an address, what stands for those left out."""

    words: str
    address: str = ""
    relation: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Discussion:
    """The comments of an article's page and, where readers may comment, the form."""

    article: Article
    page: ThreadPage
    form: BlankForm | None
    rules: CommentRules
    is_shown: bool = True
    changed_in: int = 0
    """The last version of the article that changed more than a trifle."""
    own: int | None = None
    """The comment of whoever asks, when a signed key in the address says which."""

    @property
    def own_is_out_of_sight(self) -> bool:
        """Whether the reader's own comment is on no page, not even for its author."""
        shown = {row.comment.pk for row in self.page.rows if not (row.is_gone or row.more)}
        return self.own is not None and self.own not in shown

    @property
    def own_page(self) -> str:
        """Where the reader's own comment is corrected and withdrawn."""
        return own_page(Comment(pk=self.own)) if self.own else ""

    @property
    def orders(self) -> list[tuple[str, str, bool]]:
        """The orders to choose from: address, words, whether it is the present one."""
        return [
            (self._address(order=value), str(label), value == self.page.order)
            for value, label in CommentOrder.choices
        ]

    @property
    def pages(self) -> list[PageLink]:
        """Links to the other pages of a long discussion, near ones and the ends."""
        number, last = self.page.number, self.page.last
        links = [PageLink("Previous", self._address(number=number - 1), "prev")] * (number > 1)
        before = 0
        for one in sorted({1, *range(max(number - 1, 1), min(number + 1, last) + 1), last}):
            if one > before + 1:
                links.append(PageLink("…"))
            links.append(PageLink(str(one), self._address(number=one), is_current=one == number))
            before = one
        if number < last:
            links.append(PageLink("Next", self._address(number=number + 1), "next"))
        return links

    @property
    def whole(self) -> str:
        """The address of all threads."""
        return self._address(thread=None)

    def thread(self, root: int) -> str:
        """The address of a thread alone."""
        return self._address(thread=root)

    def reply(self, comment: Comment) -> str:
        """The address of this page with the form answering a comment on it."""
        here = _written(*self._query(number=self.page.number).items())
        return f"?{here}{'&' if here else ''}replytocom={comment.pk}#respond"

    def place(self, comment: Comment) -> str:
        """The address of a comment, for everybody: without the key that is in that of this page."""
        return on_page(self.article.path or "", self.article.comment_count, comment.pk)

    def _address(
        self, *, order: str = "", number: int = 1, thread: int | str | None = "same"
    ) -> str:
        given = _written(*self._query(order=order, number=number, thread=thread).items())
        return f"{self.article.path}{'?' if given else ''}{given}#comments"

    def _query(
        self, *, order: str = "", number: int = 1, thread: int | str | None = "same"
    ) -> dict[str, int | str]:
        shown = self.page.thread if thread == "same" else thread
        order = order or self.page.order
        query = {
            "thread": shown,
            "order": order if order != self.rules.order and not shown else None,
            "comments": number if number > 1 else None,
        }
        return {name: value for name, value in query.items() if value}


@lru_cache(maxsize=1_000)
def _written(*parameters: tuple[str, int | str]) -> str:
    return urlencode(parameters)


def discussion(article: Article, parameters: Mapping[str, str], changed_in: int = 0) -> Discussion:
    """The discussion of a public article that has its section with it, in two queries if it is
    short, in six at most.

    ``parameters`` is the page's query: ``comments``, ``order`` and ``thread`` say which part to
    show (see ``threads.pages.Wanted``), ``replytocom`` makes the form answer that comment, and the
    ``PERSONAL`` ones show a reader's own comment.
    """
    rules = _current_rules()
    shows(Subject.DISCUSSION, article.pk)
    if (closing := closes_at(article, rules)) and closing > timezone.now():
        holds_until(closing)
    policy = policy_of(article, rules)
    if policy == CommentPolicy.HIDDEN:
        return Discussion(article, ThreadPage(), None, rules, is_shown=False)
    own = _own(parameters)
    page = page_of(article, rules, Wanted.of(parameters), own)
    form = None
    if policy in (CommentPolicy.OPEN, CommentPolicy.PREMODERATED):
        answering = _answering(article, page, parameters.get("replytocom", ""))
        form = BlankForm(article, answering, promise_of(policy, rules))
    return Discussion(article, page, form, rules, True, changed_in, own)


def _answering(article: Article, page: ThreadPage, comment_id: str) -> Comment | None:
    """The approved comment that a reader wants to answer, on this page or on any other."""
    if found := page.find(comment_id):
        return found
    if not (comment_id.isascii() and comment_id.isdecimal() and len(comment_id) < 19):
        return None
    elsewhere = Comment.objects.approved().filter(article=article.pk, pk=int(comment_id))
    return elsewhere.only("author_name").first()


def _current_rules() -> CommentRules:
    for row in _rules():
        return loaded(CommentRules, _RULES, row, router.db_for_read(CommentRules))
    return _ordinary_rules()


@cache
def _ordinary_rules() -> CommentRules:
    """What holds where nobody decided otherwise, to be read only."""
    return CommentRules(pk=1)


def _own(parameters: Mapping[str, str]) -> int | None:
    """The reader's own comment, by the key of one that is held or the one that lasts."""
    if held := parameters.get("held"):
        return tokens.held_comment_id(held)
    return tokens.own_comment_id(parameters.get("mine", ""))
