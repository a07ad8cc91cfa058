"""The fields of readers' forms: what is typed is cleaned first, then checked."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator

from articles.comments.text.cleaning import can_be_seen, clean_line, clean_name, clean_text
from articles.models import CommentRules

# The limits of WordPress, whose comments get imported.
NAME_LENGTH = 245
EMAIL_LENGTH = 100
WEBSITE_LENGTH = 200
TEXT_BYTES = 65_525

_WANTED_EMAIL = "This is not an e-mail address. One looks like a@b.org."
_WANTED_WEBSITE = "This is not a web address. One looks like https://example.org."


class TextField(forms.CharField):
    def to_python(self, value: Any) -> str:
        text = clean_text(super().to_python(value) or "")
        return text if can_be_seen(text) else ""


class LineField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return clean_line(super().to_python(value) or "")


class NameField(forms.CharField):
    default_error_messages = {
        "max_length": "A name may have at most %(limit_value)d characters; this one has"
        " %(show_value)d.",
    }

    def __init__(self, **options: Any) -> None:
        attributes = {"autocomplete": "name", "dir": "auto"}
        super().__init__(
            max_length=NAME_LENGTH, widget=forms.TextInput(attrs=attributes), **options
        )

    def to_python(self, value: Any) -> str:
        return clean_name(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not any(map(str.isalnum, value)):
            raise ValidationError("A name needs a letter or a digit.", code="invalid")


class EmailField(forms.EmailField):
    default_validators = [EmailValidator(_WANTED_EMAIL)]
    default_error_messages = {
        "max_length": "An e-mail address may have at most %(limit_value)d characters; this one"
        " has %(show_value)d.",
    }

    def __init__(self, **options: Any) -> None:
        attributes = {"autocomplete": "email"}
        super().__init__(
            max_length=EMAIL_LENGTH, widget=forms.EmailInput(attrs=attributes), **options
        )

    def to_python(self, value: Any) -> str:
        # In lower case, so that one reader is one address however it is typed. Mail servers that
        # tell capitals apart exist only in RFC 5321.
        return (super().to_python(value) or "").lower()


class WebsiteField(forms.URLField):
    default_validators = [URLValidator(schemes=("http", "https"), message=_WANTED_WEBSITE)]
    default_error_messages = {
        "invalid": _WANTED_WEBSITE,
        "max_length": "A website's address may have at most %(limit_value)d characters; this"
        " one has %(show_value)d.",
    }

    def __init__(self, **options: Any) -> None:
        # Browsers refuse "example.org" in a field of type url.
        attributes = {"autocomplete": "url", "inputmode": "url", "dir": "ltr"}
        super().__init__(
            max_length=WEBSITE_LENGTH,
            assume_scheme="https",
            widget=forms.TextInput(attrs=attributes),
            **options,
        )

    def to_python(self, value: Any) -> str:
        return super().to_python(clean_line(value) if isinstance(value, str) else value) or ""


class CommentField(TextField):
    """What a reader says, with the marks that ``rendering`` knows."""

    default_error_messages = {"required": "Please write a comment."}

    def __init__(self, **options: Any) -> None:
        super().__init__(
            validators=[within_bytes],
            widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
            help_text="You can write *emphasis*, **strong**, `code`, [words](https://…),"
            " > before a quotation and - before each point of a list.",
            **options,
        )


def within_bytes(text: str) -> None:
    """Raises ValidationError for a text that is longer than any comment may be."""
    size = len(text.encode())
    if size > TEXT_BYTES:
        raise ValidationError(
            f"A comment may have at most {TEXT_BYTES:,} bytes; this one has {size:,}."
            " Please shorten it.",
            code="max_length",
        )


def within_rules(text: str, rules: CommentRules) -> None:
    """Raises ValidationError for a comment that is shorter or longer than the rules want it."""
    length = len(text)
    if length < rules.least_length:
        raise ValidationError(
            f"A comment needs at least {rules.least_length:,} characters; this one has {length:,}.",
            code="min_length",
        )
    if 0 < rules.greatest_length < length:
        raise ValidationError(
            f"A comment may have at most {rules.greatest_length:,} characters; this one has"
            f" {length:,}. Please shorten it.",
            code="max_length",
        )
