"""Articles: the list and what it can be narrowed by, one article, its versions."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.http import http_date
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api import loading
from articles.api.facets import FACETS_SCHEMA, describe_facets
from articles.api.pagination import CursorPagination, Order
from articles.api.parameters import choices
from articles.api.schema import ARTICLE_FIELDS, ARTICLE_PARAMETERS
from articles.api.selection import select
from articles.api.serializers.articles import ArticleSerializer
from articles.api.serializers.revisions import RevisionSerializer
from articles.api.views.base import Endpoint, ListEndpoint
from articles.api.visibility import public_articles, public_revisions
from articles.models import Article, CorrectionKind, Revision, Status
from articles.search.facets import FACETS


class Gone(APIException):
    """The article was withdrawn; the answer is the notice of that."""

    status_code = status.HTTP_410_GONE
    default_code = "withdrawn"
    default_detail = "This article has been withdrawn."


class ArticlePagination(CursorPagination):
    """The envelope of a list of articles, which may hold counts to narrow it by."""

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        envelope = super().get_paginated_response_schema(schema)
        envelope["properties"]["facets"] = FACETS_SCHEMA
        return envelope


class ArticleList(ListEndpoint):
    """The public articles, the newest first unless `order` says otherwise.

    Every parameter of the site's search is one here, by the same name and with the same results.
    """

    serializer_class = ArticleSerializer
    pagination_class = ArticlePagination
    filter_backends = []  # ``select`` reads all parameters
    parameters = ARTICLE_PARAMETERS
    scope = "articles"

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        params = request.query_params
        selection = select(params, allowed_extra=self.allowed_parameters())
        fields, included = read_fields(request, loading.IN_LIST)
        facets = choices(params, "facets", FACETS)
        if facets and not selection.criteria:
            reason = "Cannot be combined with path or updated_since."
            raise ValidationError({"facets": [reason]})
        paginator = ArticlePagination()
        paginator.read_request(request, f"{self.scope} {selection.order}")
        page = selection.page(paginator.cursor, paginator.size)
        count = selection.count(exact=paginator.wants_exact_count)
        results = loading.load(page.rows, fields, self.links, with_comments="comments" in included)
        answer = paginator.envelope(page, count, results)
        if selection.criteria and facets:
            answer["facets"] = describe_facets(selection.criteria, facets, self.links)
        return Response(answer)


class ArticleDetail(Endpoint):
    """One article, with its body."""

    parameters = ARTICLE_FIELDS

    @extend_schema(responses=ArticleSerializer)
    def get(self, request: Request, article: int) -> Response:
        fields, included = read_fields(request, loading.IN_DETAIL)
        found = loading.load(
            [article],
            fields | {"updated_at"},
            self.links,
            with_comments="comments" in included,
        )
        if not found:
            raise _absence(article)
        answer = found[0]
        modified = http_date(answer["updated_at"].timestamp())
        if "updated_at" not in fields:
            del answer["updated_at"]
        return Response(answer, headers={"Last-Modified": modified})


class ArticleRevisions(ListEndpoint):
    """The versions of an article that readers could see, the newest first."""

    serializer_class = RevisionSerializer
    scope = "article revisions"
    order = Order(("number",), descending=True)

    def get_queryset(self) -> QuerySet[Revision]:
        return public_revisions()

    def filter_queryset(self, queryset: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        return queryset.filter(article=public_article(self.kwargs["article"]))


def public_article(pk: int) -> Article:
    """The public article of this id. Raises ``Gone`` when it was withdrawn, else ``Http404``."""
    found = public_articles().filter(pk=pk).only("path").first()
    if found is None:
        raise _absence(pk)
    return found


def read_fields(request: Request, default: tuple[str, ...]) -> tuple[set[str], list[str]]:
    """The keys of an article that are asked for, and what ``include`` adds."""
    params = request.query_params
    included = choices(params, "include", loading.ON_REQUEST)
    chosen = choices(params, "fields", tuple(loading.FIELDS)) or default
    return {*chosen, *included}, included


def _absence(pk: int) -> Exception:
    """Why there is no public article of this id, as far as readers are told."""
    withdrawn = Article.objects.filter(pk=pk, status=Status.WITHDRAWN, path__isnull=False).first()
    if withdrawn is None:
        return Http404()
    notice = withdrawn.corrections.filter(kind=CorrectionKind.WITHDRAWAL).first()
    return Gone(notice.text if notice else None)
