"""Readers' comments: all of them, those of an article, a new one, and their moderation."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import (
    OpenApiParameter,
    PolymorphicProxySerializer,
    extend_schema,
    extend_schema_view,
)
from rest_framework.exceptions import ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api.filters import CommentFilter
from articles.api.pagination import Order, Orders
from articles.api.schema import COMMENT_REFUSALS
from articles.api.serializers.comments import (
    CommentSerializer,
    HeldCommentSerializer,
    NewCommentSerializer,
)
from articles.api.serializers.moderation import ModeratedCommentSerializer, ReplySerializer
from articles.api.views.articles import public_article
from articles.api.views.base import DetailEndpoint, ListEndpoint
from articles.api.visibility import public_comments
from articles.api.writing.comments import (
    CommentChange,
    Reply,
    everything,
    is_moderator,
    require_moderator,
)
from articles.api.writing.description import describe_write
from articles.api.writing.endpoint import DRY_RUN
from articles.api.writing.fields import refuse_unknown
from articles.comments import tokens
from articles.comments.forms.comment_form import CommentFields
from articles.comments.submission import Outcome, Submission, submit
from articles.models import Article, Comment, CommentState

HELD = "Your comment is held until a moderator has read it."


_STATE = OpenApiParameter(
    "state",
    str,
    enum=CommentState.values,
    description="Those in a state, each as a moderator has it. Needs a key that moderates.",
)


_IN_ALL_SHAPES = extend_schema_view(get=extend_schema(responses=ModeratedCommentSerializer))


class _ForModerators(GenericAPIView[Comment]):
    """Comments as everybody reads them, or where ``is_of_desk`` as moderators do."""

    is_of_desk = False

    def get_serializer_class(self) -> type[CommentSerializer]:
        return ModeratedCommentSerializer if self.is_of_desk else CommentSerializer


@_IN_ALL_SHAPES
class CommentList(_ForModerators, ListEndpoint):
    """The comments on all articles, the newest first."""

    parameters = (_STATE,)
    filterset_class = CommentFilter
    scope = "comments"
    orders = Orders(
        {
            "newest": Order(("created_at", "id"), descending=True),
            "oldest": Order(("created_at", "id")),
        }
    )

    def get_queryset(self) -> QuerySet[Comment]:
        if _STATE.name not in self.request.query_params:
            return public_comments()
        require_moderator(self.request)
        self.is_of_desk = True
        state = self.request.query_params[_STATE.name]
        if state not in CommentState.values:
            states = ", ".join(CommentState.values)
            raise ValidationError({_STATE.name: [f"“{state}” is none of: {states}."]})
        return everything().filter(state=state)


@_IN_ALL_SHAPES
class CommentDetail(_ForModerators, CommentChange, DetailEndpoint):
    """One comment; to a key that moderates in whatever state, and with what a moderator knows."""

    modified = "created_at"

    def get_queryset(self) -> QuerySet[Comment]:
        self.is_of_desk = is_moderator(self.request)
        return everything() if self.is_of_desk else public_comments()


_COMMENT_OR_REPLY = PolymorphicProxySerializer(
    component_name="CommentOrReply",
    serializers=[NewCommentSerializer, ReplySerializer],
    resource_type_field_name=None,
)


class ArticleComments(Reply, ListEndpoint):
    """The comments on an article: the oldest thread first, an answer below what it answers."""

    serializer_class = CommentSerializer
    scope = "article comments"
    order = Order(("path",))

    def get_queryset(self) -> QuerySet[Comment]:
        return public_comments()

    def filter_queryset(self, queryset: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        return queryset.filter(article=public_article(self.kwargs["article"]))

    @describe_write(
        request={"application/json": _COMMENT_OR_REPLY},
        responses={
            201: ModeratedCommentSerializer,
            202: HeldCommentSerializer,
            **COMMENT_REFUSALS,
        },
        makes=True,
        limit="Only with a key that moderates: a reader's comment is not tried, and the same again "
        "is refused anyway (409).",
    )
    def post(self, request: Request, article: int) -> Response:
        """Leave a comment, on the terms of the form on the article's page. With a key that
        moderates it is an answer of the newsroom to a comment: approved at once, with its badge,
        where readers may not comment any more, too."""
        if is_moderator(request):
            return self.reply(article)
        if DRY_RUN in request.query_params:
            raise ValidationError({DRY_RUN: ["Readers' comments are not tried."]})
        subject = public_article(article)
        fields = _draft_fields(request.data)
        submission = submit(
            subject,
            fields.draft(),
            rules=fields.rules,
            address=request.META.get("REMOTE_ADDR", ""),
            user_agent=request.headers.get("User-Agent", ""),
        )
        return self._answer(subject, submission)

    def _answer(self, article: Article, submission: Submission) -> Response:
        comment, outcome = submission.comment, submission.outcome
        if comment is None:
            waiting = {"Retry-After": str(submission.retry_after)}
            return Response(
                {"detail": submission.message},
                status=outcome.status,
                headers=waiting if outcome is Outcome.FLOOD else None,
            )
        if outcome is Outcome.HELD:
            key = tokens.held_key(comment.pk)
            page = self.links.page(article.path or "")
            held = {
                "detail": HELD,
                "id": comment.pk,
                "html_url": f"{page}?held={key}#comment-{comment.pk}",
            }
            return Response(held, status=outcome.status)
        published = public_comments().get(pk=comment.pk)
        return Response(
            self.get_serializer(published).data,
            status=outcome.status,
            headers={"Location": self.links.endpoint("comment", comment.pk)},
        )


def _draft_fields(data: Any) -> CommentFields:
    """The comment that ``data`` holds, by the form's own rules.

    Raises ``ValidationError`` naming the fields at fault as they are named here.
    """
    shape = NewCommentSerializer(data=data)
    shape.is_valid(raise_exception=True)
    refuse_unknown(data, list(shape.fields))
    values = shape.validated_data
    fields = CommentFields({**values, "comment_parent": values.get("parent")})
    if not fields.is_valid():
        raise ValidationError(
            {
                _NAMES.get(name, name): [str(fault) for fault in faults]
                for name, faults in fields.errors.items()
            }
        )
    return fields


_NAMES = {"comment_parent": "parent", "__all__": "detail"}
