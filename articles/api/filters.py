"""What the lists of entities, pictures and comments can be narrowed by."""

from typing import Any, ClassVar

from django.db.models import Exists, Manager, OuterRef, Q, QuerySet
from django_filters import rest_framework as filters
from rest_framework.exceptions import ValidationError

from articles.api.nearby import FORM, read_circle
from articles.api.parameters import any_of, day, moment
from articles.api.visibility import public_article_named
from articles.models import (
    Article,
    Containment,
    DatePrecision,
    Illustration,
    OrganisationName,
    PersonName,
    PlaceKind,
    PlaceName,
    Position,
)
from articles.search.asking.vocabulary import Choice, resolve
from articles.search.words.tokens import words
from articles.text.folding import fold

Rows = QuerySet[Any, Any]

_UPDATED = "ISO 8601: those changed at this time or later."


class NameFilter(filters.FilterSet):
    """Entries of the vocabulary by what they are called and by what they are."""

    q = filters.CharFilter(method="named", help_text="The beginning of a name.")
    id = filters.CharFilter(method="of_ids", help_text="The ids of some, as `7|12`.")
    slug = filters.CharFilter(method="of_slugs", help_text="The slugs of some, as `a|b`.")

    def named(self, rows: Rows, name: str, value: str) -> Rows:
        return rows.filter(name__istartswith=value)

    def of_ids(self, rows: Rows, name: str, value: str) -> Rows:
        ids = any_of(name, value)
        for text in ids:
            if not (text.isascii() and text.isdecimal() and len(text) <= 18):
                raise ValidationError({name: [f"“{text}” is no id: give numbers, as 7|12."]})
        return rows.filter(pk__in=map(int, ids))

    def of_slugs(self, rows: Rows, name: str, value: str) -> Rows:
        return rows.filter(slug__in=any_of(name, value))


class OtherNamesFilter(NameFilter):
    """Entities by the beginning of their name or of another name, whatever its spelling.

    ``names`` are the other names, ``entity`` is their column for whose they are.
    """

    names: ClassVar[Manager[Any]]
    entity: ClassVar[str]

    updated_since = filters.CharFilter(method="changed_since", help_text=_UPDATED)

    def named(self, rows: Rows, name: str, value: str) -> Rows:
        folded = fold(value)
        if not folded:
            raise ValidationError({name: [f"There is no letter in “{value}” to look for."]})
        matching = self.names.filter(folded__startswith=folded)
        return rows.filter(Q(name__istartswith=value) | Q(pk__in=matching.values(self.entity)))

    def changed_since(self, rows: Rows, name: str, value: str) -> Rows:
        return rows.filter(updated_at__gte=moment(name, value))


class PlaceFilter(OtherNamesFilter):
    """Places by name, kind, country, what they lie in, and where on the globe."""

    names = PlaceName.objects
    entity = "place"

    kind = filters.CharFilter(
        method="of_kind", help_text=f"Any of `{'|'.join(PlaceKind.values)}`, with `|` between."
    )
    within = filters.CharFilter(
        method="lying_in", help_text="The id or slug of a place that they lie in, at any depth."
    )
    country = filters.CharFilter(
        method="of_country", help_text="An ISO 3166-1 code of two letters, such as PK."
    )
    near = filters.CharFilter(
        method="in_circle", help_text=f"Those round a point, the nearest first, as {FORM}."
    )

    def of_kind(self, rows: Rows, name: str, value: str) -> Rows:
        kinds = any_of(name, value)
        for kind in kinds:
            if kind not in PlaceKind.values:
                allowed = ", ".join(PlaceKind.values)
                raise ValidationError({name: [f"“{kind}” is none of: {allowed}."]})
        return rows.filter(kind__in=kinds)

    def lying_in(self, rows: Rows, name: str, value: str) -> Rows:
        return rows.filter(containers=_entry("place", name, value).key)

    def of_country(self, rows: Rows, name: str, value: str) -> Rows:
        in_country = rows.model.objects.filter(country_code=value.upper())
        if not in_country.exists():
            raise ValidationError({name: [f"There is no place in a country “{value}”."]})
        return rows.filter(country_code=value.upper())

    def in_circle(self, rows: Rows, name: str, value: str) -> Rows:
        try:
            circle = read_circle(value)
        except ValueError as error:
            raise ValidationError({name: [str(error)]}) from error
        return circle.measured(rows)


class PersonFilter(OtherNamesFilter):
    """People by name, and by the positions they hold or held.

    Whatever is said of a position must be true of one and the same.
    """

    names = PersonName.objects
    entity = "person"
    _positions: QuerySet[Position] | None = None

    position = filters.CharFilter(
        method="with_title", help_text="Words of the title of a position they held, as `minister`."
    )
    organisation = filters.CharFilter(
        method="at_organisation", help_text="The id or slug of where they held a position."
    )
    place = filters.CharFilter(
        method="over_place",
        help_text="The id or slug of a place that a position was for; those inside it included.",
    )
    on = filters.CharFilter(
        method="held_on", help_text="A day, YYYY-MM-DD, on which they held the position."
    )

    def filter_queryset(self, rows: Rows) -> Rows:
        rows = super().filter_queryset(rows)
        if self._positions is None:
            return rows
        return rows.filter(pk__in=self._positions.order_by().values("person"))

    def with_title(self, rows: Rows, name: str, value: str) -> Rows:
        sought = set(words(value))
        if not sought:
            raise ValidationError({name: [f"There is no word in “{value}”."]})
        # There are few titles, however many held them; no database folds words as we do.
        titles = Position.objects.order_by().values_list("title", flat=True).distinct()
        matching = [title for title in titles.iterator() if sought.issubset(words(title))]
        return self._held(rows, Q(title__in=matching))

    def at_organisation(self, rows: Rows, name: str, value: str) -> Rows:
        return self._held(rows, Q(organisation=_entry("organisation", name, value).key))

    def over_place(self, rows: Rows, name: str, value: str) -> Rows:
        return self._held(rows, _at("place", _entry("place", name, value)))

    def held_on(self, rows: Rows, name: str, value: str) -> Rows:
        asked = day(name, value)
        first_of_month, first_of_year = asked.replace(day=1), asked.replace(month=1, day=1)
        # A month or a year is stored as its first day, and may have ended on its last.
        ended_later = (
            Q(ended_on__isnull=True)
            | Q(ended_on__gte=asked)
            | Q(ended_on__gte=first_of_month, end_precision=DatePrecision.MONTH)
            | Q(ended_on__gte=first_of_year, end_precision=DatePrecision.YEAR)
        )
        begun = Q(started_on__isnull=True) | Q(started_on__lte=asked)
        return self._held(rows, begun & ended_later)

    def _held(self, rows: Rows, condition: Q) -> Rows:
        so_far = Position.objects.all() if self._positions is None else self._positions
        self._positions = so_far.filter(condition)
        return rows


class OrganisationFilter(OtherNamesFilter):
    """Organisations by name, by what they are, and by where they are based."""

    names = OrganisationName.objects
    entity = "organisation"

    kind = filters.CharFilter(method="of_kind", help_text="What they are, as `political party`.")
    place = filters.CharFilter(
        method="based_in",
        help_text="The id or slug of a place where they are based; those inside it included.",
    )

    def of_kind(self, rows: Rows, name: str, value: str) -> Rows:
        of_it = rows.filter(kind__iexact=value)
        if not of_it.exists():
            raise ValidationError({name: [f"There is no organisation of a kind “{value}”."]})
        return of_it

    def based_in(self, rows: Rows, name: str, value: str) -> Rows:
        return rows.filter(_at("place", _entry("place", name, value)))


class ImageFilter(filters.FilterSet):
    """Pictures by the article that shows them."""

    article = filters.CharFilter(
        method="of_article", help_text="The id or the public address of an article."
    )

    def of_article(self, rows: Rows, name: str, value: str) -> Rows:
        article = _article(name, value)
        lead = Article.objects.filter(pk=article, lead_image=OuterRef("pk"))
        in_text = Illustration.objects.filter(article=article, image=OuterRef("pk"))
        return rows.filter(Exists(lead) | Exists(in_text))


class CommentFilter(filters.FilterSet):
    """Comments by article and time."""

    article = filters.CharFilter(
        method="on_article", help_text="The id or the public address of an article."
    )
    since = filters.CharFilter(
        method="made_since", help_text="ISO 8601: those made at this time or later."
    )
    until = filters.CharFilter(
        method="made_until", help_text="ISO 8601: those made before this time."
    )

    def on_article(self, rows: Rows, name: str, value: str) -> Rows:
        return rows.filter(article=_article(name, value))

    def made_since(self, rows: Rows, name: str, value: str) -> Rows:
        return rows.filter(created_at__gte=moment(name, value))

    def made_until(self, rows: Rows, name: str, value: str) -> Rows:
        return rows.filter(created_at__lt=moment(name, value))


def _entry(parameter: str, name: str, value: str) -> Choice:
    found = resolve(parameter, [value]).get(value)
    if found is None:
        reason = f"There is no {parameter} “{value}” (give a slug or an id)."
        raise ValidationError({name: [reason]})
    return found


def _at(column: str, place: Choice) -> Q:
    """That ``column`` is ``place``, or lies in it."""
    inside = Containment.objects.filter(outer=int(place.key)).values("inner")
    return Q((column, place.key)) | Q((f"{column}__in", inside))


def _article(name: str, value: str) -> int:
    found = public_article_named(value)
    if found is None:
        raise ValidationError({name: [f"There is no public article “{value}”."]})
    return found
