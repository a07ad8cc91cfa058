"""The form an article is edited in."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget

from articles.admin.article.body_editor import BodyField
from articles.admin.choices import KnownChoicesForm
from articles.models import Article, Status, Tag

PUBLISH = ("_publish", "_publish_now")


class ArticleForm(KnownChoicesForm):
    slug = forms.CharField(
        max_length=200,
        required=False,
        help_text="The last part of the address; made from the headline when left empty. "
        "A change leaves a redirect.",
    )
    body = BodyField()
    tags = forms.ModelMultipleChoiceField(Tag.objects.all(), required=False)
    reason = forms.CharField(
        max_length=500,
        required=False,
        label="Reason for the change",
        help_text="For the record; of a public article readers see it too.",
    )
    is_minor = forms.BooleanField(
        required=False, label="A trifle", help_text="Folded away in the public history."
    )

    class Meta:
        model = Article
        fields = "__all__"  # narrowed by the page's fieldsets
        widgets = {
            "headline": AdminTextInputWidget(attrs={"dir": "auto", "class": "headline"}),
            "summary": AdminTextareaWidget(attrs={"dir": "auto", "rows": 3}),
            "dateline_text": AdminTextInputWidget(attrs={"dir": "auto"}),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "headline" in self.changed_data:
            data["headline_is_drawn"] = False
        if "dateline_date" in self.changed_data:
            data["dateline_year_is_guess"] = False
        is_public = self.instance.status in {Status.PUBLISHED, Status.SCHEDULED}
        if (is_public or self._publishes()) and not data.get("body", "").strip():
            self.add_error("body", "An article needs a body before it is published.")
        keeps_its_time = is_public and not self._publishes()
        if keeps_its_time and "published_at" in data and not data["published_at"]:
            self.add_error(
                "published_at", "A public article has a time. Withdraw it to take it away."
            )
        return data

    def _publishes(self) -> bool:
        return any(name in self.data for name in PUBLISH)
