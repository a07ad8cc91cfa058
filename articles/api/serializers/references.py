"""What serializers share: addresses, and how one entity refers to another."""

from typing import Any
from urllib.parse import urlencode

from rest_framework import serializers

from articles.api.links import Links, Reference
from articles.models import Entity, EntityName


class ReferenceSerializer(serializers.Serializer[Any]):
    """Another entity in short: enough to show it, link to it and ask for it."""

    id = serializers.IntegerField()
    url = serializers.URLField(help_text="Its address in the API.")
    html_url = serializers.URLField(help_text="Its page for readers.")
    name = serializers.CharField()
    slug = serializers.CharField()


class NameSerializer(serializers.Serializer[EntityName]):
    """Another name, spelling or script."""

    name = serializers.CharField()
    language = serializers.CharField(help_text="A BCP 47 tag; empty if unknown.")
    is_preferred = serializers.BooleanField(help_text="Shown in this language before any other.")
    is_common_word = serializers.BooleanField(help_text="It is also an ordinary word.")


class ListedSerializer(serializers.ModelSerializer[Any]):
    """An entity that articles are listed under.

    ``endpoint`` is its name in the URL names of the API and of the pages, and as a parameter.
    """

    endpoint: str

    url = serializers.SerializerMethodField(help_text="Its address in the API.")
    html_url = serializers.SerializerMethodField(help_text="Its page for readers.")
    articles_url = serializers.SerializerMethodField(help_text="Its articles in the API.")

    def get_url(self, instance: Any) -> str:
        return self._links.endpoint(self.endpoint, instance.pk)

    def get_html_url(self, instance: Any) -> str:
        return self._links.page(instance.get_absolute_url())

    def get_articles_url(self, instance: Any) -> str:
        return self._links.articles(urlencode({self.endpoint: instance.slug}))

    def reference(self, kind: str, entity: Entity | None) -> Reference | None:
        """How the answer refers to ``entity``."""
        if entity is None:
            return None
        return self._links.reference(kind, entity.pk, entity.name, entity.slug)

    @property
    def _links(self) -> Links:
        links = self.context["links"]
        assert isinstance(links, Links)
        return links
