"""The comment form: the shape of what readers send, and what it tells them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from articles.comments import tokens
from articles.comments.drafts import Draft
from articles.comments.forms.fields import (
    CommentField,
    EmailField,
    NameField,
    WebsiteField,
    within_rules,
)
from articles.comments.forms.signed_form import SignedForm
from articles.models import Article, Comment, CommentPolicy, CommentRules

FIELD_ID = "reply-%s"

_GREATEST_ID = 2**63 - 1


class WordsForm(forms.Form):
    """What a comment says, by the rules in force."""

    comment = CommentField(label="Comment")

    @cached_property
    def rules(self) -> CommentRules:
        """The rules in force, read once for whoever deals with the form."""
        return CommentRules.objects.current()

    def clean_comment(self) -> str:
        text: str = self.cleaned_data["comment"]
        within_rules(text, self.rules)
        return text


class CommentFields(WordsForm):
    """A reader's comment under WordPress's field names, from whichever door it comes."""

    author = NameField(label="Name", error_messages={"required": "Please give a name."})
    email = EmailField(
        label="E-mail",
        error_messages={"required": "Please give an e-mail address. It is never shown."},
    )
    url = WebsiteField(label="Website", required=False)
    wants_replies = forms.BooleanField(
        label="Tell me by e-mail when somebody answers", required=False
    )
    wants_decision = forms.BooleanField(
        label="Tell me by e-mail when my comment is approved", required=False
    )
    comment_parent = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=_GREATEST_ID,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "The comment that you answer is not known."
        ),
    )

    def draft(self) -> Draft:
        """The comment of a valid form."""
        return Draft(
            text=self.cleaned_data["comment"],
            name=self.cleaned_data["author"],
            email=self.cleaned_data["email"],
            website=self.cleaned_data["url"],
            parent_id=self.cleaned_data["comment_parent"] or None,
            wants_replies=self.cleaned_data["wants_replies"],
            wants_decision=self.cleaned_data["wants_decision"],
        )


class CommentForm(CommentFields, SignedForm):
    """The form on an article's page."""

    answering: Comment | None = None
    """The comment that the form says it answers, None for the article."""
    promise: str = ""
    """What ``promise_of`` says."""
    is_open: bool = True
    """Whether the article still takes comments; else the form only shows what was typed."""
    dated_token_address: str = ""
    """Where scripts get a dated token; a form that is shown again has one already."""

    def __init__(self, article: Article, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id=FIELD_ID)
        self.article = article

    @property
    def made_for(self) -> str:
        return str(self.article.pk)

    @property
    def faults(self) -> list[str]:
        return [*super().faults, *map(str, self["comment_parent"].errors)]

    @property
    def visible_fields_html(self) -> SafeString:
        return _draw(self)

    def token_fault(self, token: str) -> tokens.TokenFault | None:
        if tokens.is_of_page(token, self.made_for):
            return None
        return super().token_fault(token)

    def draft(self) -> Draft:
        is_undated = tokens.is_of_page(self.cleaned_data["token"], self.made_for)
        return replace(super().draft(), is_undated=is_undated)


class CorrectionForm(WordsForm):
    """What its author makes of a comment."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, text: str = "") -> None:
        super().__init__(data, initial={"comment": text}, auto_id=FIELD_ID)


@dataclass(frozen=True, slots=True)
class BlankForm:
    """What a page shows of a ``CommentForm`` in which nothing was typed.

    Its fields are the same on every page and drawn once: making and drawing a form takes longer
    than all the rest of an article's page.
    """

    article: Article
    answering: Comment | None
    promise: str
    faults: tuple[str, ...] = ()
    is_open: bool = True

    @property
    def visible_fields_html(self) -> SafeString:
        return _draw_blank(get_language())

    @property
    def fresh_token(self) -> str:
        return tokens.issue_for_page(self.article.pk)

    @property
    def dated_token_address(self) -> str:
        return f"{self.article.path}comments/token/"


def promise_of(policy: CommentPolicy, rules: CommentRules) -> str:
    """What readers are told will become of a comment, under the policy and the rules in force."""
    if policy == CommentPolicy.PREMODERATED:
        when = "A moderator reads every comment here before it appears."
    elif rules.hold_first == 0:
        when = "Most comments appear at once; some are read by a moderator first."
    elif rules.hold_first == 1:
        when = "A moderator reads your first comment before it appears; later ones mostly"
        when += " appear at once."
    else:
        when = f"A moderator reads your first {rules.hold_first} comments before they appear;"
        when += " later ones mostly appear at once."
    if rules.edit_minutes:
        minutes = "a minute" if rules.edit_minutes == 1 else f"{rules.edit_minutes} minutes"
        return f"{when} You can correct what you posted for {minutes}, and withdraw it later."
    return f"{when} You can withdraw what you posted later."


def _draw(form: CommentFields) -> SafeString:
    return mark_safe(render_to_string("articles/comments/_fields.html", {"form": form}))


@cache
def _draw_blank(language: str | None) -> SafeString:
    return _draw(CommentFields(auto_id=FIELD_ID))
