"""What a moderator can do with the comment in front, each verb once."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import NamedTuple

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from articles.admin.comments.commenter import waiting_of
from articles.admin.comments.facts import seen
from articles.comments import counts, moderation, networks, staff
from articles.comments.forms.fields import within_bytes
from articles.comments.judging import standings
from articles.comments.moderation import Was
from articles.comments.text.cleaning import clean_line
from articles.models import Comment, CommentState, Standing, StandingKind

AT_ONCE = 1_000
"""Comments that one decision about many concerns."""

BAN = "articles.ban_commenter"
"""The permission that banning takes."""

REASONS = (
    "Insults somebody",
    "Stirs up hatred",
    "Accuses without proof",
    "Gives away something private",
    "Advertises",
    "Has nothing to do with the article",
    "Says the same again",
)
"""Reasons that are ready to be chosen; any other can be typed."""


class Button(NamedTuple):
    """A verb as it is offered: its name in the form, what it says, and its key."""

    name: str
    label: str
    key: str


class Done(NamedTuple):
    """What became of a verb: in words, what undoes it, and whether the comment stays in front."""

    said: str
    was: list[Was] = []
    standing: Standing | None = None
    words: str = ""
    """What the comment said before it was edited."""
    wrote: str = ""
    """What it said right after."""
    stays: bool = False


Verb = Callable[[Comment, Mapping[str, str], User], Done]

DECISIONS = {
    "approve": CommentState.APPROVED,
    "hold": CommentState.PENDING,
    "spam": CommentState.SPAM,
    "bin": CommentState.BIN,
}
_BUTTONS = {
    "approve": Button("approve", "Approve", "A"),
    "hold": Button("hold", "Hold", "H"),
    "spam": Button("spam", "Spam", "S"),
    "bin": Button("bin", "Bin", "B"),
}
_SAID = {
    CommentState.APPROVED: "approved",
    CommentState.PENDING: "held",
    CommentState.SPAM: "marked as spam",
    CommentState.BIN: "put in the bin",
}


class BanForm(forms.Form):
    """Whom to ban for a comment, and for how long."""

    whom = forms.ChoiceField(label="Whom", widget=forms.RadioSelect)
    days = forms.TypedChoiceField(
        label="How long",
        coerce=int,
        choices=[(1, "1 day"), (7, "1 week"), (30, "1 month"), (0, "for good")],
        initial=7,
    )
    reason = forms.CharField(
        label="Why",
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto", "list": "reasons", "autocomplete": "off"}),
        error_messages={"required": "Say why; only the newsroom sees it."},
    )

    def __init__(self, comment: Comment, data: Mapping[str, str] | None = None) -> None:
        super().__init__(data, auto_id="ban_%s", initial={"whom": "email"})
        self.subjects = _subjects(comment)
        whom = self.fields["whom"]
        assert isinstance(whom, forms.ChoiceField)
        whom.choices = [(name, subject) for name, subject in self.subjects.items()]
        self.initial["whom"] = next(iter(self.subjects), "")

    def save(self, by: User) -> Standing:
        """Raises ValidationError when the form is not valid."""
        if not self.is_valid():
            raise ValidationError([error for errors in self.errors.values() for error in errors])
        given = self.cleaned_data
        subject = self.subjects[given["whom"]]
        return standings.impose(
            StandingKind.BANNED,
            email=subject if given["whom"] == "email" else "",
            network="" if given["whom"] == "email" else subject,
            reason=given["reason"],
            until=timezone.now() + timedelta(days=given["days"]) if given["days"] else None,
            by=by,
        )


def buttons(comment: Comment) -> list[Button]:
    """The decisions that would change anything about a comment."""
    offered = [name for name, state in DECISIONS.items() if state != comment.state]
    unseen = comment.decided_at is None or comment.reports_open
    if comment.state == CommentState.APPROVED and unseen:
        offered.insert(0, "approve")
    if comment.withdrawn_at:
        offered = [name for name in offered if name not in ("approve", "hold")]
    return [_BUTTONS[name] for name in offered]


def perform(verb: str, pk: int, given: Mapping[str, str], by: User) -> Done:
    """Do it to a comment, unless it is no longer what was ``seen``.

    Raises ValidationError, in words for the moderator, when it cannot be done; LookupError when
    there is no such verb; PermissionDenied when ``by`` may not ban.
    """
    if verb in OF_MANY:
        return OF_MANY[verb](_comment(pk), given, by)
    act = _OF_ONE[verb]
    with transaction.atomic():
        # Nobody decides about the comment between the look at it and what is done to it.
        counts.lock(Comment.objects.filter(pk=pk).values_list("article", flat=True))
        comment = _comment(pk)
        if "seen" in given and given["seen"] != seen(comment):
            raise ValidationError(_meanwhile(comment))
        return act(comment, given, by)


def _comment(pk: int) -> Comment:
    comments = Comment.objects.select_related("article", "decided_by", "edited_by")
    comment = comments.filter(pk=pk).first()
    if comment is None:
        raise ValidationError("The comment is gone: a colleague has deleted it.")
    return comment


def _meanwhile(comment: Comment) -> str:
    """Who has done what to a comment since it was put in front."""
    if comment.withdrawn_at:
        return f"{comment.author_name} has taken the comment back meanwhile. Nothing was done."
    moments = [moment for moment in (comment.decided_at, comment.edited_at) if moment]
    if comment.edited_at and comment.edited_at == max(moments):
        editor = comment.edited_by or comment.author_name
        return f"{editor} has changed the words of the comment meanwhile. Nothing was done."
    colleague = comment.decided_by or "Somebody"
    return (
        f"{colleague} was quicker: the comment of {comment.author_name} is"
        f" {_SAID[CommentState(comment.state)]}. Nothing was done."
    )


def _decision(state: CommentState) -> Verb:
    def decide(comment: Comment, given: Mapping[str, str], by: User) -> Done:
        was = moderation.decide([comment], state, by=by, reason=_reason(given))
        if not was:
            raise ValidationError(f"The comment of {comment.author_name} stays as it was.")
        return Done(f"{comment.author_name}: {_SAID[state]}.", was)

    return decide


def _all_of_them(state: CommentState) -> Verb:
    def decide(comment: Comment, given: Mapping[str, str], by: User) -> Done:
        if not comment.author_email:
            raise ValidationError("Whoever wrote this gave no e-mail address.")
        waiting = waiting_of(comment.author_email).only("pk", "article")[:AT_ONCE]
        was = moderation.decide(waiting, state, by=by, reason=_reason(given))
        noun = "comment" if len(was) == 1 else "comments"
        return Done(f"{len(was)} {noun} of {comment.author_email}: {_SAID[state]}.", was)

    return decide


def _reply(comment: Comment, given: Mapping[str, str], by: User) -> Done:
    text = _text(given)
    was: list[Was] = []
    if comment.state != CommentState.APPROVED:
        was = moderation.decide([comment], CommentState.APPROVED, by=by)
        if not was:
            raise ValidationError("Its author has taken the comment back; nobody can answer it.")
    reply = staff.answer(comment, text, by=by)
    assert reply.decided_at is not None
    # Before it, there was none: taken back, it goes to the bin.
    nothing = Was(reply.pk, CommentState.BIN, None, None, "taken back", until=reply.decided_at)
    approved = "approved and " if was else ""
    return Done(f"{comment.author_name}: {approved}answered.", [*was, nothing])


def _edit(comment: Comment, given: Mapping[str, str], by: User) -> Done:
    if not staff.edit(comment, _text(given), by=by):
        return Done("It says that already.", stays=True)
    said = f"{comment.author_name}: edited, and shown as edited."
    wrote = Comment.objects.values_list("text", flat=True).get(pk=comment.pk)
    return Done(said, words=comment.text, wrote=wrote, stays=True)


def _feature(comment: Comment, given: Mapping[str, str], by: User) -> Done:
    if comment.state != CommentState.APPROVED and comment.featured_at is None:
        raise ValidationError("Only an approved comment can be featured.")
    featured = staff.feature(comment, by=by)
    said = "featured" if featured else "featured no longer"
    return Done(f"{comment.author_name}: {said}.", stays=True)


def _ban(comment: Comment, given: Mapping[str, str], by: User) -> Done:
    if not by.has_perm(BAN):
        raise PermissionDenied
    standing = BanForm(comment, given).save(by)
    ends = f"until {timezone.localtime(standing.until):%Y-%m-%d %H:%M}" if standing.until else ""
    subject = standing.email or standing.network
    return Done(f"{subject} may not comment {ends or 'any more'}.", standing=standing, stays=True)


def _reason(given: Mapping[str, str]) -> str:
    return clean_line(given.get("reason", ""))


def _text(given: Mapping[str, str]) -> str:
    text = given.get("text", "").strip()
    if not text:
        raise ValidationError("There are no words in it.")
    within_bytes(text)
    return text


def _subjects(comment: Comment) -> dict[str, str]:
    subjects = {}
    if comment.author_email:
        subjects["email"] = comment.author_email
    if comment.address:
        subjects["address"] = comment.address
        subjects["network"] = networks.network_of(comment.address)
    return subjects


_OF_ONE = {
    **{name: _decision(state) for name, state in DECISIONS.items()},
    "reply": _reply,
    "edit": _edit,
    "feature": _feature,
    "ban": _ban,
}
OF_MANY = {
    "spam_all": _all_of_them(CommentState.SPAM),
    "bin_all": _all_of_them(CommentState.BIN),
}
