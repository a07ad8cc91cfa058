"""What tells the people who use a form from machines: a signed token, and a field as a trap."""

from typing import Any

from django import forms

from articles.comments import tokens


class SignedForm(forms.Form):
    """A form that was made here, for one subject, not too long and not too short ago."""

    token = forms.CharField(required=False)
    subject = forms.CharField(required=False)
    """People do not see it; machines fill in whatever there is."""

    @property
    def made_for(self) -> str:
        """What the token is signed for; each form has its own."""
        raise NotImplementedError

    @property
    def faults(self) -> list[str]:
        """What is wrong with the whole, or with a part that readers do not see."""
        return [str(fault) for fault in self.non_field_errors()]

    @property
    def fresh_token(self) -> str:
        """The token for this form; one that is shown again keeps its own as long as that is good,
        for whoever has typed a comment need not wait again."""
        given = str(self.data.get("token", ""))
        if tokens.fault(given, self.made_for) in (None, tokens.TokenFault.EARLY):
            return given
        return tokens.issue(self.made_for)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("subject"):
            self.add_error(None, "A field that should stay empty was filled in. Please post again.")
        fault = self.token_fault(self.cleaned_data.get("token", ""))
        if fault:
            self.add_error(None, fault.value)
        return self.cleaned_data

    def token_fault(self, token: str) -> tokens.TokenFault | None:
        """Why the form cannot be taken with this token."""
        return tokens.fault(token, self.made_for)
