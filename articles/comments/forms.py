"""The comment form: the shape of what readers send, and what tells them from machines."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from articles.comments import tokens
from articles.comments.cleaning import clean_line, clean_name, clean_text
from articles.comments.drafts import Draft
from articles.models import Article, Comment

# The limits of WordPress, whose comments get imported.
NAME_LENGTH = 245
EMAIL_LENGTH = 100
WEBSITE_LENGTH = 200
TEXT_BYTES = 65_525

FIELD_ID = "reply-%s"

_GREATEST_ID = 2**63 - 1


class _TextField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "")


class _NameField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return clean_name(super().to_python(value) or "")


class _EmailField(forms.EmailField):
    default_validators = [EmailValidator("This is not an e-mail address. One looks like a@b.org.")]

    def to_python(self, value: Any) -> str:
        # In lower case, so that one reader is one address however it is typed. Mail servers that
        # tell capitals apart exist only in RFC 5321.
        return (super().to_python(value) or "").lower()


class _WebsiteField(forms.URLField):
    default_validators = [
        URLValidator(
            schemes=("http", "https"),
            message="This is not a web address. One looks like https://example.org.",
        )
    ]

    def to_python(self, value: Any) -> str:
        return super().to_python(clean_line(value) if isinstance(value, str) else value) or ""


def _within_bytes(text: str) -> None:
    size = len(text.encode())
    if size > TEXT_BYTES:
        raise ValidationError(
            f"A comment may have at most {TEXT_BYTES:,} bytes; this one has {size:,}."
            " Please shorten it.",
            code="max_length",
        )


class CommentFields(forms.Form):
    """A reader's comment under WordPress's field names, from whichever door it comes."""

    comment = _TextField(
        label="Comment",
        validators=[_within_bytes],
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        error_messages={"required": "Please write a comment."},
    )
    author = _NameField(
        label="Name",
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
        error_messages={
            "required": "Please give a name.",
            "max_length": "A name may have at most %(limit_value)d characters; this one has"
            " %(show_value)d.",
        },
    )
    email = _EmailField(
        label="E-mail",
        max_length=EMAIL_LENGTH,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Please give an e-mail address. It is never shown.",
            "max_length": "An e-mail address may have at most %(limit_value)d characters; this one"
            " has %(show_value)d.",
        },
    )
    url = _WebsiteField(
        label="Website",
        required=False,
        max_length=WEBSITE_LENGTH,
        assume_scheme="https",
        # Browsers refuse "example.org" in a field of type url.
        widget=forms.TextInput(attrs={"autocomplete": "url", "inputmode": "url", "dir": "ltr"}),
        error_messages={
            "invalid": "This is not a web address. One looks like https://example.org.",
            "max_length": "A website's address may have at most %(limit_value)d characters; this"
            " one has %(show_value)d.",
        },
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

    def clean_author(self) -> str:
        name: str = self.cleaned_data["author"]
        if not any(character.isalnum() for character in name):
            raise ValidationError("A name needs a letter or a digit.", code="invalid")
        return name

    def draft(self) -> Draft:
        """The comment of a valid form."""
        return Draft(
            text=self.cleaned_data["comment"],
            name=self.cleaned_data["author"],
            email=self.cleaned_data["email"],
            website=self.cleaned_data["url"],
            parent_id=self.cleaned_data["comment_parent"] or None,
        )


class CommentForm(CommentFields):
    """The form on an article's page, with its signed token and a trap for machines.

    ``answering`` is the comment that the form says it answers, None for the article.
    """

    token = forms.CharField(required=False)
    subject = forms.CharField(required=False)
    """People do not see it; machines fill in whatever there is."""

    def __init__(
        self,
        article: Article,
        data: Mapping[str, Any] | None = None,
        *,
        answering: Comment | None = None,
    ) -> None:
        super().__init__(data, auto_id=FIELD_ID)
        self.article = article
        self.answering = answering

    @property
    def faults(self) -> list[str]:
        """What is wrong with the whole, or with a part that readers do not see."""
        return [*self.non_field_errors(), *self["comment_parent"].errors]

    @property
    def visible_fields_html(self) -> SafeString:
        return _draw(self)

    @property
    def fresh_token(self) -> str:
        """A token made now; a form that is shown again gets a new one."""
        return tokens.issue(self.article.pk)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("subject"):
            self.add_error(None, "A field that should stay empty was filled in. Please post again.")
        fault = tokens.fault(self.cleaned_data.get("token", ""), self.article.pk)
        if fault:
            self.add_error(None, fault.value)
        return self.cleaned_data


@dataclass(frozen=True, slots=True)
class BlankForm:
    """What a page shows of a ``CommentForm`` in which nothing was typed.

    Its fields are the same on every page and drawn once: making and drawing a form takes longer
    than all the rest of an article's page.
    """

    article: Article
    answering: Comment | None
    faults: tuple[str, ...] = ()

    @property
    def visible_fields_html(self) -> SafeString:
        return _draw_blank(get_language())

    @property
    def fresh_token(self) -> str:
        return tokens.issue(self.article.pk)


def _draw(form: CommentFields) -> SafeString:
    return mark_safe(render_to_string("articles/comments/_fields.html", {"form": form}))


@cache
def _draw_blank(language: str | None) -> SafeString:
    return _draw(CommentFields(auto_id=FIELD_ID))
