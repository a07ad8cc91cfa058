"""What crawlers and security researchers ask every site for."""

from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from articles.freshness import holds_until
from articles.pages.addresses import absolute

_TEXT = "text/plain; charset=utf-8"
_VALIDITY = timedelta(days=180)


def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read; searching is for people, for there is no end of queries, and so are
    the forms to answer and to report, of which there is one for each comment and article."""
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('articles:search')}",
        f"Disallow: {reverse('admin:index')}",
        "Disallow: /comments/",
        "Disallow: /*/report-error/",
        "Disallow: /*?replytocom=",
        "",
        f"Sitemap: {absolute(reverse('articles:sitemap-index'))}",
        f"Sitemap: {absolute(reverse('articles:news-sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=_TEXT)


def security(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness, in the form of RFC 9116."""
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    holds_until(today + timedelta(days=1))
    expires = today + _VALIDITY
    lines = [
        f"Contact: mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Canonical: {absolute(reverse('articles:security'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=_TEXT)
