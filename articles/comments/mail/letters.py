"""The words of the mails to readers."""

from datetime import timedelta

from django.conf import settings

from articles.comments.addresses import absolute, own_page, permalink
from articles.comments.mail import keys
from articles.mailing import Letter
from articles.mailing.flowed import quoted
from articles.models import Article, Comment, ReaderAddress

CONFIRMATION, APPROVAL, REPLY, DATA = "confirmation", "approval", "reply", "data"
"""What a mail to a reader tells of."""

ABOUT = "X-Comment"
"""The header with the id of the comment that a mail tells of."""

WAIT = timedelta(minutes=2)
"""For which a mail can be taken back, when the comment that it tells of is."""

_SAID = 1_500
"""Characters of what somebody said, and of what that answers."""
_ANSWERED = 400


def confirmation(reader: ReaderAddress, article: Article) -> Letter:
    """The request to confirm an address. It has nothing in it that was typed into the form: whose
    address it is may never have been here."""
    return Letter(
        to=reader.email,
        kind=CONFIRMATION,
        subject=f"Please confirm your e-mail address for {settings.SITE_NAME}",
        text=f"""\
Somebody, probably you, commented on “{article.headline}” and asked to be told by e-mail when the \
comment is published or answered.

If that was you, confirm your address within a week on this page:
{keys.confirm_page(reader)}

If it was not, there is nothing you need to do: no other mail comes of it. If you want us never to \
ask again, say so here:
{keys.stop_page(reader)}

{settings.SITE_NAME}
{settings.SITE_URL}/""",
        headers=_ended_by_a_click(reader),
    )


def approval(reader: ReaderAddress, comment: Comment, *, is_last: bool) -> Letter:
    """That a reader's own comment is published now."""
    return _to_subscriber(
        reader,
        comment,
        kind=APPROVAL,
        subject=f"Published: your comment on “{comment.article.headline}”",
        text=f"""\
Your comment on “{comment.article.headline}” is published:

{quoted(comment.text, _SAID)}

See it among the others:
{absolute(permalink(comment))}

Withdraw it, and correct it while there is time for that; also if you did not write it yourself:
{absolute(own_page(comment))}""",
        is_last=is_last,
    )


def reply(reader: ReaderAddress, answer: Comment, *, is_last: bool) -> Letter:
    """That somebody answered a reader's comment; the answer has that comment with it."""
    answered = answer.parent
    assert answered is not None
    return _to_subscriber(
        reader,
        answer,
        kind=REPLY,
        # A line's first letter decides from which side it is read, so no name comes first.
        subject=f"Answer by {answer.author_name} on “{answer.article.headline}”",
        text=f"""\
Answer by {answer.author_name} under “{answer.article.headline}”:

{quoted(answer.text, _SAID)}

Your comment was:

{quoted(answered.text, _ANSWERED)}

Read on, and answer:
{absolute(permalink(answer))}

Withdraw your comment:
{absolute(own_page(answered))}

No more mail of answers in this thread:
{keys.mute_page(reader, answered.root_id or answered.pk)}""",
        is_last=is_last,
    )


def data(reader: ReaderAddress, wish: str) -> Letter:
    """The link by which the owner of an address has what is kept copied or removed."""
    wished = "a copy of" if wish == "copy" else "the removal of"
    return Letter(
        to=reader.email,
        kind=DATA,
        subject=f"Your data at {settings.SITE_NAME}",
        text=f"""\
Somebody, probably you, asked for {wished} what {settings.SITE_NAME} keeps under this e-mail \
address.

If that was you, go on from here within a day:
{keys.data_page(reader, wish)}

If it was not, there is nothing you need to do: without you, nothing comes of it.

What mail you get from us, you can see and change here:
{keys.stop_page(reader)}

{settings.SITE_NAME}
{settings.SITE_URL}/""",
        headers=_ended_by_a_click(reader),
    )


def _to_subscriber(
    reader: ReaderAddress,
    about: Comment,
    *,
    kind: str,
    subject: str,
    text: str,
    is_last: bool,
) -> Letter:
    """A letter that somebody asked for."""
    silence = "There were many mails within an hour; for a while you get no more.\n\n"
    return Letter(
        to=reader.email,
        kind=kind,
        subject=subject,
        text=f"""\
{text}

{silence if is_last else ""}\
You get this because you asked for it on {settings.SITE_NAME}. No more mail at all:
{keys.stop_page(reader)}""",
        headers={**_ended_by_a_click(reader), ABOUT: str(about.pk)},
        wait=WAIT,
    )


def _ended_by_a_click(reader: ReaderAddress) -> dict[str, str]:
    """The headers by which mail programs offer to end all mail (RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{keys.stop_page(reader)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
