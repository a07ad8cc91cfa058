"""The shape of a change; ``articles.changes.entries`` fills it."""

from typing import Any

from rest_framework import serializers

from articles.api.serializers.articles import ArticleSerializer
from articles.models import ChangeKind


class ChangeSerializer(serializers.Serializer[Any]):
    """That an article was published, changed, moved or taken away."""

    id = serializers.CharField(help_text="The same whenever it is read.")
    kind = serializers.ChoiceField(ChangeKind.choices)
    at = serializers.DateTimeField(help_text="Since when readers could see it.")
    article = serializers.IntegerField(help_text="The article’s id.")
    url = serializers.URLField(help_text="The article in the API.")
    html_url = serializers.URLField(
        allow_null=True,
        help_text="Its page after this change; null where readers have none any more.",
    )
    former_html_url = serializers.URLField(
        allow_null=True, help_text="Of an article that moved, its page before."
    )
    notice = serializers.CharField(
        allow_null=True, help_text="Of an article that is withdrawn now, what readers are told."
    )
    document = ArticleSerializer(
        allow_null=True,
        help_text="The article as it stands now, without `comments` unless they are asked for; "
        "null where it is not public now.",
    )
