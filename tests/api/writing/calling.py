"""A client of the API that has a key."""

from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from articles.api import keys
from articles.models import Scope
from tests.api.conftest import API
from tests.factories import make_staff


class Caller:
    """Asks with a key of ``account``, an account of the staff with ``role`` unless one is given."""

    def __init__(
        self, role: str = "Archivist", *scopes: Scope, account: User | None = None
    ) -> None:
        self.account = account or make_staff(role)
        _, self.key = keys.make("a test", user=self.account, scopes=scopes or list(Scope))
        self.client = Client(headers={"Authorization": f"Bearer {self.key}"})

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The response to JSON sent below /api/v1/; underscores of ``headers`` are hyphens."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        address = path if path.startswith(("http", "/")) else f"{API}{path}"
        ask = getattr(self.client, method.lower())
        if method in ("GET", "HEAD"):
            return ask(address, headers=named)
        sent = "" if body is None else body
        return ask(address, sent, content_type="application/json", headers=named)

    def ask(
        self, method: str, path: str, body: Any = None, status: int = 200, **headers: str
    ) -> Any:
        """What is answered, which must have this status."""
        response = self.send(method, path, body, **headers)
        assert response.status_code == status, response.content
        return response.json() if response.content else None
