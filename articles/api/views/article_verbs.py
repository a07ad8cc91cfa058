"""What is done with an article besides changing its text: each verb an address, to POST to."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.timezone import localtime
from drf_spectacular.utils import extend_schema_view
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from articles import editing
from articles.api.serializers import verb_inputs
from articles.api.serializers.article_input import RecordInput
from articles.api.serializers.articles import ArticleSerializer, CorrectionSerializer
from articles.api.views.article_writing import WritesArticles
from articles.api.writing import Conflict, StrictSerializer, Written, describe_write
from articles.api.writing.faults import checked
from articles.models import Article, Correction

Sent = Mapping[str, Any]


class Verb(WritesArticles):
    """One verb; ``takes`` is what it is told."""

    takes: ClassVar[type[StrictSerializer]]

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        def act(by: User, article: Article) -> Written:
            sent = checked(self.takes(data=request.data))
            return self.done(article, by, sent)

        return self.change(act)

    def done(self, article: Article, by: User, sent: Sent) -> Written:
        """Do it, and answer the article as it then stands."""
        self.act(article, by, sent)
        return self.written(article)

    def act(self, article: Article, by: User, sent: Sent) -> None:
        raise NotImplementedError


def _described(takes: type[StrictSerializer], text: str) -> Any:
    return extend_schema_view(
        post=describe_write(request=takes, responses={200: ArticleSerializer}, description=text)
    )


@_described(RecordInput, "Hand a draft over for review.")
class Submit(Verb):
    takes = RecordInput

    def act(self, article: Article, by: User, sent: Sent) -> None:
        editing.submit(article, by=by, reason=sent.get("reason", ""))


@_described(verb_inputs.SendBackInput, "Make a draft again of what is in review.")
class SendBack(Verb):
    takes = verb_inputs.SendBackInput

    def act(self, article: Article, by: User, sent: Sent) -> None:
        editing.send_back(article, by=by, reason=sent["reason"])


@_described(
    verb_inputs.PublishInput,
    "Bring it before readers, now or, with `at`, at a time; what stands against it is a 400.",
)
class Publish(Verb):
    takes = verb_inputs.PublishInput

    def act(self, article: Article, by: User, sent: Sent) -> None:
        editing.publish(article, by=by, at=sent.get("at"), reason=sent.get("reason", ""))


@extend_schema_view(
    post=describe_write(
        request=verb_inputs.CorrectInput,
        responses={201: CorrectionSerializer},
        description="Print a public note on it, which stays as it is printed.",
    )
)
class Correct(Verb):
    takes = verb_inputs.CorrectInput

    def done(self, article: Article, by: User, sent: Sent) -> Written:
        note = editing.correct(article, by=by, **sent)
        return Written(_answer(note), status=status.HTTP_201_CREATED, is_tagged=False)


@_described(
    verb_inputs.WithdrawInput,
    "Take it away from readers, who find the notice in its place (410). One that nobody has seen "
    "yet becomes a draft again. The answer is the article, as its desk has it.",
)
class Withdraw(Verb):
    takes = verb_inputs.WithdrawInput

    def act(self, article: Article, by: User, sent: Sent) -> None:
        editing.withdraw(article, by=by, notice=sent["notice"])


@_described(RecordInput, "Take it out of search engines, our own search and this API.")
class Deindex(Verb):
    takes = RecordInput

    def act(self, article: Article, by: User, sent: Sent) -> None:
        editing.deindex(article, by=by, reason=sent.get("reason", ""))


@_described(RecordInput, "Let it be found again.")
class Reindex(Verb):
    takes = RecordInput

    def act(self, article: Article, by: User, sent: Sent) -> None:
        editing.reindex(article, by=by, reason=sent.get("reason", ""))


@_described(verb_inputs.NothingInput, "Take it out of the bin, a draft again.")
class Restore(Verb):
    takes = verb_inputs.NothingInput

    def act(self, article: Article, by: User, sent: Sent) -> None:
        editing.restore(article, by=by)


@_described(
    verb_inputs.RevertInput,
    "Give it the text, byline, tags, section and picture that it had at a version, as a new one. "
    "What of them is no longer in the archive is a 409, unless it is to be done `anyway`.",
)
class Revert(Verb):
    takes = verb_inputs.RevertInput

    def act(self, article: Article, by: User, sent: Sent) -> None:
        number = sent["revision"]
        version = article.revisions.filter(number=number).first()
        if version is None:
            raise ValidationError({"revision": f"The article has no version {number}."})
        if not sent["anyway"] and (lost := editing.irrecoverable(version)):
            raise Conflict(f"{' '.join(lost)} With “anyway” it is brought back without.")
        editing.revert(article, version, by=by)


VERBS: dict[str, type[Verb]] = {
    "submit": Submit,
    "send-back": SendBack,
    "publish": Publish,
    "correct": Correct,
    "withdraw": Withdraw,
    "deindex": Deindex,
    "reindex": Reindex,
    "restore": Restore,
    "revert": Revert,
}
"""The verbs by the last part of their address."""


def _answer(note: Correction) -> dict[str, Any]:
    return {
        "id": note.pk,
        "kind": note.kind,
        "wrong": note.wrong,
        "text": note.text,
        "paragraph": note.paragraph,
        "placement": note.placement,
        "created_at": localtime(note.created_at),
    }
