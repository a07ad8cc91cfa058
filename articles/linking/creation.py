"""People and organisations that copy proves, made so that an editor sees they want a look."""

from collections.abc import Iterable, Sequence

from articles.linking import names
from articles.linking.findings import FoundMention
from articles.linking.known import KnownOrganisation, KnownPerson, NamedEntity
from articles.linking.positions import Held
from articles.models import EntityKind, Organisation, OrganisationName, Person, Position
from articles.models.free_slugs import free_slugs
from articles.text.folding import fold

_SOURCE = "From the copy of “{headline}”."
_LONGEST_SOURCE = 500
_LONGEST_SLUG = 180

#: The kind and folded name by which a new entity is asked for, and the id it was given.
Created = dict[tuple[EntityKind, str], int]


def create(found: Iterable[tuple[str, FoundMention]]) -> Created:
    """Make a person or an organisation of each certain mention that has no entity.

    ``found`` pairs the headline of the article with the mention; those of one kind and name,
    from whichever article, become one. Six queries at most.
    """
    first: dict[tuple[EntityKind, str], tuple[str, FoundMention]] = {}
    for headline, mention in found:
        first.setdefault(key_of(mention), (headline, mention))
    if not first:
        return {}
    people = [pair for key, pair in first.items() if key[0] is EntityKind.PERSON]
    organisations = [pair for key, pair in first.items() if key[0] is EntityKind.ORGANISATION]
    known = [*_create_people(people), *_create_organisations(organisations)]
    names.extend(
        known,
        {
            Person: len(people),
            Position: len(people),
            Organisation: len(organisations),
            OrganisationName: sum(len(mention.other_names) for _, mention in organisations),
        },
    )
    return {
        (entity.entity_kind, fold(name)): entity.id for name, entity in known if name == entity.name
    }


def key_of(mention: FoundMention) -> tuple[EntityKind, str]:
    return mention.kind, fold(mention.name)


def _create_people(found: Sequence[tuple[str, FoundMention]]) -> list[NamedEntity]:
    if not found:
        return []
    slugs = free_slugs(Person.objects, [mention.name for _, mention in found], _LONGEST_SLUG)
    people = Person.objects.bulk_create(
        Person(name=mention.name, slug=slug, is_reviewed=False)
        for slug, (_, mention) in zip(slugs, found, strict=True)
    )
    Position.objects.bulk_create(
        Position(
            person=person,
            title=mention.title,
            source=_SOURCE.format(headline=headline)[:_LONGEST_SOURCE],
        )
        for person, (headline, mention) in zip(people, found, strict=True)
    )
    return [
        (person.name, KnownPerson(person.pk, person.name, (Held(mention.title),)))
        for person, (_, mention) in zip(people, found, strict=True)
    ]


def _create_organisations(found: Sequence[tuple[str, FoundMention]]) -> list[NamedEntity]:
    if not found:
        return []
    slugs = free_slugs(Organisation.objects, [mention.name for _, mention in found], _LONGEST_SLUG)
    organisations = Organisation.objects.bulk_create(
        Organisation(name=mention.name, slug=slug, is_reviewed=False)
        for slug, (_, mention) in zip(slugs, found, strict=True)
    )
    other_names = [
        OrganisationName(organisation=organisation, name=name, folded=fold(name))
        for organisation, (_, mention) in zip(organisations, found, strict=True)
        for name in mention.other_names
    ]
    OrganisationName.objects.bulk_create(other_names)
    known = {row.pk: KnownOrganisation(row.pk, row.name) for row in organisations}
    return [
        *((entity.name, entity) for entity in known.values()),
        *((other.name, known[other.organisation_id]) for other in other_names),
    ]
