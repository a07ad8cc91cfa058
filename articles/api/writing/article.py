"""From the fields that are sent for an article to the verb that saves it, by the desk's rules."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from articles import editing
from articles.api.writing.references import Entry, find, find_one
from articles.api.writing.sight import Sight
from articles.editing import rules
from articles.editing.rules import Action, visible_to
from articles.importing import intake
from articles.importing.normalise import day_in
from articles.importing.records import ImportFault, Options
from articles.models import (
    Article,
    Author,
    Byline,
    EntityKind,
    Image,
    Mention,
    MentionRole,
    Organisation,
    Person,
    Place,
    Section,
    Status,
    Tag,
    Tagging,
)

NAMES = {
    "lead_image": "image",
    "dateline_place": "dateline.place",
    "dateline_text": "dateline.text",
    "dateline_date": "dateline.date",
}
"""What the model's fields are called in the API, where that differs."""

SENT_COPY = "sent copy"
"""Where copy came from that names no source and was sent as such."""

_COLUMNS = (
    "slug",
    "summary",
    "body",
    "language",
    "published_at",
    "embargo_until",
    "comment_policy",
    "source",
    "source_id",
)
_KINDS: Mapping[str, tuple[EntityKind, type[Place | Person | Organisation]]] = {
    "places": (EntityKind.PLACE, Place),
    "people": (EntityKind.PERSON, Person),
    "organisations": (EntityKind.ORGANISATION, Organisation),
}
_ROLES = {
    EntityKind.PLACE: {MentionRole.ABOUT, MentionRole.MENTIONED, MentionRole.FILED_FROM},
    EntityKind.PERSON: set(MentionRole) - {MentionRole.FILED_FROM},
    EntityKind.ORGANISATION: set(MentionRole) - {MentionRole.FILED_FROM},
}
_PUBLIC = {Status.SCHEDULED, Status.PUBLISHED}


def save(article: Article, sent: Mapping[str, Any], *, by: User, sight: Sight) -> None:
    """Give an article the fields that were sent, new or stored and locked, and save it as the desk
    does. What it refers to is found within ``sight``.

    Raises ValidationError, by the model's names of fields, and PermissionDenied.
    """
    is_new = article.pk is None
    rules.require(by, Action.CREATE if is_new else Action.EDIT, None if is_new else article)
    _fill(article, sent, by, sight)
    related = editing.Related(
        authors=_each_once(Author, "authors", sent, by, sight),
        tags=_each_once(Tag, "tags", sent, by, sight),
        names=dict(_names(sent, sight)),
    )
    editing.prepare(article)
    _require_sound(article)
    with transaction.atomic():
        before = None if is_new else _all_of(article)
        editing.save(
            article,
            by=by,
            reason=sent.get("reason", ""),
            minor=sent.get("minor", False),
            related=related,
        )
        if not is_new and _all_of(article) == before:
            transaction.set_rollback(True)  # with what was noted of a change that was none


def make_from_copy(sent: Mapping[str, Any], *, by: User) -> Article:
    """The draft that raw copy makes, as *New from copy* does. Raises ``AlreadyHere`` where the
    archive has it, ValidationError and PermissionDenied."""
    source = sent.get("source", "")
    options = Options(year=sent.get("year"), source=source or SENT_COPY, source_date=day_in(source))
    try:
        items = intake.items_in(sent["copy"].encode(), SENT_COPY)
        if len(items) != 1:
            raise ValidationError({"copy": "It holds several articles. Send them one by one."})
        record = intake.read(items[0], options)
    except ImportFault as fault:
        raise ValidationError({"copy": f"The copy {fault}."}) from fault
    return intake.bring_in(record, by=by)


def _fill(article: Article, sent: Mapping[str, Any], by: User, sight: Sight) -> None:
    """Change the article in memory."""
    if "headline" in sent and sent["headline"] != article.headline:
        article.headline, article.headline_is_drawn = sent["headline"], False
    for column in _COLUMNS:
        if column in sent:
            setattr(article, column, sent[column])
    _fill_dateline(article, sent.get("dateline", {}), sight)
    if "section" in sent:
        article.section = find_one(Section, "section", sent["section"], sight)
    if "image" in sent:
        article.lead_image = find_one(Image, "lead_image", sent["image"], sight)
    if "updates" in sent:
        article.updates = _earlier(article, sent["updates"], by)


def _fill_dateline(article: Article, dateline: Mapping[str, Any], sight: Sight) -> None:
    if "place" in dateline:
        place = find_one(Place, "dateline_place", dateline["place"], sight)
        article.dateline_place = place
    article.dateline_text = dateline.get("text", article.dateline_text)
    if "date" in dateline and dateline["date"] != article.dateline_date:
        article.dateline_date, article.dateline_year_is_guess = dateline["date"], False
    is_guess = dateline.get("year_is_guess", article.dateline_year_is_guess)
    article.dateline_year_is_guess &= is_guess  # nobody makes a guess of what is known


def _earlier(article: Article, pk: int | None, by: User) -> Article | None:
    if pk is None:
        return None
    if pk == article.pk:
        raise ValidationError({"updates": "An article cannot bring itself up to date."})
    found = visible_to(by, Article.objects.filter(pk=pk)).first()
    if found is None:
        raise ValidationError({"updates": f"There is no article {pk}."})
    return found


def _each_once(
    model: type[Entry], field: str, sent: Mapping[str, Any], by: User, sight: Sight
) -> list[Entry] | None:
    if field not in sent:
        return None
    return list(dict.fromkeys(find(model, field, sent[field], sight, by)))


def _names(
    sent: Mapping[str, Any], sight: Sight
) -> Iterator[tuple[EntityKind, list[editing.Named]]]:
    """What the article shall name, by kind; where it was filed from follows from its dateline."""
    for field, (kind, model) in _KINDS.items():
        if field in sent:
            yield kind, _named(field, kind, model, sent[field], sight)


def _named(
    field: str,
    kind: EntityKind,
    model: type[Any],
    sent: Sequence[Mapping[str, Any]],
    sight: Sight,
) -> list[editing.Named]:
    entities = find(model, field, [_reference(one) for one in sent], sight)
    named: dict[tuple[int, str], editing.Named] = {}
    for one, entity in zip(sent, entities, strict=True):
        role = MentionRole(one.get("role", MentionRole.MENTIONED))
        if role not in _ROLES[kind]:
            raise ValidationError({field: f"“{role.value}” is no role of a {kind.label}."})
        if role is not MentionRole.FILED_FROM:
            named[entity.pk, role] = editing.Named(entity, role, one.get("title"))
    return list(named.values())


def _reference(sent: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": sent["id"]} if "id" in sent else {"slug": sent["slug"]}


def _all_of(article: Article) -> object:
    """All that a save can change of a stored article, its revision included, to be compared."""
    return (
        list(Article.objects.filter(pk=article.pk).values()),
        _rows(Byline.objects.filter(article=article)),
        _rows(Tagging.objects.filter(content_object=article)),
        _rows(Mention.objects.filter(article=article)),
    )


def _rows(found: QuerySet[Any]) -> list[str]:
    columns = found.model._meta.concrete_fields
    names = [column.attname for column in columns if not column.primary_key]
    return sorted(map(repr, found.values_list(*names)))


def _require_sound(article: Article) -> None:
    """Hold a prepared article to what its columns and, once it is public, its readers need."""
    # Whatever a relation leads to was found a moment ago.
    relations = {field.name for field in article._meta.concrete_fields if field.is_relation}
    article.clean_fields(exclude=relations)
    if _is_taken(article):
        raise ValidationError({"source_id": "Another article of this source has it."})
    if article.status not in _PUBLIC:
        return
    faults: dict[str, list[str]] = {}
    if article.published_at is None:
        reason = "A public article has a time. Withdraw it to take it away."
        faults["published_at"] = [reason]
    for found in editing.stops(article):
        faults.setdefault(found.field, []).append(found.message)
    if faults:
        raise ValidationError(faults)


def _is_taken(article: Article) -> bool:
    """Whether another article has its source and source id."""
    same = Article.objects.filter(source=article.source, source_id=article.source_id)
    return bool(article.source_id) and same.exclude(pk=article.pk).exists()
