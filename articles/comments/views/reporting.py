"""Where readers report a comment, or an error in an article."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.comments import addresses
from articles.comments.forms.report_forms import CommentReportForm, ErrorReportForm
from articles.comments.policy import policy_of
from articles.comments.reporting import error_reports, reports
from articles.comments.text.cleaning import clean_line
from articles.comments.views.answers import (
    HttpResponseSeeOther,
    elsewhere,
    refusing_what_is_too_big,
)
from articles.models import Article, Comment, CommentPolicy, CommentRules, ReportReason

ERROR_BELOW = "report-error/"
"""What follows the article's path in the address of the form for errors."""

SENT = "sent"
"""The parameter of the page that thanks."""

_LONGEST_QUOTE = 500


# The forms carry signed tokens in place of a cookie; see articles.comments.tokens.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@refusing_what_is_too_big
def report_comment(request: HttpRequest, number: str) -> HttpResponseBase:
    """The form that reports a comment to the moderators, and its thanks."""
    comment = _public_comment(number)
    page = addresses.report_page(comment)
    back = addresses.permalink(comment)
    if request.method != "POST":
        if SENT in request.GET:
            return render(request, "articles/comments/reported.html", {"back": back})
        return _comment_form(request, CommentReportForm(comment))
    form = CommentReportForm(comment, request.POST)
    if not form.is_valid():
        return _comment_form(request, form, status=400)
    receipt = reports.report(
        comment,
        ReportReason(form.cleaned_data["reason"]),
        form.cleaned_data["text"],
        request.META.get("REMOTE_ADDR", ""),
    )
    if receipt.outcome.message:
        form.add_error(None, receipt.outcome.message)
        refused = _comment_form(request, form, status=receipt.outcome.status)
        return _to_wait(refused, receipt.retry_after)
    return HttpResponseSeeOther(f"{page}?{SENT}")


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@refusing_what_is_too_big
def report_error(
    request: HttpRequest, year: str, month: str, day: str, slug: str
) -> HttpResponseBase:
    """The form that reports an error in the article at this address to the editors.

    ``quote`` and ``paragraph`` in the query are what the reader has marked in the text.
    """
    path = request.path_info.removesuffix(ERROR_BELOW)
    related = ("dateline_place", "lead_image")
    article = Article.objects.public().select_related(*related).filter(path=path).first()
    if article is None:
        return elsewhere(request, path, ERROR_BELOW)
    if request.method != "POST":
        if SENT in request.GET:
            return render(request, "articles/comments/error_reported.html", {"article": article})
        marked = {
            "quote": clean_line(request.GET.get("quote", "")[:_LONGEST_QUOTE]),
            "paragraph": request.GET.get("paragraph", ""),
        }
        return _error_form(request, ErrorReportForm(article, initial=marked))
    form = ErrorReportForm(article, request.POST)
    if not form.is_valid():
        return _error_form(request, form, status=400)
    address = request.META.get("REMOTE_ADDR", "")
    receipt = error_reports.report(article, form.finding(), address)
    if receipt.outcome.message:
        form.add_error(None, receipt.outcome.message)
        refused = _error_form(request, form, status=receipt.outcome.status)
        return _to_wait(refused, receipt.retry_after)
    return HttpResponseSeeOther(f"{article.path}{ERROR_BELOW}?{SENT}")


def _public_comment(number: str) -> Comment:
    """The comment, if readers see it where it stands; raises Http404 otherwise."""
    approved = Comment.objects.approved().select_related("article__section")
    comment = approved.defer("article__body").filter(pk=number).first()
    if comment is None or not comment.article.is_public():
        raise Http404("readers see no such comment")
    if policy_of(comment.article, CommentRules.objects.current()) == CommentPolicy.HIDDEN:
        raise Http404("the article shows no comments")
    return comment


def _comment_form(
    request: HttpRequest, form: CommentReportForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "comment": form.comment,
        "article": form.comment.article,
        "back": addresses.permalink(form.comment),
    }
    return render(request, "articles/comments/report.html", context, status=status)


def _error_form(request: HttpRequest, form: ErrorReportForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "article": form.article}
    return render(request, "articles/comments/report_error.html", context, status=status)


def _to_wait(response: HttpResponse, seconds: int) -> HttpResponse:
    if seconds:
        response["Retry-After"] = str(seconds)
    return response
