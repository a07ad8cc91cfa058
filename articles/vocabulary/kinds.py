"""The kinds of entry that the vocabulary has, and the tables and lists that each has."""

from django.db.models import Model

from articles.models import (
    Author,
    EntityName,
    ListingKind,
    Organisation,
    OrganisationName,
    Person,
    PersonName,
    Place,
    PlaceName,
    Section,
    Tag,
    VocabularyKind,
)

MODELS: dict[VocabularyKind, type[Model]] = {
    VocabularyKind.PLACE: Place,
    VocabularyKind.PERSON: Person,
    VocabularyKind.ORGANISATION: Organisation,
    VocabularyKind.TAG: Tag,
    VocabularyKind.SECTION: Section,
    VocabularyKind.AUTHOR: Author,
}

NAMES: dict[VocabularyKind, type[EntityName]] = {
    VocabularyKind.PLACE: PlaceName,
    VocabularyKind.PERSON: PersonName,
    VocabularyKind.ORGANISATION: OrganisationName,
}
"""The other names of those that have any."""

LISTS: dict[VocabularyKind, tuple[ListingKind, ...]] = {
    VocabularyKind.PLACE: (
        ListingKind.PLACE,
        ListingKind.DATELINE,
        ListingKind.PLACE_ITSELF,
        ListingKind.DATELINE_ITSELF,
    ),
    VocabularyKind.PERSON: (ListingKind.PERSON,),
    VocabularyKind.ORGANISATION: (ListingKind.ORGANISATION,),
    VocabularyKind.TAG: (ListingKind.TAG,),
    VocabularyKind.SECTION: (ListingKind.SECTION,),
    VocabularyKind.AUTHOR: (ListingKind.AUTHOR,),
}

Named = Place | Person | Organisation
"""What copy may call by other names."""

Mergeable = Place | Person | Organisation | Tag
"""What can be merged into another of its kind."""


def kind_of(entry: Model) -> VocabularyKind:
    """Raises ValueError for what is no entry of the vocabulary."""
    return VocabularyKind(entry._meta.model_name or "")
