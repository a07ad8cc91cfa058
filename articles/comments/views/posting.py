"""The post target of the comment form, and the small page that shows it again: with its faults, or
with the comment as it would appear."""

from django.contrib.auth.models import User
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.comments import tokens
from articles.comments.forms import CommentForm, promise_of
from articles.comments.policy import policy_of
from articles.comments.rendering import render as rendered
from articles.comments.submission import TAKING, Outcome, Submission, submit
from articles.comments.views.answers import HttpResponseSeeOther, elsewhere
from articles.models import Article, Comment, CommentRules

BELOW = "comments/"
"""What follows the article's path in the address."""

TOO_BIG = "What was sent is larger than any comment may be. Please shorten it and post again."


# A reader has no session to be forged and no cookie to hold a CSRF token: the form carries a
# signed token of its own (articles.comments.tokens). For the session of someone of the newsroom
# see _signed_in.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest, year: str, month: str, day: str, slug: str) -> HttpResponseBase:
    """Take a comment on the article at this address, or show how it would look."""
    path = request.path_info.removesuffix(BELOW)
    article = Article.objects.public().select_related("section").filter(path=path).first()
    if article is None:
        return elsewhere(request, path, BELOW)
    if request.method != "POST":
        return redirect(f"{article.path}#comments")

    try:
        typed: QueryDict = request.POST
    except RequestDataTooBig:
        form = CommentForm(article, {})
        form.errors.clear()
        form.add_error(None, TOO_BIG)
        return _form_page(request, form, status=413)
    form = CommentForm(article, typed)
    if not form.is_valid():
        return _form_page(request, form, status=400)
    if "preview" in typed:
        return _preview(request, form)
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


def _preview(request: HttpRequest, form: CommentForm) -> HttpResponse:
    """The comment as it would appear; it is not stored."""
    if policy_of(form.article, CommentRules.objects.current()) not in TAKING:
        return _refusal(request, form, Submission(Outcome.CLOSED))
    draft = form.draft()
    html = rendered(draft.text)
    comment = Comment(author_name=draft.name, author_website=draft.website, html=html)
    return _form_page(request, form, preview=comment)


def _refusal(request: HttpRequest, form: CommentForm, submission: Submission) -> HttpResponse:
    form.add_error(None, submission.outcome.message)
    response = _form_page(request, form, status=submission.outcome.status)
    if submission.outcome is Outcome.FLOOD:
        response["Retry-After"] = str(submission.retry_after)
    return response


def _form_page(
    request: HttpRequest, form: CommentForm, *, preview: Comment | None = None, status: int = 200
) -> HttpResponse:
    parent_id = form.cleaned_data.get("comment_parent")
    if parent_id:
        form.answering = form.article.comments.approved().filter(pk=parent_id).first()
    rules = CommentRules.objects.current()
    form.promise = promise_of(policy_of(form.article, rules), rules)
    context = {
        "article": form.article,
        "form": form,
        "preview": preview,
        "title": "Preview of your comment" if preview else "Your comment is not posted yet",
    }
    return render(request, "articles/comments/form_page.html", context, status=status)


def _place_on_page(article: Article, comment: Comment, outcome: Outcome) -> str:
    """Where its author sees the comment, and can correct and withdraw it, as nobody else does."""
    if outcome is Outcome.HELD:
        key = {"held": tokens.held_key(comment.pk)}
    else:
        key = {"mine": tokens.own_key(comment.pk)}
    return f"{article.path}?{urlencode(key)}#comment-{comment.pk}"
