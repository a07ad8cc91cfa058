"""Who asks: anybody, or the holder of a key, who acts for an account of the staff."""

from django.contrib.auth.models import User
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated, PermissionDenied
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from articles.api import keys, state
from articles.models import ApiKey, Scope


class KeyAuthentication(BaseAuthentication):
    """``Authorization: Bearer KEY`` (RFC 6750), and nothing else: no cookie is looked at."""

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        seen = state.of(request) if request.method in SAFE_METHODS else None
        key = keys.find(text.strip(), seen.name if seen else None)
        if key is None:
            raise AuthenticationFailed("The key is unknown, expired or revoked.")
        if keys.note_use(key, request.META.get("REMOTE_ADDR", "")):
            state.look_again(request)
        return key.user, key

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


def caller(request: Request, scope: Scope) -> User:
    """The account for which a key with ``scope`` asks.

    Raises ``NotAuthenticated`` (401) without a key, ``PermissionDenied`` (403) when the key has
    not that scope. What the account itself may do, the verbs decide.
    """
    if not isinstance(request.auth, ApiKey):
        raise NotAuthenticated("This needs a key: Authorization: Bearer KEY.")
    if not request.auth.has_scope(scope):
        raise PermissionDenied(f"This key has not the scope “{scope}”.")
    assert isinstance(request.user, User)
    return request.user


def holder(request: Request, scope: Scope) -> User | None:
    """The account for which a key with ``scope`` asks; None when none does."""
    key = request.auth
    return key.user if isinstance(key, ApiKey) and key.has_scope(scope) else None


def reader_of_drafts(request: Request) -> User | None:
    """The account that may be shown more than everybody; None when what is public is all."""
    return holder(request, Scope.READ_DRAFTS)
