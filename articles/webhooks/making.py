"""Makes webhooks, and gives them new secrets."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from articles import changes
from articles.models import Webhook
from articles.webhooks.public_hosts import NotAllowed, resolve
from articles.webhooks.signing import make_secret


def check_url(url: str) -> None:
    """Raises ValidationError, saying why, for an address that nothing would be sent to."""
    try:
        resolve(url)
    except NotAllowed as error:
        raise ValidationError(str(error)) from error


def make(name: str, url: str, kinds: Sequence[str], *, by: User) -> Webhook:
    """A stored webhook, which is told of every change of ``kinds`` from now on, of all when there
    are none. Raises ValidationError as ``check_url`` does."""
    check_url(url)
    changes.settle()
    return Webhook.objects.create(
        name=name,
        url=url,
        kinds=list(kinds),
        secret=make_secret(),
        position=changes.last_position(),
        created_by=by,
    )


def renew_secret(webhook: Webhook) -> str:
    """Give a webhook another secret, which signs from now on, and return it."""
    webhook.secret = make_secret()
    webhook.save(update_fields=["secret"])
    return webhook.secret


def switch_on(webhook: Webhook) -> None:
    """Let a webhook be told again. What changed meanwhile it is told too."""
    webhook.is_active, webhook.failing_since, webhook.stopped_because = True, None, ""
    webhook.save(update_fields=["is_active", "failing_since", "stopped_because"])


def switch_off(webhook: Webhook) -> None:
    """Let a webhook be told no more, until it is switched on again."""
    webhook.is_active = False
    webhook.save(update_fields=["is_active"])
