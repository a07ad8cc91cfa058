"""The address of a single comment, which leads to wherever it stands by now."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from articles.comments.policy import policy_of
from articles.comments.threads.pages import place_of
from articles.models import Article, Comment, CommentPolicy, CommentRules


@require_safe
def permalink(request: HttpRequest, number: str) -> HttpResponse:
    """To the page of its article that an approved comment is on; 404 where readers see none."""
    comment = Comment.objects.approved().filter(pk=number).first()
    article = None
    if comment is not None:
        public = Article.objects.public().select_related("section")
        article = public.defer("body").filter(pk=comment.article_id).first()
    if comment is None or article is None:
        raise Http404("readers see no such comment")
    rules = CommentRules.objects.current()
    if policy_of(article, rules) == CommentPolicy.HIDDEN:
        raise Http404("the article shows no comments")
    query = place_of(comment, article, rules)
    # Not for good: the page changes while others are added and taken away.
    return HttpResponseRedirect(f"{article.path}{'?' if query else ''}{query}#comment-{comment.pk}")
