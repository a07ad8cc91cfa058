"""What is asked for a new key."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils import timezone

from articles.admin.choices import KnownChoicesForm
from articles.editing import authority
from articles.models import ApiKey, Scope

_DAYS = [(30, "30 days"), (90, "90 days"), (365, "1 year"), (0, "until it is revoked")]
_MOST_A_MINUTE = 100_000


class AccountChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: User) -> str:
        name = obj.get_full_name()
        return f"{name} ({obj.username})" if name else obj.username


class NewKeyForm(KnownChoicesForm):
    """For which account, for what and how long. Nobody makes a key to more than they may."""

    by: User
    """Whoever fills it in."""

    user = AccountChoice(
        User.objects.none(),
        label="Account",
        help_text="The key acts for it, and may never more than it may at the time.",
    )
    scopes = forms.MultipleChoiceField(
        label="What it is for",
        choices=[(scope.value, scope.label.capitalize()) for scope in Scope],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="With none of these it reads what everybody can read, at a rate of its own.",
    )
    days = forms.TypedChoiceField(label="For how long", coerce=int, choices=_DAYS, initial=365)
    requests_a_minute = forms.IntegerField(
        label="Requests a minute",
        required=False,
        min_value=1,
        max_value=_MOST_A_MINUTE,
        help_text="To read; writes are a fifth of it. Empty for what every key may.",
    )

    class Meta:
        model = ApiKey
        fields = ["name", "user", "scopes", "requests_a_minute"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accounts = self.fields["user"]
        assert isinstance(accounts, forms.ModelChoiceField)
        accounts.queryset = (
            authority.manageable(self.by).filter(is_active=True, is_staff=True).order_by("username")
        )
        accounts.initial = self.by.pk

    def save_m2m(self) -> None:
        """There is nothing of the kind; the admin asks all the same."""

    def key(self) -> dict[str, Any]:
        """What ``keys.make`` is to be told."""
        given = self.cleaned_data
        days = given["days"]
        return {
            "name": given["name"],
            "user": given["user"],
            "scopes": [Scope(scope) for scope in given["scopes"]],
            "expires_at": timezone.now() + timedelta(days=days) if days else None,
            "requests_a_minute": given["requests_a_minute"],
        }
