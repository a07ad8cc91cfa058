"""The public versions of an article."""

from typing import Any

from django.utils.timezone import localtime
from rest_framework import serializers

from articles.api.links import Links
from articles.models import Revision


class RevisionSerializer(serializers.Serializer[Revision]):
    """An article as it stood after a change."""

    number = serializers.IntegerField(help_text="Counted from 1 within the article.")
    html_url = serializers.URLField(
        allow_null=True,
        help_text="The article's page as it stood then; null before the article has a page.",
    )
    article = serializers.IntegerField(help_text="The id of the article.")
    created_at = serializers.DateTimeField()
    is_minor = serializers.BooleanField(help_text="A change of no consequence to readers.")
    headline = serializers.CharField()
    summary = serializers.CharField()
    body = serializers.CharField()
    language = serializers.CharField()
    section = serializers.CharField(help_text="The name of the section; empty without one.")
    authors = serializers.ListField(child=serializers.CharField())
    tags = serializers.ListField(child=serializers.CharField())
    digest = serializers.CharField(
        help_text="SHA-256 of this version and of the digest before it: the seal of the record."
    )

    def to_representation(self, instance: Revision) -> dict[str, Any]:
        """``instance`` is from ``visibility.public_revisions``, or like those."""
        links: Links = self.context["links"]
        path = instance.article.path
        content = instance.snapshot
        return {
            "number": instance.number,
            "html_url": links.page(f"{path}history/{instance.number}/") if path else None,
            "article": instance.article_id,
            "created_at": localtime(instance.created_at),
            "is_minor": instance.is_minor,
            **{name: content[name] for name in _CONTENT},
            "digest": instance.digest,
        }


_CONTENT = ("headline", "summary", "body", "language", "section", "authors", "tags")
