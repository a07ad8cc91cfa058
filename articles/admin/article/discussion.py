"""How many comments an article has, on its page at the desk."""

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from articles.models import Article, CommentState

_WORDS = {
    CommentState.APPROVED: "approved",
    CommentState.PENDING: "held",
    CommentState.SPAM: "spam",
    CommentState.BIN: "in the bin",
}


def numbers_of(article: Article) -> SafeString | str:
    """The comments of an article by state, each number leading to them in the list."""
    counts = {count.state: count.number for count in article.comment_counts.all() if count.number}
    address = reverse("admin:articles_comment_changelist")
    links = (
        format_html(
            '<a href="{}?{}">{} {}</a>',
            address,
            urlencode({"article": str(article.pk), "state": state.value}),
            counts[state],
            words,
        )
        for state, words in _WORDS.items()
        if state in counts
    )
    return format_html_join(", ", "{}", ((link,) for link in links)) or "none"
