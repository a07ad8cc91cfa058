"""Forms that ask before they save what is hardly meant, and save it for who says so."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from articles.admin.choices import KnownChoicesForm
from articles.vocabulary.doubts import Doubt


class Question(NamedTuple):
    """A doubt as the page shows it; ``address`` is the page of the entry it is about, if any."""

    key: str
    text: str
    other: str
    address: str


class AskingForm(KnownChoicesForm):
    """A form with ``doubts``. Each that has not been answered stops it, as an error of its field,
    and is shown above the form with a tick that answers it; what was typed stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions: list[Question] = []

    def doubts(self) -> Iterator[Doubt]:
        """What is doubtful of the instance as it would be saved."""
        yield from ()

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors or not self.has_changed() or self.cleaned_data.get("DELETE"):
            return
        sent: Any = self.data
        answered = sent.getlist("asked") if "all_the_same" in sent else []
        for doubt in self.doubts():
            if doubt.key not in answered:
                self.questions.append(_question(doubt))
                field = doubt.field if doubt.field in self.fields else None
                self.add_error(field, ValidationError(doubt.question, code="question"))


def questions_of(context: dict[str, Any]) -> list[Question]:
    """All that the forms of a change page ask."""
    shown: list[forms.BaseForm] = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        shown += inline.formset.forms
    return [one for form in shown for one in getattr(form, "questions", ())]


def _question(doubt: Doubt) -> Question:
    other = doubt.other
    address = ""
    if other is not None:
        address = reverse(f"admin:articles_{other._meta.model_name}_change", args=[other.pk])
    return Question(doubt.key, doubt.question, str(other or ""), address)
