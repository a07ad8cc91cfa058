"""A comment's page for its own author, who has the key in the address: correct it, withdraw it."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.comments import addresses, own, tokens
from articles.comments.forms.comment_form import CorrectionForm
from articles.comments.privacy import data
from articles.comments.senders import Sender
from articles.comments.views.answers import (
    HttpResponseSeeOther,
    for_one_reader,
    refusing_what_is_too_big,
    signed_in,
)
from articles.models import Comment, CommentRules, CommentState


# The key in the address is what nobody else knows, as a CSRF token would be.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@refusing_what_is_too_big
def own_comment(request: HttpRequest, key: str) -> HttpResponseBase:
    """The comment, what became of it, and for a while the form to correct it."""
    comment = _comment(key)
    if request.method != "POST":
        return _page(request, key, comment, CorrectionForm(text=comment.text))
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return _page(request, key, comment, form, status=400)
    refusal = own.correct(comment, form.cleaned_data["comment"], _sender(request, comment))
    if refusal is not None:
        form.add_error(None, refusal.value)
        return _page(request, key, comment, form, status=403)
    return for_one_reader(HttpResponseSeeOther(request.path))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@refusing_what_is_too_big
def withdraw_comment(request: HttpRequest, key: str) -> HttpResponseBase:
    """Asks whether the comment is to be withdrawn; a POST withdraws it."""
    comment = _comment(key)
    back = addresses.own_page_of(key)
    if request.method == "POST":
        own.withdraw(comment)
    if request.method == "POST" or comment.withdrawn_at:
        return for_one_reader(HttpResponseSeeOther(back))
    context = {"comment": comment, "back": back}
    return for_one_reader(render(request, "articles/comments/withdraw.html", context))


def _comment(key: str) -> Comment:
    number = tokens.own_comment_id(key)
    comments = Comment.objects.select_related("article__section")
    comment = comments.filter(pk=number).first() if number is not None else None
    # Nobody can prove any more whose an anonymous comment was.
    if comment is None or data.is_anonymous(comment):
        raise Http404("the link is too old, or never led anywhere")
    return comment


def _sender(request: HttpRequest, comment: Comment) -> Sender:
    """Who corrects the comment; someone of the newsroom only whoever wrote it signed in."""
    user = signed_in(request)
    return Sender(
        request.META.get("REMOTE_ADDR", ""),
        request.headers.get("User-Agent", ""),
        user if user is not None and user.pk == comment.user_id else None,
    )


def _page(
    request: HttpRequest, key: str, comment: Comment, form: CorrectionForm, *, status: int = 200
) -> HttpResponse:
    rules = CommentRules.objects.current()
    article = comment.article
    context = {
        "comment": comment,
        "form": form,
        "refusal": own.refusal(comment, rules),
        "until": own.correctable_until(comment, rules),
        "minutes": rules.edit_minutes,
        "article": article if article.is_public() else None,
        "place": (
            addresses.permalink(comment)
            if article.is_public() and comment.state == CommentState.APPROVED
            else ""
        ),
        "withdraw": f"{addresses.own_page_of(key)}withdraw/",
    }
    response = render(request, "articles/comments/own.html", context, status=status)
    return for_one_reader(response)
