"""Printing a public note on an article: a correction, a clarification, an update; also because a
reader reported an error."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from articles import editing
from articles.admin.article.desk_page import article_page, back_to, draw
from articles.admin.base import editor
from articles.editing.error_reports import JUDGE
from articles.editing.rules import Action
from articles.models import (
    Article,
    Correction,
    CorrectionKind,
    ErrorReport,
    ErrorReportState,
    Placement,
)
from articles.templatetags.moments import short_day
from articles.text.body import blocks

_LONGEST = 4_000
_FIRST_WORDS = 70  # characters
_DIGITS = 18  # of the greatest number that is looked up

# A withdrawal has its own page, for it takes the article away as well.
KINDS = [choice for choice in CorrectionKind.choices if choice[0] != CorrectionKind.WITHDRAWAL]


class CorrectionForm(forms.Form):
    """A note on one article, whose paragraphs it offers by their first words."""

    kind = forms.ChoiceField(label="What it is", choices=KINDS)
    wrong = forms.CharField(
        label="What was wrong",
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text="The error, as readers met it. A correction needs it; the others may do without.",
    )
    text = forms.CharField(
        label="What is right",
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text="What is right, or the note itself.",
        error_messages={"required": "A note says what is right."},
    )
    paragraph = forms.ChoiceField(label="Which paragraph", required=False)
    placement = forms.ChoiceField(
        label="Where it stands", choices=Placement.choices, widget=forms.RadioSelect, initial="top"
    )

    def __init__(
        self, article: Article, data: Any = None, report: ErrorReport | None = None
    ) -> None:
        """``report`` is what a reader found wrong, which fills in what it says."""
        found = {"wrong": report.quote, "paragraph": report.paragraph} if report else {}
        super().__init__(data, initial=found)
        self.article = article
        with_words = [block for block in blocks(article.body) if block.text.strip()]
        paragraph = self.fields["paragraph"]
        assert isinstance(paragraph, forms.ChoiceField)
        paragraph.choices = [
            ("", "The article as a whole"),
            *(
                (block.id, f"{number}. {Truncator(block.text.strip()).chars(_FIRST_WORDS)}")
                for number, block in enumerate(with_words, 1)
            ),
        ]

    def save(self, by: User) -> Correction | None:
        """The note, printed; None, with what stands against it in the form, where it is not."""
        if not self.is_valid():
            return None
        try:
            return editing.correct(self.article, by=by, **self.cleaned_data)
        except ValidationError as error:
            self.add_error(None, error)
            return None


@article_page(Action.CORRECT)
def correct(request: HttpRequest, article: Article) -> HttpResponse:
    """Asks for both sides of the note, and prints it; shows those that are printed.

    ``?report=`` is a reader's report of an error, which the note accepts.
    """
    report = _report(request, article)
    form = CorrectionForm(article, request.POST if request.method == "POST" else None, report)
    if note := _print(form, report, editor(request)):
        messages.success(request, f"{note.get_kind_display()}: readers see it on the article.")
        return back_to(article)
    printed = article.corrections.select_related("created_by")
    return draw(request, "correct", article, "Correct", form=form, printed=printed, report=report)


def _print(form: CorrectionForm, report: ErrorReport | None, by: User) -> Correction | None:
    """The note, printed, and the report accepted; or neither, with the reason in the form."""
    try:
        with transaction.atomic():
            note = form.save(by)
            if note and report:
                editing.accept_report(report, by=by, correction=note)
            return note
    except ValidationError as error:
        form.add_error(None, error)
        return None


def _report(request: HttpRequest, article: Article) -> ErrorReport | None:
    """The open report that the address names, for those who may judge it."""
    key = request.GET.get("report", "")
    if not key.isdecimal() or len(key) > _DIGITS or not editor(request).has_perm(JUDGE):
        return None
    reports = article.error_reports.filter(state=ErrorReportState.OPEN)
    return reports.filter(pk=int(key)).first()


def printed_notes(article: Article) -> SafeString | str:
    """The notes on an article in short, newest first, for its page at the desk."""
    notes = ((short_day(note.created_at), str(note)) for note in article.corrections.all())
    return format_html_join("", '<div dir="auto">{} {}</div>', notes) or "none"
