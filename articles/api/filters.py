"""What the lists of entities and comments can be narrowed by."""

from typing import Any, ClassVar

from django.db.models import Manager, Q, QuerySet
from django_filters import rest_framework as filters
from rest_framework.exceptions import ValidationError

from articles.api.parameters import by_key, moment
from articles.api.visibility import public_articles
from articles.models import (
    OrganisationName,
    PersonName,
    PlaceKind,
    PlaceName,
)
from articles.search.vocabulary import resolve
from articles.text.folding import fold

Rows = QuerySet[Any, Any]


class NameFilter(filters.FilterSet):
    """Entities by the beginning of their name."""

    q = filters.CharFilter(method="named", help_text="The beginning of a name.")

    def named(self, rows: Rows, name: str, value: str) -> Rows:
        return rows.filter(name__istartswith=value)


class OtherNamesFilter(NameFilter):
    """Entities by the beginning of their name or of another name, whatever its spelling.

    ``names`` are the other names, ``entity`` is their column for whose they are.
    """

    names: ClassVar[Manager[Any]]
    entity: ClassVar[str]

    def named(self, rows: Rows, name: str, value: str) -> Rows:
        matching = self.names.filter(folded__startswith=fold(value))
        return rows.filter(Q(name__istartswith=value) | Q(pk__in=matching.values(self.entity)))


class PlaceFilter(OtherNamesFilter):
    """Places by name, kind, country and what they lie in."""

    names = PlaceName.objects
    entity = "place"

    kind = filters.ChoiceFilter(choices=PlaceKind.choices)
    within = filters.CharFilter(
        method="lying_in", help_text="The id or slug of a place that they lie in, at any depth."
    )
    country = filters.CharFilter(
        method="of_country", help_text="An ISO 3166-1 code of two letters, such as PK."
    )

    def lying_in(self, rows: Rows, name: str, value: str) -> Rows:
        outer = resolve("place", [value]).get(value)
        if outer is None:
            raise ValidationError({name: [f"There is no place “{value}”."]})
        return rows.filter(containers=outer.key)

    def of_country(self, rows: Rows, name: str, value: str) -> Rows:
        in_country = rows.filter(country_code=value.upper())
        if not in_country.exists():
            raise ValidationError({name: [f"There is no place in a country “{value}”."]})
        return in_country


class PersonFilter(OtherNamesFilter):
    names = PersonName.objects
    entity = "person"


class OrganisationFilter(OtherNamesFilter):
    names = OrganisationName.objects
    entity = "organisation"


class CommentFilter(filters.FilterSet):
    """Comments by article and time."""

    article = filters.CharFilter(method="on_article", help_text="The id of an article.")
    since = filters.CharFilter(
        method="made_since", help_text="ISO 8601: those made at this time or later."
    )

    def on_article(self, rows: Rows, name: str, value: str) -> Rows:
        key = by_key(value)
        if "pk" not in key or not public_articles().filter(**key).exists():
            raise ValidationError({name: [f"There is no article “{value}”."]})
        return rows.filter(article=key["pk"])

    def made_since(self, rows: Rows, name: str, value: str) -> Rows:
        return rows.filter(created_at__gte=moment(name, value))
