"""Articles: the list and what it can be narrowed by, one article, its versions."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.http import http_date
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api import desk, loading
from articles.api.authentication import caller
from articles.api.facets import FACETS_SCHEMA, describe_facets
from articles.api.formats import (
    CSVRenderer,
    JSONFeedRenderer,
    NinjsRenderer,
    keys,
    refuse_misfits,
    shaped,
)
from articles.api.media_types import JSONRenderer
from articles.api.pagination import CursorPagination, Order
from articles.api.parameters import choices
from articles.api.schema import ARTICLE_FIELDS, ARTICLE_PARAMETERS
from articles.api.selection import Selection, select
from articles.api.serializers.articles import ArticleSerializer
from articles.api.serializers.revisions import RevisionSerializer
from articles.api.views.article_writing import ChangesArticle, MakesArticles
from articles.api.views.base import ListEndpoint
from articles.api.visibility import public_articles
from articles.editing.rules import visible_to
from articles.models import Article, CorrectionKind, Revision, Scope, Status
from articles.search import Patience
from articles.search.asking.criteria import FILTERS, PARAMETERS
from articles.search.finding.facets import FACETS

PUBLISHED = Status.PUBLISHED.value
STATUS = OpenApiParameter(
    "status",
    str,
    description=(
        f"Articles in a state, of: {', '.join(Status.values)}; several go with `|`. All but "
        f"`{PUBLISHED}` take a key that reads drafts, are in the order of their latest change, and "
        "go with no other filter."
    ),
)
_BESIDE_STATUS = {"status", "fields", "include", *CursorPagination.parameters}


NOTES_SCHEMA = {
    "type": "array",
    "items": {"type": "string"},
    "description": (
        "What of `q` was taken otherwise than it was meant, in sentences for whoever typed it: a "
        "field word that names nothing, a search that is too long. Left out where there is nothing."
    ),
}


class Gone(APIException):
    """The article was withdrawn; the answer is the notice of that."""

    status_code = status.HTTP_410_GONE
    default_code = "withdrawn"
    default_detail = "This article has been withdrawn."


class ArticlePagination(CursorPagination):
    """The envelope of a list of articles, which may hold counts to narrow it by, and notes on the
    search."""

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        envelope = super().get_paginated_response_schema(schema)
        envelope["properties"]["facets"] = FACETS_SCHEMA
        envelope["properties"]["notes"] = NOTES_SCHEMA
        return envelope


class ArticleList(MakesArticles, ListEndpoint):
    """The public articles, the newest first unless `order` says otherwise.

    Every parameter of the site's search is one here, by the same name and with the same results.
    """

    serializer_class = ArticleSerializer
    pagination_class = ArticlePagination
    renderer_classes = [JSONRenderer, NinjsRenderer, JSONFeedRenderer, CSVRenderer]
    filter_backends = []  # ``select`` reads all parameters
    parameters = [*ARTICLE_PARAMETERS, STATUS]
    repeatable = FILTERS
    may_be_empty = PARAMETERS  # as the search page's form sends them
    typed = ["q"]
    scope = "articles"

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        params = request.query_params
        selection, reader = self._asked(request)
        fields, included = read_fields(request, reader.in_list, reader.fields)
        facets = choices(params, "facets", FACETS)
        if facets and not selection.criteria:
            reason = "Cannot be combined with path or updated_since."
            raise ValidationError({"facets": [reason]})
        paginator = ArticlePagination()
        paginator.read_request(request, f"{self.scope} {selection.order}")
        patience = Patience()
        page, count = selection.read(
            paginator.cursor,
            paginator.size,
            exact=paginator.wants_exact_count,
            patience=patience,
        )
        results = reader.load(page.rows, fields, self.links, with_comments="comments" in included)
        results = shaped(results, _form(request), self.links)
        answer = paginator.envelope(page, count, results)
        if selection.criteria and facets:
            answer["facets"] = describe_facets(selection.criteria, facets, self.links, patience)
        if selection.criteria and (notes := selection.criteria.notes):
            answer["notes"] = notes
        return Response(answer, headers=dict(reader.headers))

    def _asked(self, request: Request) -> tuple[Selection, desk.Reader]:
        """Which articles, and for whom: by status only for those who read drafts."""
        params = request.query_params
        states = desk.states_of(params.get("status", PUBLISHED))
        if states == [PUBLISHED]:
            return select(params, allowed_extra=self.allowed_parameters()), desk.EVERYBODY
        viewer = caller(request, Scope.READ_DRAFTS)
        if others := sorted(params.keys() - _BESIDE_STATUS):
            raise ValidationError({"status": [f"Cannot be combined with {', '.join(others)}."]})
        return desk.OfStatus(viewer, states), desk.Reader.at_desk(partial(visible_to, viewer))


class ArticleDetail(ChangesArticle):
    """One article, with its body."""

    parameters = ARTICLE_FIELDS
    renderer_classes = [JSONRenderer, NinjsRenderer]

    @extend_schema(responses=ArticleSerializer)
    def get(self, request: Request, article: int) -> Response:
        reader = desk.reader_of(request, article)
        fields, included = read_fields(request, reader.in_detail, reader.fields)
        found = reader.load(
            [article],
            fields | {"updated_at"},
            self.links,
            with_comments="comments" in included,
        )
        if not found:
            raise _absence(article)
        modified = http_date(found[0]["updated_at"].timestamp())
        if "updated_at" not in fields:
            del found[0]["updated_at"]
        (answer,) = shaped(found, _form(request), self.links)
        return Response(answer, headers={**reader.headers, "Last-Modified": modified})


class ArticleRevisions(ListEndpoint):
    """The versions of an article that readers could see, the newest first; all of them for a key
    that reads drafts."""

    serializer_class = RevisionSerializer
    scope = "article revisions"
    order = Order(("number",), descending=True)

    def get_queryset(self) -> QuerySet[Revision]:
        return desk.readable_revisions(self.request)

    def filter_queryset(self, queryset: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        pk = self.kwargs["article"]
        if not desk.readable(self.request).filter(pk=pk).exists():
            raise _absence(pk)
        return queryset.filter(article=pk)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response = super().list(request, *args, **kwargs)
        for name, value in desk.reader_of(request, self.kwargs["article"]).headers.items():
            response.headers[name] = value
        return response


def public_article(pk: int) -> Article:
    """The public article of this id. Raises ``Gone`` when it was withdrawn, else ``Http404``."""
    found = public_articles().filter(pk=pk).only("path").first()
    if found is None:
        raise _absence(pk)
    return found


def read_fields(
    request: Request, default: Sequence[str], known: Sequence[str] = tuple(loading.FIELDS)
) -> tuple[set[str], list[str]]:
    """The keys of an article, of those ``known``, that are asked for, and what ``include`` adds."""
    params = request.query_params
    form = _form(request)
    refuse_misfits(params, form)
    included = choices(params, "include", loading.ON_REQUEST)
    chosen = choices(params, "fields", known) or keys(form, default)
    return {*chosen, *included}, included


def _form(request: Request) -> str:
    """The name of the form in which the answer is given."""
    return str(request.accepted_renderer.format)


def _absence(pk: int) -> Exception:
    """Why there is no public article of this id, as far as readers are told."""
    withdrawn = Article.objects.filter(pk=pk, status=Status.WITHDRAWN, path__isnull=False).first()
    if withdrawn is None:
        return Http404()
    notice = withdrawn.corrections.filter(kind=CorrectionKind.WITHDRAWAL).first()
    return Gone(notice.text if notice else None)
