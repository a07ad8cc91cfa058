"""The form an article is edited in.

It carries, hidden, what each field held when the page was opened. So it knows what its editor
changed: what they left alone keeps the value that the article has by now, and what somebody else
changed meanwhile is put before them (see ``conflict``) instead of being overwritten.
"""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import QueryDict

from articles import editing
from articles.admin.article.body_editor import BodyField
from articles.admin.article.conflict import resolved
from articles.admin.choices import CurrentChoicesField, KnownChoicesForm
from articles.models import Article, Status, Tag

PUBLISH = ("_publish", "_publish_now")
RESUME = "_resume"
"""Set when what was kept unsaved comes back into the form, to be looked at and not yet saved."""


def staff() -> QuerySet[User]:
    """Those whose turn it can be."""
    return User.objects.filter(is_active=True, is_staff=True).order_by("username")


class ArticleForm(KnownChoicesForm):
    slug = forms.CharField(
        max_length=200,
        required=False,
        help_text="The last part of the address; made from the headline when left empty. "
        "A change leaves a redirect.",
    )
    body = BodyField()
    tags = CurrentChoicesField(Tag.objects.all(), required=False)
    assigned_to = forms.ModelChoiceField(
        staff(), required=False, label="Whose turn", help_text="Who shall write, review or mend it."
    )
    reason = forms.CharField(
        max_length=500,
        required=False,
        label="Reason for the change",
        help_text="For the record; of a public article readers see it too.",
    )
    is_minor = forms.BooleanField(
        required=False, label="A trifle", help_text="Folded away in the public history."
    )
    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Article
        fields = "__all__"  # narrowed by the page's fieldsets
        widgets = {
            "headline": AdminTextInputWidget(attrs={"dir": "auto", "class": "headline"}),
            "summary": AdminTextareaWidget(attrs={"dir": "auto", "rows": 3}),
            "dateline_text": AdminTextInputWidget(attrs={"dir": "auto"}),
        }

    # Of the article itself, not of the one save.
    ABOUT_THE_SAVE = frozenset({"reason", "is_minor", "based_on"})

    def __init__(self, data: QueryDict | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(resolved(data) if data else data, *args, **kwargs)
        self.is_overtaken = False
        self.initial["based_on"] = self.instance.revision
        if "tags" in self.fields:
            # The widget that the page has wrapped in its buttons.
            self.fields["tags"].widget.widget.known = self.initial.get("tags", ())
        for name in ("published_at", "embargo_until"):
            if name in self.fields:
                for part, widget in zip(
                    ("date", "time"), self.fields[name].widget.widgets, strict=True
                ):
                    widget.attrs["aria-label"] = f"{self.fields[name].label}: {part}"

    def shared_fields(self) -> list[str]:
        return [name for name in self.fields if name not in self.ABOUT_THE_SAVE]

    @property
    def is_resumed(self) -> bool:
        """Whether it only shows again what was kept unsaved."""
        return RESUME in self.data

    def is_valid(self) -> bool:
        return super().is_valid() and not self.is_resumed and not self.is_overtaken

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.is_overtaken = self._is_overtaken()
        for changed, mark in (
            ("headline", "headline_is_drawn"),
            ("dateline_date", "dateline_year_is_guess"),
        ):
            if changed in self.changed_data and mark in self.fields:
                data[mark] = False
        if self.instance.pk and data.get("updates") == self.instance:
            self.add_error("updates", "An article cannot bring itself up to date.")
        is_public = self.instance.status in {Status.PUBLISHED, Status.SCHEDULED}
        keeps_its_time = is_public and not self._publishes()
        if keeps_its_time and "published_at" in data and not data["published_at"]:
            self.add_error(
                "published_at", "A public article has a time. Withdraw it to take it away."
            )
        return data

    def _is_overtaken(self) -> bool:
        """Whether somebody else has saved since the page was opened."""
        based_on = self.cleaned_data.get("based_on")
        if not self.instance.pk or based_on is None:
            return False
        # Read anew, under the lock that the page has taken: nobody saves in between.
        revisions = Article.objects.filter(pk=self.instance.pk).values_list("revision", flat=True)
        return bool(based_on != revisions.first())

    def _post_clean(self) -> None:
        super()._post_clean()
        is_public = self.instance.status in {Status.PUBLISHED, Status.SCHEDULED}
        if bool(self.errors) or self.is_resumed or not (is_public or self._publishes()):
            return
        for found in editing.stops(self.instance):
            self.add_error(found.field if found.field in self.fields else None, found.message)

    def _publishes(self) -> bool:
        return any(name in self.data for name in PUBLISH)
