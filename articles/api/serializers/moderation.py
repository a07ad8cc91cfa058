"""Comments as moderators have them, and what they decide."""

from typing import Any

from django.utils.timezone import localtime
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from articles.api.serializers.comments import CommentSerializer
from articles.api.serializers.sent_fields import TextField, optional_text
from articles.api.writing.fields import ListField, StrictSerializer
from articles.models import Comment, CommentState

AT_ONCE = 100
"""Comments that one request decides about."""


class ModeratedCommentSerializer(CommentSerializer):
    """A comment as a moderator has it: in whatever state, and why it is in that; no e-mail address
    and no network, to nobody. The keys from `text` on are given to keys that moderate only."""

    html_url = serializers.URLField(
        allow_null=True, help_text="Its place on the article's page, where readers see it."
    )
    text = serializers.CharField(required=False, help_text="As it was typed.")
    state = serializers.ChoiceField(CommentState.choices, required=False)
    reason = serializers.CharField(
        required=False, help_text="Which rule or whose judgement put it there."
    )
    rule = serializers.CharField(
        required=False, help_text="The rule that decided when it came, or empty."
    )
    spam_score = serializers.FloatField(
        required=False,
        allow_null=True,
        help_text="How likely spam, from 0 to 1, as learned until then.",
    )
    decided_at = serializers.DateTimeField(
        required=False, allow_null=True, help_text="When somebody decided about it last."
    )
    decided_by = serializers.CharField(
        required=False,
        allow_null=True,
        help_text="The login of whoever decided about it last.",
    )
    reports_open = serializers.IntegerField(
        required=False, help_text="Readers' reports nobody has judged yet."
    )
    withdrawn_at = serializers.DateTimeField(
        required=False, allow_null=True, help_text="When its author took it back."
    )

    def to_representation(self, instance: Comment) -> dict[str, Any]:
        """``instance`` is from ``writing.comments.everything``."""
        answer = super().to_representation(instance)
        if instance.state != CommentState.APPROVED or not instance.article.is_public():
            answer["html_url"] = None
        return answer | {
            "text": instance.text,
            "state": instance.state,
            "reason": instance.reason,
            "rule": instance.rule,
            "spam_score": instance.spam_score,
            "decided_at": localtime(instance.decided_at) if instance.decided_at else None,
            "decided_by": instance.decided_by.get_username() if instance.decided_by else None,
            "reports_open": instance.reports_open,
            "withdrawn_at": localtime(instance.withdrawn_at) if instance.withdrawn_at else None,
        }


class ChangedCommentSerializer(StrictSerializer):
    """What a moderator does with a comment."""

    state = serializers.ChoiceField(CommentState.choices, required=False)
    reason = optional_text(300, "Why; only the newsroom sees it. Goes with a state.")
    text = TextField(required=False, help_text="What it says from now on, shown as edited.")
    featured = serializers.BooleanField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.get("reason") and "state" not in attrs:
            raise ValidationError({"reason": ["It goes with a state."]})
        return attrs


class DecisionSerializer(StrictSerializer):
    """A decision about several comments."""

    ids = ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        min_length=1,
        max_length=AT_ONCE,
    )
    state = serializers.ChoiceField(CommentState.choices)
    reason = optional_text(300, "Why; only the newsroom sees it.")


class DecidedSerializer(serializers.Serializer[Any]):
    """What became of a decision about several comments."""

    state = serializers.ChoiceField(CommentState.choices)
    changed = serializers.ListField(child=serializers.IntegerField())
    unchanged = serializers.ListField(
        child=serializers.IntegerField(),
        help_text="Decided so before, or taken back by their authors.",
    )


class ReplySerializer(StrictSerializer):
    """An answer of the newsroom to a comment."""

    comment = TextField(help_text="What you have to say, as plain text.")
    parent = serializers.IntegerField(  # type: ignore[assignment]
        min_value=1, max_value=2**63 - 1, help_text="The id of the comment that you answer."
    )
