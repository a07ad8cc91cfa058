"""What can be asked next with what an answer holds, as OpenAPI's links."""

from typing import Any

Schema = dict[str, Any]

_DETAILS = (
    ("articles", "article"),
    ("comments", "key"),
    ("places", "key"),
    ("people", "key"),
    ("organisations", "key"),
    ("tags", "key"),
    ("sections", "key"),
    ("authors", "key"),
    ("images", "key"),
)
_BELOW_ARTICLES = ("articles_comments_list", "articles_revisions_list")


def add_links(operations: dict[str, Schema]) -> None:
    """Lead from lists to what they hold, and from what is made to itself and to what is done with
    it; ``operations`` are known by their names."""
    for name, parameter in _DETAILS:
        _link(operations, f"{name}_list", "200", "results/0/id", f"{name}_get", parameter)
        for verb in ("get", "change", "replace", "delete"):
            _link(operations, f"{name}_create", "201", "id", f"{name}_{verb}", parameter)
    for target in _BELOW_ARTICLES:
        _link(operations, "articles_get", "200", "id", target, "article")
    _link(operations, "articles_comments_create", "201", "id", "comments_get", "key")
    for name in operations:
        words = name.split("_")
        if words[0] == "articles" and len(words) in (2, 3) and name not in _BELOW_ARTICLES:
            verb = "_".join(words[1:])
            if verb in _VERBS:
                _link(operations, "articles_create", "201", "id", name, "article")


_VERBS = (
    "submit", "send_back", "publish", "correct", "withdraw", "deindex", "reindex", "restore",
    "revert",
)  # fmt: skip


def _link(
    operations: dict[str, Schema], source: str, status: str, where: str, target: str, parameter: str
) -> None:
    if source not in operations or target not in operations:
        return
    answer = operations[source]["responses"].get(status)
    if answer is not None:
        answer.setdefault("links", {})[target] = {
            "operationId": target,
            "parameters": {parameter: f"$response.body#/{where}"},
        }
