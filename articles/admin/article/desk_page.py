"""What the pages about one article share, besides the one where it is edited."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from articles.admin.base import editor
from articles.editing import rules
from articles.models import Article

ArticleView = Callable[..., HttpResponse]


def article_page(action: rules.Action) -> Callable[[ArticleView], ArticleView]:
    """A view of ``(request, article, …)`` for those who may do ``action`` with the article.

    403 for others, 404 where there is no such article, or its state does not allow the action.
    """

    def decorate(view: ArticleView) -> ArticleView:
        @wraps(view)
        def guarded(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
            found = Article.objects.select_related("section", "dateline_place", "lead_image")
            article = found.filter(pk=pk).first()
            if article is None:
                raise Http404(f"There is no article {pk}.")
            if not rules.is_permitted(editor(request), action, article):
                raise PermissionDenied
            if not rules.is_possible(action, article):
                raise Http404(rules.RULES[action].refusal)
            return view(request, article, **kwargs)

        return guarded

    return decorate


def draw(
    request: HttpRequest, template: str, article: Article, title: str, **context: Any
) -> TemplateResponse:
    """A page of the desk, ``templates/admin/articles/article/<template>.html``."""
    return TemplateResponse(
        request,
        f"admin/articles/article/{template}.html",
        {
            **admin.site.each_context(request),
            "title": title,
            "subtitle": str(article),
            "opts": Article._meta,
            "original": article,
            **context,
        },
    )


def back_to(article: Article) -> HttpResponseRedirect:
    """To the page where the article is edited."""
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
