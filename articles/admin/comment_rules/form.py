"""The form behind the sentences: numbers, choices, and the lists of words."""

import hashlib
import json
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import User
from django.db import transaction
from django.forms.models import model_to_dict
from django.utils.functional import cached_property

from articles.comments.judging import words
from articles.comments.judging.words import Matcher, Words
from articles.models import (
    AuditEntry,
    CommentOrder,
    CommentPolicy,
    CommentRules,
    CommentState,
    WordList,
    WordListKind,
)

LISTS = {"held_words": WordListKind.HELD, "disallowed_words": WordListKind.DISALLOWED}

# As their sentences go on.
_CHOICES: dict[str, list[tuple[str, str]]] = {
    "policy": [
        (CommentPolicy.OPEN, "open"),
        (CommentPolicy.PREMODERATED, "all held"),
        (CommentPolicy.CLOSED, "closed, and shown"),
        (CommentPolicy.HIDDEN, "closed, and not shown"),
    ],
    "disallowed_state": [
        (CommentState.PENDING, "to the held ones"),
        (CommentState.SPAM, "to spam"),
        (CommentState.BIN, "to the bin"),
    ],
    "order": [
        (CommentOrder.OLDEST, "oldest first"),
        (CommentOrder.NEWEST, "newest first"),
        (CommentOrder.DISCUSSED, "most discussed first"),
    ],
}

_CHANGED_MEANWHILE = (
    "Somebody has changed the rules since you opened this page. What you see are yours; switch them"
    " on again if they should take the place of theirs."
)


class WordsField(forms.CharField):
    """A list of words, one a line, of any length."""

    widget = forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "dir": "auto"})

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, strip=False, **options)

    def to_python(self, value: Any) -> str:
        lines = (super().to_python(value) or "").splitlines()
        return "\n".join(line.strip() for line in lines).strip("\n")


class RulesForm(forms.ModelForm):  # type: ignore[type-arg]
    """The rules and the lists together. Every field has a label, which screen readers say; the
    sentence around it says the same to the eye."""

    held_words = WordsField(label="Held words")
    disallowed_words = WordsField(label="Disallowed words")
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = CommentRules
        exclude: ClassVar[list[str]] = []
        labels = {
            "policy": "What comments are, everywhere",
            "links_held": "Links from which a comment is held",
            "hold_first": "Approved comments that make a commenter known",
            "hold_rejected_percent": "Percent of rejected comments from which a commenter is held",
            "hold_rejected_days": "Days for which rejections count",
            "hold_imitators": "Hold names like those of the staff",
            "hold_suspicious": "Hold what machines post",
            "hold_learned": "Hold what resembles spam",
            "learned_percent": "Percent of likeness to spam from which a comment is held",
            "disallowed_state": "Where comments with disallowed words go",
            "least_length": "Characters of the shortest comment",
            "greatest_length": "Characters of the longest comment",
            "seconds_between": "Seconds between two comments",
            "hourly_of_address": "Comments from a network address in an hour",
            "hourly_of_network": "Comments from a network in an hour",
            "close_after_days": "Days until an article is closed",
            "edit_minutes": "Minutes for corrections by readers",
            "depth": "Levels of a thread",
            "threads_per_page": "Threads on a page",
            "order": "Order of the threads",
            "forget_after_days": "Days until network addresses are forgotten",
        }

    def __init__(self, data: Any = None, *, is_locked: bool = False) -> None:
        rules = CommentRules.objects.current()
        self.lists = {kept.kind: kept.words for kept in WordList.objects.all()}
        listed = {name: self.lists.get(kind, "") for name, kind in LISTS.items()}
        self.version = _digest(rules, self.lists)
        super().__init__(data, instance=rules, initial={**listed, "seen": self.version})
        for name, choices in _CHOICES.items():
            self.fields[name] = forms.ChoiceField(choices=choices, label=self.fields[name].label)
        for name, field in self.fields.items():
            field.disabled = is_locked
            field.help_text = ""  # the sentences say it
            field.widget.attrs.pop("cols", None)
            if name not in LISTS:
                field.widget.attrs["aria-label"] = field.label

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        least, greatest = given.get("least_length"), given.get("greatest_length")
        if least and greatest and least > greatest:
            self.add_error("least_length", "No comment can be as long as that and as short.")
        return given

    @cached_property
    def words(self) -> Words:
        """The lists as typed, made ready."""
        if not self.is_bound:
            return words.in_force()
        return Words(*(Matcher(self.data.get(name, "")) for name in LISTS))

    def is_outdated(self) -> bool:
        """Whether somebody has changed what is in force since the form was shown."""
        return self.cleaned_data.get("seen") != self.version

    def say_outdated(self) -> None:
        self.add_error(None, _CHANGED_MEANWHILE)

    def changes(self) -> list[str]:
        """What is otherwise than in force, in words: ``links held: 2 → 3``."""
        return [self._change(name) for name in self.changed_data if name != "seen"]

    @transaction.atomic
    def switch_on(self, by: User) -> list[str]:
        """Put the rules in force and note what has changed; nothing is written when nothing has."""
        changes = self.changes()
        if not changes:
            return []
        rules: CommentRules = self.save(commit=False)
        rules.save()
        for name, kind in LISTS.items():
            if name in self.changed_data:
                WordList.objects.update_or_create(
                    kind=kind, defaults={"words": self.cleaned_data[name]}
                )
        AuditEntry.objects.note(by, "change", rules, "; ".join(changes))
        return changes

    def _change(self, name: str) -> str:
        label = str(self.fields[name].label).lower()
        before, after = self.initial.get(name), self.cleaned_data.get(name)
        if name not in LISTS:
            return f"{label}: {_said(before)} → {_said(after)}"
        old, new = set(str(before).splitlines()), set(str(after).splitlines())
        return f"{label}: {len(new - old):,} more, {len(old - new):,} fewer"


def _digest(rules: CommentRules, lists: dict[str, str]) -> str:
    """Tells one state of the rules from another."""
    kept = json.dumps([model_to_dict(rules), sorted(lists.items())], default=str)
    return hashlib.sha256(kept.encode(errors="replace")).hexdigest()[:16]


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value)
