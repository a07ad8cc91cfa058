"""Moderates comments, by the verbs of the moderators' desk."""

from typing import Any, ClassVar

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError as Refused
from django.db.models import F, QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiResponse
from rest_framework import status
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api.authentication import caller
from articles.api.serializers.moderation import (
    ChangedCommentSerializer,
    DecidedSerializer,
    DecisionSerializer,
    ModeratedCommentSerializer,
    ReplySerializer,
)
from articles.api.visibility import public_articles
from articles.api.writing.description import describe_write
from articles.api.writing.endpoint import NOTHING, WritingEndpoint, Written
from articles.api.writing.faults import checked
from articles.api.writing.refusals import Conflict
from articles.api.writing.rights import require_right
from articles.comments import counts, moderation, staff
from articles.comments.forms.fields import within_bytes
from articles.comments.senders import MODERATE
from articles.models import ApiKey, Comment, CommentState, Scope

TAKEN_BACK = "Its author has taken the comment back: it is not approved or held any more."


def everything() -> QuerySet[Comment]:
    """All comments, in whatever state and on whatever article, with what their answer asks of
    them."""
    related = Comment.objects.select_related("article", "decided_by")
    return related.defer("article__body", "article__summary").annotate(answers=F("parent"))


def is_moderator(request: Request) -> bool:
    """Whether a key asks that moderates, for an account that does."""
    key = request.auth
    return (
        isinstance(key, ApiKey)
        and key.has_scope(Scope.MODERATE)
        and request.user.has_perm(MODERATE)
    )


def require_moderator(request: Request) -> User:
    """The account for which a key moderates. Raises what ``caller`` raises, and
    ``PermissionDenied`` where the account may not."""
    by = caller(request, Scope.MODERATE)
    if not by.has_perm(MODERATE):
        raise PermissionDenied(f"The account “{by.get_username()}” may not moderate comments.")
    return by


class Moderation(WritingEndpoint):
    """What all moderation has in common."""

    needs: ClassVar[Scope] = Scope.MODERATE

    def represent(self, subject: Comment) -> Any:
        found = everything().get(pk=subject.pk)
        return ModeratedCommentSerializer(found, context={"links": self.links}).data


class CommentChange(Moderation):
    """A comment that is decided about, edited, featured or deleted."""

    @describe_write(request=ChangedCommentSerializer, responses={200: ModeratedCommentSerializer})
    def patch(self, request: Request, key: int) -> Response:
        """Put a comment into a state, edit what it says, or feature it."""
        return self.change(self._change)

    @describe_write(request=None, responses={204: OpenApiResponse(description="It is deleted.")})
    def delete(self, request: Request, key: int) -> Response:
        """Delete a comment for good; the answers to it move up one level."""
        return self.change(self._delete)

    def subject(self, by: User) -> Comment:
        require_moderator(self.request)
        if self.request.method == "DELETE":
            require_right(by, "delete", Comment)
        asked = Comment.objects.filter(pk=self.kwargs["key"])
        # Nobody decides about it between the look at it and what is done to it.
        counts.lock(asked.values_list("article", flat=True))
        comment = asked.first()
        if comment is None:
            raise Http404
        return comment

    def _change(self, by: User, comment: Comment) -> Written:
        sent = checked(ChangedCommentSerializer(data=self.request.data))
        if "text" in sent:
            staff.edit(comment, _words("text", sent["text"]), by=by)
        if "state" in sent:
            state = CommentState(sent["state"])
            if comment.withdrawn_at and state in (CommentState.APPROVED, CommentState.PENDING):
                raise Conflict(TAKEN_BACK)
            moderation.decide([comment], state, by=by, reason=sent["reason"])
            comment.state = state
        if "featured" in sent and sent["featured"] != (comment.featured_at is not None):
            if sent["featured"] and comment.state != CommentState.APPROVED:
                raise Conflict("Only an approved comment can be featured.")
            staff.feature(comment, by=by)
        return Written(self.represent(comment), modified=comment.created_at)

    def _delete(self, by: User, comment: Comment) -> Written:
        moderation.delete([comment], by=by)
        return NOTHING


class Decision(Moderation):
    """A decision about several comments at once."""

    @describe_write(request=DecisionSerializer, responses={200: DecidedSerializer}, makes=True)
    def post(self, request: Request) -> Response:
        """Put up to a hundred comments into a state: all, or none where one is not there."""
        return self.create(self._decide)

    def _decide(self, by: User) -> Written:
        require_moderator(self.request)
        sent = checked(DecisionSerializer(data=self.request.data))
        asked = list(dict.fromkeys(sent["ids"]))
        found = list(Comment.objects.filter(pk__in=asked).only("pk", "article"))
        if missing := set(asked) - {comment.pk for comment in found}:
            named = ", ".join(map(str, sorted(missing)))
            raise ValidationError({"ids": [f"There is no comment {named}."]})
        state = CommentState(sent["state"])
        changed = {was.pk for was in moderation.decide(found, state, by=by, reason=sent["reason"])}
        data = {
            "state": state.value,
            "changed": [pk for pk in asked if pk in changed],
            "unchanged": [pk for pk in asked if pk not in changed],
        }
        return Written(data, is_tagged=False)


class Reply(Moderation):
    """An answer of the newsroom, which a list of comments takes from a moderator's key."""

    def reply(self, article: int) -> Response:
        """Answer an approved comment on ``article``, as the account and with its badge; where
        readers may not comment any more, too."""
        return self.create(lambda by: self._reply(by, article))

    def _reply(self, by: User, article: int) -> Written:
        sent = checked(ReplySerializer(data=self.request.data))
        answered = Comment.objects.select_related("article")
        parent = answered.filter(article=article, pk=sent["parent"]).first()
        if parent is None:
            # Whether an article that is not public is there, only its comments tell.
            if not public_articles().filter(pk=article).exists():
                raise Http404
            raise ValidationError({"parent": ["There is no such comment on this article."]})
        if parent.state != CommentState.APPROVED:
            raise Conflict("The comment that you answer is not approved. Approve it first.")
        comment = staff.answer(parent, _words("comment", sent["comment"]), by=by)
        address = self.links.endpoint("comment", comment.pk)
        return Written(
            self.represent(comment),
            status=status.HTTP_201_CREATED,
            created_at=address,
            is_of=address,
            modified=comment.created_at,
        )


def _words(field: str, text: str) -> str:
    """What a moderator writes. Raises ``ValidationError`` where it is nothing, or too much."""
    if not text.strip():
        raise ValidationError({field: ["There are no words in it."]})
    try:
        within_bytes(text)
    except Refused as refused:
        raise ValidationError({field: refused.messages}) from refused
    return text
