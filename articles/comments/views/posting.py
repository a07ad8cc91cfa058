"""The post target of the comment form, and the small page that shows it again: with its faults, or
with the comment as it would appear."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from articles.comments import tokens
from articles.comments.forms.comment_form import CommentForm, promise_of
from articles.comments.policy import policy_of
from articles.comments.submission import TAKING, Outcome, Submission, submit
from articles.comments.text.rendering import render as rendered
from articles.comments.views.answers import (
    HttpResponseSeeOther,
    elsewhere,
    refusing_what_is_too_big,
    signed_in,
)
from articles.models import Article, Comment, CommentRules

BELOW = "comments/"
"""What follows the article's path in the address."""
DATED_BELOW = "comments/token/"


# A reader has no session to be forged and no cookie to hold a CSRF token: the form carries a
# signed token of its own (articles.comments.tokens). For the session of someone of the newsroom
# see answers.signed_in.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@refusing_what_is_too_big
def comments(request: HttpRequest, year: str, month: str, day: str, slug: str) -> HttpResponseBase:
    """Take a comment on the article at this address, or show how it would look."""
    path = request.path_info.removesuffix(BELOW)
    article = Article.objects.public().select_related("section").filter(path=path).first()
    if article is None:
        return elsewhere(request, path, BELOW)
    if request.method != "POST":
        return redirect(f"{article.path}#comments")

    form = CommentForm(article, request.POST)
    if not form.is_valid():
        return _form_page(request, form, status=400)
    if "preview" in request.POST:
        return _preview(request, form)
    submission = submit(
        article,
        form.draft(),
        address=request.META.get("REMOTE_ADDR", ""),
        user_agent=request.headers.get("User-Agent", ""),
        user=signed_in(request),
        rules=form.rules,
    )
    if submission.comment is None:
        return _refusal(request, form, submission)
    return HttpResponseSeeOther(_place_on_page(article, submission.comment, submission.outcome))


@never_cache
@require_safe
def dated_token(request: HttpRequest, year: str, month: str, day: str, slug: str) -> HttpResponse:
    """A token for the form on the article at this address, for a reader who begins to write."""
    path = request.path_info.removesuffix(DATED_BELOW)
    article = Article.objects.public().select_related("section").filter(path=path).first()
    if article is None or policy_of(article, CommentRules.objects.current()) not in TAKING:
        raise Http404("the article takes no comments")
    return HttpResponse(tokens.issue(article.pk), content_type="text/plain; charset=utf-8")


def _preview(request: HttpRequest, form: CommentForm) -> HttpResponse:
    """The comment as it would appear; it is not stored."""
    if policy_of(form.article, form.rules) not in TAKING:
        return _refusal(request, form, Submission(Outcome.CLOSED))
    draft = form.draft()
    html = rendered(draft.text)
    comment = Comment(author_name=draft.name, author_website=draft.website, html=html)
    return _form_page(request, form, preview=comment)


def _refusal(request: HttpRequest, form: CommentForm, submission: Submission) -> HttpResponse:
    form.add_error(None, submission.message)
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
    policy = policy_of(form.article, form.rules)
    form.is_open = policy in TAKING
    form.promise = promise_of(policy, form.rules) if form.is_open else ""
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
