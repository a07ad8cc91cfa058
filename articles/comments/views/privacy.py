"""What is kept of readers, in plain words, and the way to a copy of it or its removal."""

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.comments.addresses import newest_of
from articles.comments.forms.fields import EmailField
from articles.comments.judging import akismet
from articles.comments.mail import keys
from articles.comments.privacy import data, requests
from articles.comments.privacy.requests import Wish
from articles.comments.views.answers import for_one_reader, refusing_what_is_too_big
from articles.models import CommentRules, ReaderAddress

_FILE = "what-is-kept-of-me.json"


class WishForm(forms.Form):
    """An e-mail address, and what its owner wants."""

    email = EmailField(
        label="Your e-mail address",
        error_messages={"required": "Please give the e-mail address that it is about."},
    )
    wish = forms.ChoiceField(
        label="What you would like",
        choices=Wish.choices,
        initial=Wish.COPY,
        widget=forms.RadioSelect,
        error_messages={"required": "Please choose one."},
    )


# Nothing comes of the form but a mail to the owner of the address, so it needs no CSRF token, nor
# the cookie for one.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@refusing_what_is_too_big
def privacy_page(request: HttpRequest) -> HttpResponseBase:
    """``/privacy/``: what is kept, and the form."""
    if request.method != "POST":
        return _page(request, WishForm())
    form = WishForm(request.POST)
    if not form.is_valid():
        return for_one_reader(_page(request, form, status=400))
    if requests.is_too_much(request.META.get("REMOTE_ADDR", "")):
        form.add_error(None, "There were many requests from where you are. Try again in an hour.")
        response = for_one_reader(_page(request, form, status=429))
        response["Retry-After"] = str(requests.SECONDS)
        return response
    email = form.cleaned_data["email"]
    requests.request(email, Wish(form.cleaned_data["wish"]))
    context = {"email": email}
    return for_one_reader(render(request, "articles/readers/data_asked.html", context))


# The key in the address is what nobody else knows, as a CSRF token would be.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@refusing_what_is_too_big
def data_page(request: HttpRequest, key: str) -> HttpResponseBase:
    """``/privacy/<key>/``: a button that has the wish in the key come true."""
    wished = keys.to_data(key)
    if wished is None:
        return for_one_reader(render(request, "articles/readers/data_too_old.html", status=404))
    reader = ReaderAddress.objects.filter(pk=wished[0]).first()
    wish = Wish(wished[1])
    if reader is None:
        return for_one_reader(render(request, "articles/readers/data_removed.html"))
    if request.method != "POST":
        context = {
            "email": reader.email,
            "is_copy": wish is Wish.COPY,
            "own": newest_of(reader.email),
        }
        return for_one_reader(render(request, "articles/readers/data.html", context))
    if wish is Wish.REMOVAL:
        data.remove(reader.email)
        return for_one_reader(render(request, "articles/readers/data_removed.html"))
    file = StreamingHttpResponse(data.copy(reader.email), content_type="application/json")
    file["Content-Disposition"] = f'attachment; filename="{_FILE}"'
    return for_one_reader(file)


def _page(request: HttpRequest, form: WishForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "days": CommentRules.objects.current().forget_after_days,
        "asks_akismet": akismet.is_on(),
    }
    return render(request, "articles/readers/privacy.html", context, status=status)
