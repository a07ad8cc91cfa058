"""The pages that links in mails lead to: confirm an address, mute a thread, end all mail.

Programs that look at mail follow its links, so opening a page changes nothing; its button does.
The key in the address stands in for a login and for the CSRF token, which would need a cookie.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.comments.addresses import OwnComment, newest_of
from articles.comments.mail import keys, subscriptions
from articles.comments.views.answers import for_one_reader, refusing_what_is_too_big
from articles.models import Comment, ReaderAddress

AGAIN = "again"
"""The field of the button that lets mail come again."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says, the comment that it leads to, in some words, and the button on it, with
    the field that the button sends."""

    title: str
    text: str
    button: str = ""
    field: str = ""
    about: Comment | None = None
    about_in_words: str = "Under"
    own: Sequence[OwnComment] = ()
    status: int = 200


_UNKNOWN = Page(
    "This link is not complete",
    "Perhaps its end was cut off. Copy it from the mail as a whole.",
    status=404,
)
_TOO_OLD = Page(
    "This link is too old, or not complete",
    "An address can be confirmed for a week. Tick the box below your next comment, and you get a"
    " new link.",
    status=404,
)
_FORGOTTEN = Page(
    "You get no mail from us", "We do not know your e-mail address, so nothing is sent to it."
)


def _answering(page: Callable[[HttpRequest, str], Page]) -> Callable[..., HttpResponseBase]:
    """The view of a page that is for whoever has the key."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @refusing_what_is_too_big
    def view(request: HttpRequest, key: str) -> HttpResponse:
        shown = page(request, key)
        context = {"page": shown}
        response = render(request, "articles/readers/mail.html", context, status=shown.status)
        return for_one_reader(response)

    return view


@_answering
def confirm(request: HttpRequest, key: str) -> Page:
    """``/mail/confirm/<key>/``"""
    number = keys.to_confirm(key)
    reader = _reader(number)
    if reader is None:
        return _TOO_OLD
    if request.method == "POST":
        subscriptions.confirm(reader)
        published = _published_meanwhile(reader)
        words = "Your comment is published meanwhile, under"
        own = newest_of(reader.email)
        return replace(_confirmed(reader), about=published, about_in_words=words, own=own)
    return Page(
        "Confirm your address",
        f"From then on, {reader.email} gets the mail that you ask for below your comments: when one"
        " is published, and when one is answered. Every mail has a link that ends them.",
        button="Confirm",
    )


@_answering
def stop(request: HttpRequest, key: str) -> Page:
    """``/mail/stop/<key>/``, which mail programs post to as well (RFC 8058)."""
    number = keys.to_stop(key)
    if number is None:
        return _UNKNOWN
    reader = _reader(number)
    if reader is None:
        return _FORGOTTEN
    if request.method == "POST" and AGAIN in request.POST:
        subscriptions.confirm(reader)
        return _confirmed(reader)
    if request.method == "POST":
        subscriptions.stop(reader)
    if reader.unsubscribed_at:
        return Page(
            "You get no more mail",
            f"Nothing is sent to {reader.email}, whoever types it below a comment. If you change"
            " your mind, you can have mail of your comments again.",
            button="Have mail again",
            field=AGAIN,
        )
    return Page(
        "End all mail",
        f"{settings.SITE_NAME} then sends nothing more to {reader.email}, whoever types it below a"
        " comment. Your comments stay as they are.",
        button="End all mail",
    )


@_answering
def mute(request: HttpRequest, key: str) -> Page:
    """``/mail/mute/<key>/``"""
    numbers = keys.to_mute(key)
    if numbers is None:
        return _UNKNOWN
    reader, thread = _reader(numbers[0]), numbers[1]
    if reader is None:
        return _FORGOTTEN
    first = Comment.objects.approved().filter(pk=thread).select_related("article").first()
    if request.method == "POST":
        subscriptions.mute(reader, thread)
        return Page(
            "This thread is muted",
            f"{reader.email} gets no more mail of answers in it. Mail of other threads comes as"
            " before.",
            about=first,
        )
    return Page(
        "Mute this thread",
        f"{reader.email} then gets no more mail of answers to your comments in it. Mail of other"
        " threads comes as before.",
        button="Mute this thread",
        about=first,
    )


def _confirmed(reader: ReaderAddress) -> Page:
    return Page(
        "Your address is confirmed",
        f"{reader.email} gets the mail that you ask for below your comments. Every mail has a link"
        " that ends them.",
    )


def _published_meanwhile(reader: ReaderAddress) -> Comment | None:
    """The newest comment that a moderator approved before its author could be told."""
    approved = Comment.objects.approved().filter(
        author_email=reader.email, wants_decision=True, decided_at__isnull=False
    )
    return approved.select_related("article").order_by("-created_at").first()


def _reader(number: int | None) -> ReaderAddress | None:
    return ReaderAddress.objects.filter(pk=number).first() if number is not None else None
