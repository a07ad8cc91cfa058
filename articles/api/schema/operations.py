"""Describes an operation: what its view says, what it may carry, and how it can end."""

from typing import Any

from drf_spectacular.openapi import AutoSchema

from articles.api.schema.answers import other_ends
from articles.api.schema.forms import schema_of

Schema = dict[str, Any]

_READ = ("GET", "HEAD")
_ACTIONS = {"GET": "get", "POST": "create", "PUT": "replace", "PATCH": "change", "DELETE": "delete"}
_OPEN = ("articles_comments_create",)
_IF_NONE_MATCH: Schema = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The `ETag` of what you have: if it still holds, the answer is a 304, empty.",
    "schema": {"type": "string"},
}


class Description(AutoSchema):
    """Describes an endpoint with its ``parameters`` and the ways in which it can fail."""

    def get_override_parameters(self) -> list[Any]:
        return list(getattr(self.view, "parameters", ())) if self.method == "GET" else []

    def get_operation_id(self) -> str:
        """``articles_list``, ``articles_get``, ``articles_publish``: the path and what is done."""
        words = [word.replace("-", "_") for word in self._tokenize_path()] or ["root"]
        if self.method == "GET" and self._is_list_view():
            return "_".join([*words, "list"])
        is_verb = self.method == "POST" and not hasattr(self.view, "get")
        return "_".join(words if is_verb else [*words, _ACTIONS[self.method]])

    def get_tags(self) -> list[str]:
        return self._tokenize_path()[:1] or ["about"]

    def get_auth(self) -> list[Schema]:
        """A key, where something is written; else one may do without."""
        super().get_auth()  # which registers the scheme
        is_write = self.method not in _READ and hasattr(self.view, "needs")
        takes_key = is_write and self.get_operation_id() not in _OPEN
        return [{"bearer": []}] if takes_key else [{}, {"bearer": []}]

    def get_operation(self, *args: Any, **kwargs: Any) -> Schema | None:
        operation: Schema | None = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        responses = operation["responses"]
        for status, answer in responses.items():
            self._name_forms(status, answer)
        moves = bool(getattr(self.view, "parameter", ""))
        for status, answer in other_ends(self.path, self.method, moves=moves):
            responses.setdefault(status, answer)
        operation["responses"] = dict(sorted(responses.items()))
        if self.method == "GET":
            operation.setdefault("parameters", []).append(_IF_NONE_MATCH)
        return operation

    def _name_forms(self, status: str, answer: Schema) -> None:
        """Say of each form of an answer what it looks like; what goes wrong is said in JSON."""
        content = answer.get("content", {})
        is_list = self._is_list_view()
        for media_type in list(content):
            if status.startswith("2"):
                in_json = content[media_type]["schema"]
                content[media_type]["schema"] = schema_of(media_type, in_json, is_list=is_list)
            elif media_type != "application/json":
                del content[media_type]
