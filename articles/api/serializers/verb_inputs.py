"""What the verbs of articles are told."""

from rest_framework import serializers

from articles.api.serializers.article_input import RecordInput
from articles.api.writing import StrictSerializer
from articles.models import CorrectionKind, Placement

_LONGEST_NOTE = 4_000
_KINDS = [kind for kind in CorrectionKind if kind != CorrectionKind.WITHDRAWAL]


class NothingInput(StrictSerializer):
    """Nothing: an empty object, or no body at all."""


class SendBackInput(StrictSerializer):
    """What is to be done before it comes back, which its author is owed."""

    reason = serializers.CharField(max_length=400)


class PublishInput(RecordInput):
    """When readers see it; without a time, now, or when it was to be seen anyway."""

    at = serializers.DateTimeField(
        required=False, help_text="A time ahead schedules it; one that is past back-dates it."
    )


class CorrectInput(StrictSerializer):
    """A public note: what was wrong and what is right."""

    kind = serializers.ChoiceField(
        [(kind.value, kind.label) for kind in _KINDS], default=CorrectionKind.CORRECTION.value
    )
    wrong = serializers.CharField(
        default="",
        allow_blank=True,
        max_length=_LONGEST_NOTE,
        help_text="The error, as readers met it. A correction needs it.",
    )
    text = serializers.CharField(
        max_length=_LONGEST_NOTE, help_text="What is right, or the note itself."
    )
    paragraph = serializers.CharField(
        default="", allow_blank=True, max_length=20, help_text="Its id in the body, such as p4."
    )
    placement = serializers.ChoiceField(Placement.choices, default=Placement.TOP.value)


class WithdrawInput(StrictSerializer):
    """The notice that readers find in its place."""

    notice = serializers.CharField(max_length=_LONGEST_NOTE)


class RevertInput(StrictSerializer):
    """The version that it shall be as again."""

    revision = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    anyway = serializers.BooleanField(
        default=False, help_text="Also where something of it is no longer in the archive."
    )
