"""What every template knows of the site."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str]:
    """Context processor: ``site_name`` and ``site_url`` (without a trailing slash)."""
    return {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
