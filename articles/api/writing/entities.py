"""Writes places, people, organisations, tags, sections and authors, by the rules of the desk."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError as Refused
from django.db.models import Model, QuerySet
from django.http import Http404
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
    inline_serializer,
)
from rest_framework import serializers, status
from rest_framework.exceptions import APIException, PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from articles import vocabulary
from articles.api.parameters import by_key, choices
from articles.api.serializers.sent_entities import SentEntrySerializer, SentMergeSerializer
from articles.api.writing.description import describe_write
from articles.api.writing.endpoint import NOTHING, WritingEndpoint, Written
from articles.api.writing.faults import checked
from articles.api.writing.refusals import Conflict
from articles.api.writing.rights import require_right
from articles.api.writing.sight import readable
from articles.models import AuditEntry
from articles.vocabulary import finding
from articles.vocabulary.doubts import Doubt
from articles.vocabulary.merging import merge
from articles.vocabulary.saving import Doubtful, save

FORCE = "force"
_MERGE = "articles.merge_entities"

_Endpoint = TypeVar("_Endpoint", bound=type["EntryWriting"])


class Questions(APIException):
    """The desk would ask before it saves this."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "doubtful"

    def __init__(self, doubts: list[dict[str, Any]]) -> None:
        super().__init__()
        asked = " ".join(doubt["question"] for doubt in doubts)
        detail = f"{asked} With {FORCE}=true it is saved all the same."
        self.detail: Any = {"detail": detail, "doubts": doubts}


class EntryWriting(WritingEndpoint):
    """What a list, an entry and its merge have in common.

    The endpoint says which ``model`` it is about, what is ``sent``, and what there is of
    ``everything``, public or not, in the shape of its answer.
    """

    model: ClassVar[type[Model]]
    sent: ClassVar[type[SentEntrySerializer]]
    endpoint: ClassVar[str]

    def everything(self) -> QuerySet[Any]:
        raise NotImplementedError

    def allowed_parameters(self) -> set[str]:
        is_saved = self.request.method in ("POST", "PUT", "PATCH")
        return super().allowed_parameters() | ({FORCE} if is_saved else set())

    def represent(self, subject: Any) -> Any:
        """Also of what only drafts name, which who may write it knows from the answers."""
        found = self.everything().get(pk=subject.pk)
        return self.get_serializer(found).data  # type: ignore[attr-defined]

    def save(self, by: User, entry: Model, *, partial: bool = False) -> dict[str, Any]:
        """Save ``entry`` with what was sent. Returns its representation."""
        is_meant = choices(self.request.query_params, FORCE, ["true", "false"]) == ["true"]
        sent = self.sent(data=self.request.data, partial=partial)
        checked(sent)
        belongings = sent.fill(entry, self.sight)
        try:
            save(entry, belongings, by=by, is_meant=is_meant, knows=self.knows)
        except Doubtful as error:
            raise Questions([self._question(doubt) for doubt in error.doubts]) from error
        answer: dict[str, Any] = self.represent(entry)
        return answer

    def sight(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return readable(self.request, rows)

    def knows(self, entry: Model) -> bool:
        """Whether the key may read the entry, or what it was merged into."""
        rows = type(entry)._default_manager.filter(pk=finding.current(entry).pk)
        return self.sight(rows).exists()

    def found(self, key: str) -> Any:
        """The entry that an address is of, by a slug that it once had too.

        Raises ``Http404``, or ``Conflict`` where it was merged into another.
        """
        value = next(iter(by_key(key).values()))
        return self._standing(finding.find(self.model, [value], self.sight).get(value))

    def _standing(self, entry: Any) -> Any:
        if entry is None:
            raise Http404
        if (target := finding.current(entry)) is not entry:
            raise Conflict(f"“{entry}” was merged into “{target}” ({target.pk}). Write that.")
        return entry

    def _question(self, doubt: Doubt) -> dict[str, Any]:
        question, url = doubt.question, None
        if doubt.other and self.knows(doubt.other):
            url = self.links.endpoint(self.endpoint, doubt.other.pk)
        elif doubt.other:
            question = "There is one at the desk already that it may be, which is not public."
        return {"field": doubt.field, "question": question, "url": url}


class EntryCreation(EntryWriting):
    """A list to which entries are added."""

    def post(self, request: Request) -> Response:
        return self.create(self._add)

    def _add(self, by: User) -> Written:
        require_right(by, "add", self.model)
        entry = self.model()
        data = self.save(by, entry)
        address = self.links.endpoint(self.endpoint, entry.pk)
        return Written(
            data,
            status=status.HTTP_201_CREATED,
            created_at=address,
            is_of=address,
            modified=getattr(entry, "updated_at", None),
        )


class EntryChange(EntryWriting):
    """An entry that is replaced, changed or deleted."""

    def put(self, request: Request, key: str) -> Response:
        return self.change(lambda by, entry: self._saved(by, entry, partial=False))

    def patch(self, request: Request, key: str) -> Response:
        return self.change(lambda by, entry: self._saved(by, entry, partial=True))

    def delete(self, request: Request, key: str) -> Response:
        return self.change(self._delete)

    def subject(self, by: User) -> Any:
        # Who may not write it learns nothing of whether it is there.
        verb = "delete" if self.request.method == "DELETE" else "change"
        require_right(by, verb, self.model)
        entry = self.found(self.kwargs["key"])
        # It may have been deleted or merged since it was found.
        locked = self.model._default_manager.select_for_update().filter(pk=entry.pk)
        return self._standing(locked.first())

    def _saved(self, by: User, entry: Any, *, partial: bool) -> Written:
        data = self.save(by, entry, partial=partial)
        return Written(data, modified=getattr(entry, "updated_at", None))

    def _delete(self, by: User, entry: Any) -> Written:
        if reasons := vocabulary.obstacles(entry):
            raise Conflict(" ".join(reasons))
        AuditEntry.objects.note(by, "delete", entry)
        vocabulary.delete_entity(entry, by=by)
        return NOTHING


class EntryMerge(EntryWriting):
    """An entry that becomes part of another."""

    def allowed_parameters(self) -> set[str]:
        return super().allowed_parameters() - {FORCE}

    def post(self, request: Request, key: str) -> Response:
        return self.change(self._merge)

    def subject(self, by: User) -> Any:
        if not by.has_perm(_MERGE):
            raise PermissionDenied(f"The account “{by.get_username()}” may not merge entries.")
        # The merge locks both, in the order in which all merges do.
        return self.found(self.kwargs["key"])

    def _merge(self, by: User, source: Any) -> Written:
        sent = checked(SentMergeSerializer(data=self.request.data))
        found = finding.find(self.model, [sent["into"]], self.sight).get(sent["into"])
        if found is None:
            what = self.model._meta.verbose_name
            raise ValidationError({"into": [f"There is no {what} “{sent['into']}”."]})
        target: Any = finding.current(found)
        try:
            merge(source, target, by=by, reason=sent["reason"])
        except Refused as refused:
            raise Conflict(" ".join(refused.messages)) from refused
        return Written(
            self.represent(target),
            is_of=self.links.endpoint(self.endpoint, target.pk),
            modified=getattr(target, "updated_at", None),
        )


# The schema


_DOUBTS = inline_serializer(
    "Doubts",
    {
        "detail": serializers.CharField(help_text="Why it was not saved."),
        "doubts": inline_serializer(
            "Doubt",
            {
                "field": serializers.CharField(),
                "question": serializers.CharField(),
                "url": serializers.URLField(
                    allow_null=True,
                    help_text="The entry that it may be meant to be, if the key may read it.",
                ),
            },
            many=True,
            required=False,
        ),
    },
)
_ASKED = OpenApiResponse(
    _DOUBTS,
    description="Something in it is hardly meant, such as a name that another entry has "
    "(`doubts`), or it cannot be done as things stand.",
)
_FORCE = OpenApiParameter(
    FORCE,
    str,
    enum=["true", "false"],
    description="With `true` it is saved whatever the desk would ask about it.",
)


def describe_entry(endpoint: _Endpoint) -> _Endpoint:
    """Describe the handlers of an endpoint that writes entries of a kind."""
    what = endpoint.model._meta.verbose_name
    shape: Any = endpoint.serializer_class  # type: ignore[attr-defined]
    handlers: dict[str, Callable[..., Any]] = {}
    if issubclass(endpoint, EntryCreation):
        handlers["post"] = _saving(endpoint, 201, shape, f"Add a {what}.", makes=True)
    if issubclass(endpoint, EntryChange):
        handlers["put"] = _saving(
            endpoint, 200, shape, f"Replace a {what}; what is left out has its default."
        )
        handlers["patch"] = _saving(endpoint, 200, shape, f"Change fields of a {what}.")
        handlers["delete"] = describe_write(
            request=None,
            responses={204: OpenApiResponse(description="It is deleted.")},
            description=f"Delete a {what}.",
        )
    if issubclass(endpoint, EntryMerge):
        handlers["post"] = describe_write(
            request=SentMergeSerializer,
            responses={200: shape},
            description=f"Make a {what} part of another, to whose address its own then leads.",
        )
    described: _Endpoint = extend_schema_view(**handlers)(endpoint)
    return described


def _saving(
    endpoint: type[EntryWriting], code: int, shape: Any, description: str, *, makes: bool = False
) -> Callable[..., Any]:
    describe = describe_write(
        request=endpoint.sent,
        responses={code: shape, 409: _ASKED},
        makes=makes,
        description=description,
    )
    return lambda handler: extend_schema(parameters=[_FORCE])(describe(handler))
