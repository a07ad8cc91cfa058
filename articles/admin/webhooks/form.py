from typing import Any

from django import forms

from articles.models import ChangeKind, Webhook
from articles.webhooks.making import check_url


class WebhookForm(forms.ModelForm):  # type: ignore[type-arg]
    """Where it leads, and what it is told of."""

    url = forms.URLField(
        label="Address",
        max_length=500,
        assume_scheme="https",
        help_text="It begins with https, and leads to a host that anybody can reach.",
    )
    kinds = forms.MultipleChoiceField(
        label="Is told of",
        choices=ChangeKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None chosen: every change.",
    )

    class Meta:
        model = Webhook
        fields = ["name", "url", "kinds"]

    def clean_url(self) -> Any:
        url = self.cleaned_data["url"]
        check_url(url)
        return url
