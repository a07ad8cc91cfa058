"""The moderators' queue: one comment in front, the next one comes up by itself.

Every verb is a POST and a redirect to the next comment. ``static/js/admin-queue.js`` posts the
same form and is given the same page at once, of which it shows the parts that changed.
"""

from typing import Any, NamedTuple

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_POST

from articles.admin.base import editor
from articles.admin.comments import undoing, verbs
from articles.admin.comments.facts import Facts, facts_of, readable
from articles.admin.comments.tabs import QUEUE, Tab, tab_named
from articles.comments.senders import MODERATE
from articles.models import Comment, ModeratorMail

_GREATEST_ID = 2**63 - 1


class Link(NamedTuple):
    """A tab as it is shown."""

    label: str
    number: str
    address: str
    selected: bool


class MailForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = ModeratorMail
        fields = ["rhythm"]
        labels = {"rhythm": "Mail me of comments that wait"}


def queue(request: HttpRequest) -> HttpResponse:
    """The comment asked for, or the first of its tab."""
    _only_moderators(request)
    tab = tab_named(request.GET.get("tab"))
    asked = request.GET.get("comment", "")
    is_number = asked.isdecimal() and len(asked) <= len(str(_GREATEST_ID))
    front = int(asked) if is_number and int(asked) <= _GREATEST_ID else None
    comment = _readable(front)
    if front and comment is None:
        messages.warning(request, "That comment is gone: a colleague has deleted it.")
    return _page(request, tab, comment or _readable(tab.first()))


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Do a verb to a comment, and go on to the next."""
    _only_moderators(request)
    given = request.POST.dict()
    tab = tab_named(given.get("tab"))
    stays = False
    try:
        done = verbs.perform(given.get("verb", ""), pk, given, editor(request))
    except LookupError:
        raise Http404("There is no such verb.") from None
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        stays = given["verb"] not in verbs.DECISIONS
    else:
        stays = done.stays
        messages.success(request, done.said)
        if done.was or done.standing or done.words:
            front = None if given["verb"] in verbs.OF_MANY else pk
            undoing.remember(request, done, comment=front)
    if "tab" not in given:
        return HttpResponseRedirect(reverse("admin:articles_comment_change", args=[pk]))
    return _go_on(request, tab, pk, stays=stays)


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back a step, and show the comment that it concerned."""
    _only_moderators(request)
    taken_back = undoing.take_back(request, request.POST.get("key", ""))
    messages.success(request, taken_back.said)
    if "tab" not in request.POST:
        return HttpResponseRedirect(back_from(request))
    tab = tab_named(request.POST["tab"])
    return _answer(request, tab, taken_back.comment or tab.first())


@require_POST
def choose_mail(request: HttpRequest) -> HttpResponse:
    """How often whoever asks is told by mail of comments that wait."""
    _only_moderators(request)
    chosen, _ = ModeratorMail.objects.get_or_create(user=editor(request))
    form = MailForm(request.POST, instance=chosen)
    if form.is_valid():
        # What waited before is known, or nobody wanted to know.
        form.instance.told_until = timezone.now()
        form.save()
        said = form.instance.get_rhythm_display().lower()
        messages.success(request, f"Mail of comments that wait: {said}.")
    return HttpResponseRedirect(address_of(tab_named(request.POST.get("tab"))))


def address_of(tab: Tab, comment: int | None = None) -> str:
    """The queue's address with a tab, and a comment in front."""
    query = {"tab": tab.name, **({"comment": str(comment)} if comment else {})}
    return f"{reverse('admin:articles_comment_queue')}?{urlencode(query)}"


def back_from(request: HttpRequest) -> str:
    """The page of ours that a form was sent from; the list of comments when that is not known."""
    back = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        return back
    return reverse("admin:articles_comment_changelist")


def pane(request: HttpRequest, comment: Comment) -> dict[str, Any]:
    """What the pane of a comment, one that ``readable`` has brought along, shows and offers."""
    facts: Facts = facts_of(comment)
    may_ban = editor(request).has_perm(verbs.BAN)
    ban = verbs.BanForm(comment)
    return {
        "facts": facts,
        "comment": comment,
        "buttons": verbs.buttons(comment),
        "reasons": verbs.REASONS,
        "ban": ban if may_ban and ban.subjects else None,
    }


def _page(request: HttpRequest, tab: Tab, comment: Comment | None) -> HttpResponse:
    following = _following(tab, comment) if comment else None
    before = tab.before(comment) if comment else None
    mail = ModeratorMail.objects.filter(user=editor(request)).first()
    context = {
        **admin.site.each_context(request),
        "title": "Queue",
        "opts": Comment._meta,
        "tab": tab,
        "tabs": [Link(one.label, one.number(), address_of(one), one == tab) for one in QUEUE],
        **(pane(request, comment) if comment else {}),
        "address": address_of(tab, comment.pk if comment else None),
        "next_address": address_of(tab, following) if following else "",
        "previous_address": address_of(tab, before) if before else "",
        "undo": undoing.last(request),
        "mail": MailForm(instance=mail, auto_id="mail_%s"),
    }
    return TemplateResponse(request, "admin/articles/comment/queue.html", context)


def _go_on(request: HttpRequest, tab: Tab, pk: int, *, stays: bool) -> HttpResponse:
    comment = Comment.objects.only("created_at").filter(pk=pk).first()
    if comment is None:
        return _answer(request, tab, tab.first())
    return _answer(request, tab, pk if stays else _following(tab, comment))


def _following(tab: Tab, comment: Comment) -> int | None:
    """The next one; after the last, the first that was passed over."""
    return tab.after(comment) or tab.first(but=comment)


def _answer(request: HttpRequest, tab: Tab, front: int | None) -> HttpResponse:
    if request.headers.get("X-Requested-With") == "fetch":
        return _page(request, tab, _readable(front))
    return HttpResponseRedirect(address_of(tab, front))


def _readable(pk: int | None) -> Comment | None:
    return readable(Comment.objects.all()).filter(pk=pk).first() if pk else None


def _only_moderators(request: HttpRequest) -> None:
    if not editor(request).has_perm(MODERATE):
        raise PermissionDenied
