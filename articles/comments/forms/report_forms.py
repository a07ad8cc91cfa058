"""The forms by which readers report a comment, or an error in an article."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from articles.comments.forms.fields import EmailField, LineField, NameField, TextField
from articles.comments.forms.signed_form import SignedForm
from articles.comments.reporting.error_reports import Finding, has_words
from articles.models import Article, Comment, ReportReason
from articles.text import body

FIELD_ID = "report-%s"

_BEGINNING = 60
_TOO_LONG = "This may have at most %(limit_value)d characters; it has %(show_value)d."


class CommentReportForm(SignedForm):
    """Why a comment should not stand."""

    reason = forms.ChoiceField(
        label="What is wrong with it?",
        choices=ReportReason.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Please choose a reason."),
    )
    text = TextField(
        label="In your words",
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"max_length": _TOO_LONG},
    )

    def __init__(self, comment: Comment, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id=FIELD_ID)
        self.comment = comment

    @property
    def made_for(self) -> str:
        return f"report-{self.comment.pk}"


class ErrorReportForm(SignedForm):
    """What is wrong in an article, and where."""

    quote = LineField(
        label="The words that are wrong",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text="As they stand in the article.",
        error_messages={"max_length": _TOO_LONG},
    )
    paragraph = forms.ChoiceField(
        label="Where",
        required=False,
        error_messages={"invalid_choice": "This paragraph is no longer there."},
    )
    text = TextField(
        label="What is wrong, and what is right?",
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text="Where it can be looked up helps.",
        error_messages={"required": "Please say what is wrong.", "max_length": _TOO_LONG},
    )
    name = NameField(
        label="Your name", required=False, help_text="If you would like to be thanked by it."
    )
    email = EmailField(
        label="Your e-mail",
        required=False,
        help_text="If the newsroom may ask you back. It is never shown.",
    )

    def __init__(
        self,
        article: Article,
        data: Mapping[str, Any] | None = None,
        *,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial, auto_id=FIELD_ID)
        self.article = article
        cast(forms.ChoiceField, self.fields["paragraph"]).choices = _places(article)

    @property
    def made_for(self) -> str:
        return f"error-{self.article.pk}"

    def clean_quote(self) -> str:
        quote: str = self.cleaned_data["quote"]
        if quote and not has_words(self.article, quote):
            raise ValidationError(
                "These words are not in the article. Copy them from it, or leave this empty."
            )
        return quote

    def finding(self) -> Finding:
        """What a valid form says."""
        names = ("quote", "paragraph", "text", "name", "email")
        return Finding(**{name: self.cleaned_data[name] for name in names})


def _places(article: Article) -> list[tuple[str, str]]:
    """The paragraphs to choose from, by their first words."""
    paragraphs = [block for block in body.blocks(article.body) if block.text.strip()]
    return [
        ("", "The headline, a picture, or more than one paragraph"),
        *((block.id, f"{n}. {_beginning(block.text)}") for n, block in enumerate(paragraphs, 1)),
    ]


def _beginning(text: str) -> str:
    words = " ".join(text.split())
    if len(words) <= _BEGINNING:
        return words
    return f"{words[:_BEGINNING].rpartition(' ')[0] or words[:_BEGINNING]}…"
