"""Writing articles: a new one, a change, the bin. The verbs stand in ``article_verbs``."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiResponse, PolymorphicProxySerializer
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response

from articles import editing
from articles.api import desk
from articles.api.serializers.article_input import ArticleInput, CopyInput
from articles.api.serializers.articles import ArticleSerializer
from articles.api.writing import Conflict, WritingEndpoint, Written, describe_write
from articles.api.writing import article as writing
from articles.api.writing.endpoint import NOTHING
from articles.api.writing.faults import checked
from articles.api.writing.sight import readable
from articles.editing import rules
from articles.editing.rules import Action
from articles.importing.intake import AlreadyHere
from articles.models import Article, Status

_UNREADABLE = (
    "There is no such article, or none that this key may read; what is not public takes the scope "
    "“read_drafts”."
)
_SEEN = "Readers may have seen it, so it is not deleted. Withdraw it: POST to its withdraw/."
_WITHDRAWN = "It is withdrawn. What readers have seen is not deleted."
_EMPTIED: Mapping[str, Any] = {
    "summary": "",
    "body": "",
    "dateline": {"place": None, "text": "", "date": None},
    "section": None,
    "authors": [],
    "tags": [],
    "image": None,
    "embargo_until": None,
    "source": "",
    "source_id": "",
    "updates": None,
}
"""What a PUT that does not send these makes of them. Its address, its time and its language an
article keeps, and the names in it are found anew."""


class WritesArticles(WritingEndpoint):
    """An endpoint that writes an article, which it answers as it then stands."""

    names = writing.NAMES

    def subject(self, by: User) -> Article:
        rows = desk.readable(self.request).filter(pk=self.kwargs["article"])
        article = rows.select_for_update(of=("self",)).first()
        if article is None:
            raise Http404(_UNREADABLE)
        return article

    def represent(self, subject: Article) -> Any:
        return self._read(subject, desk.reader_of(self.request, subject.pk))

    def _sight(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return readable(self.request, rows)

    def _read(self, article: Article, reader: desk.Reader) -> Any:
        found = reader.load([article.pk], reader.in_detail, self.links)
        return found[0] if found else None

    def written(self, article: Article, *, is_new: bool = False) -> Written:
        """The article as it now stands. One that the key may not read any more, or not yet, is
        answered this once, without a tag."""
        address = self.links.endpoint("article", article.pk)
        present = self.represent(article)
        known = present or self._read(article, desk.Reader.at_desk(desk.all_of_them))
        return Written(
            known,
            status=201 if is_new else 200,
            created_at=address if is_new else "",
            is_of=address,
            is_tagged=present is not None,
            modified=known["updated_at"],
        )


class MakesArticles(WritesArticles):
    """Where articles are made."""

    @describe_write(
        request=PolymorphicProxySerializer(
            component_name="NewArticle",
            serializers=[ArticleInput, CopyInput],
            resource_type_field_name=None,
        ),
        responses={201: ArticleSerializer},
        makes=True,
    )
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Write a new article: a draft, from its fields or from raw `copy`, in which dateline,
        places, people, organisations and tags are then found."""
        return self.create(self._make)

    def _make(self, by: User) -> Written:
        data = self.request.data
        if isinstance(data, dict) and "copy" in data:
            sent = checked(CopyInput(data=data))
            try:
                article = writing.make_from_copy(sent, by=by)
            except AlreadyHere as here:
                raise Conflict(self._presence(here.article)) from here
        else:
            sent = checked(ArticleInput(data=data))
            article = Article()
            writing.save(article, sent, by=by, sight=self._sight)
        return self.written(article, is_new=True)

    def _presence(self, article: Article) -> str:
        """That the archive has the copy already, and where, for whoever may read it there."""
        is_known = desk.readable(self.request).filter(pk=article.pk).exists()
        where = f": {self.links.endpoint('article', article.pk)}" if is_known else ""
        return f"The archive has this copy already{where}."


class ChangesArticle(WritesArticles):
    """Where one article is changed, or put into the bin."""

    @describe_write(request=ArticleInput, responses={200: ArticleSerializer})
    def put(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Write it anew: what is not sent is emptied, but for its address, its time, its language,
        its comment policy and the names in it."""
        return self._save(_EMPTIED)

    @describe_write(request=ArticleInput, responses={200: ArticleSerializer})
    def patch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change the fields that are sent. Of a public article readers see it at once, and in its
        history."""
        return self._save(None)

    @describe_write(
        request=None,
        responses={
            200: ArticleSerializer,
            204: OpenApiResponse(description="It was in the bin, and is deleted for good."),
        },
    )
    def delete(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Put a draft into the bin; what is in the bin is deleted for good, by those who may. What
        readers have seen is never deleted, but withdrawn."""
        return self.change(lambda by, article: self._delete(article, by))

    def _save(self, left_out: Mapping[str, Any] | None) -> Response:
        def save(by: User, article: Article) -> Written:
            if isinstance(self.request.data, dict) and "copy" in self.request.data:
                raise ParseError("Copy makes a new article: POST it to the list.")
            sent = checked(ArticleInput(data=self.request.data, partial=left_out is None))
            sent = {**(left_out or {}), **sent}
            writing.save(article, sent, by=by, sight=self._sight)
            return self.written(article)

        return self.change(save)

    def _delete(self, article: Article, by: User) -> Written:
        if article.status == Status.BIN:
            editing.delete(article, by=by)
            return NOTHING
        if not rules.is_possible(Action.BIN, article):
            raise Conflict(_WITHDRAWN if article.status == Status.WITHDRAWN else _SEEN)
        editing.put_in_bin(article, by=by)
        return self.written(article)
