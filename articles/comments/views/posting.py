"""The post target of the comment form, and the small page that shows a faulty form again."""

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.comments import tokens
from articles.comments.forms import CommentForm
from articles.comments.submission import Outcome, Submission, submit
from articles.comments.views.answers import HttpResponseSeeOther, elsewhere
from articles.models import Article, Comment

BELOW = "comments/"
"""What follows the article's path in the address."""


# A reader has no session to be forged and no cookie to hold a CSRF token: the form carries a
# signed token of its own (articles.comments.tokens). For the session of someone of the newsroom
# see _signed_in.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest, year: str, month: str, day: str, slug: str) -> HttpResponseBase:
    """Take a comment on the article at this address."""
    path = request.path_info.removesuffix(BELOW)
    article = Article.objects.public().filter(path=path).first()
    if article is None:
        return elsewhere(request, path, BELOW)
    if request.method != "POST":
        return redirect(f"{article.path}#comments")

    form = CommentForm(article, request.POST)
    if not form.is_valid():
        return _form_page(request, form, status=400)
    submission = submit(
        article,
        form.draft(),
        address=request.META.get("REMOTE_ADDR", ""),
        user_agent=request.headers.get("User-Agent", ""),
        user=_signed_in(request),
    )
    if submission.comment is None:
        return _refusal(request, form, submission)
    return HttpResponseSeeOther(_place_on_page(article, submission.comment, submission.outcome))


def _signed_in(request: HttpRequest) -> User | None:
    """The login behind a request from one of our own pages.

    The form's token is not tied to a session, so another site could have a moderator's browser
    post a form that it fetched itself. Browsers do not send the session's cookie (SameSite=Lax)
    with such a request, and say where it comes from; either would do.
    """
    from_here = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    return request.user if from_here and isinstance(request.user, User) else None


def _refusal(request: HttpRequest, form: CommentForm, submission: Submission) -> HttpResponse:
    form.add_error(None, submission.outcome.message)
    response = _form_page(request, form, status=submission.outcome.status)
    if submission.outcome is Outcome.FLOOD:
        response["Retry-After"] = str(submission.retry_after)
    return response


def _form_page(request: HttpRequest, form: CommentForm, *, status: int) -> HttpResponse:
    parent_id = form.cleaned_data.get("comment_parent")
    if parent_id:
        form.answering = form.article.comments.approved().filter(pk=parent_id).first()
    context = {"article": form.article, "form": form}
    return render(request, "articles/comments/form_page.html", context, status=status)


def _place_on_page(article: Article, comment: Comment, outcome: Outcome) -> str:
    query = ""
    if outcome is Outcome.HELD:
        query = "?" + urlencode({"held": tokens.held_key(comment.pk)})
    return f"{article.path}{query}#comment-{comment.pk}"
