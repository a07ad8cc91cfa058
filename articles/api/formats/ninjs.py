"""Articles as IPTC ninjs 2.2, News in JSON (https://iptc.org/standards/ninjs/)."""

import mimetypes
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, FloatField, Q, QuerySet, Value
from django.utils import timezone

from articles.api.links import Links
from articles.api.media_types import JSONRenderer
from articles.models import Article, EntityKind, Organisation, Person, Place, Status
from articles.text.body import plain_text

Answer = dict[str, Any]

STANDARD = {
    "name": "ninjs",
    "version": "2.2",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_2.2.json",
}
KEYS = (
    "id", "url", "html_url", "headline", "summary", "body", "dateline", "status", "published_at",
    "updated_at", "language", "section", "authors", "tags", "places", "people", "organisations",
    "image", "corrections", "revision", "source", "word_count",
)  # fmt: skip
"""What of an article in JSON an item is made of."""

_COLUMNS = (
    "pk", "headline", "public_from", "deindexed_at", "wire_details__urgency",
    "wire_details__genre", "updates", "updates__headline", "updates__public_from",
    "updates__deindexed_at",
)  # fmt: skip
_STATUS = {Status.PUBLISHED: "usable", Status.WITHDRAWN: "canceled"}
_RELATION = {"mentioned": "mentions"}
_NOT_CLEARED = "Not cleared for use by others."


class NinjsRenderer(JSONRenderer):
    """Nobody has registered a media type for ninjs; this name is our own."""

    media_type = "application/ninjs+json"
    format = "ninjs"


def items(answers: Sequence[Answer], links: Links) -> list[Answer]:
    """Each article as a ninjs item, in two queries for any number: the whole of it where its
    answer in JSON has the body."""
    ids = [answer["id"] for answer in answers]
    wire, relatives = _wire_and_relatives(ids, links)
    entities = _Entities(answers)
    return [
        _filled(_item(answer, wire[answer["id"]], relatives[answer["id"]], entities))
        for answer in answers
    ]


class _Entities:
    """What ninjs says of places, people and organisations beyond their names."""

    def __init__(self, answers: Iterable[Answer]) -> None:
        self._known: dict[tuple[str, int], tuple[str, float | None, float | None]] = {}
        ids: dict[str, set[int]] = {kind: set() for kind in EntityKind}
        for answer in answers:
            ids[EntityKind.PLACE].update(entry["id"] for entry in answer["places"])
            ids[EntityKind.PERSON].update(entry["id"] for entry in answer["people"])
            ids[EntityKind.ORGANISATION].update(entry["id"] for entry in answer["organisations"])
        nowhere = Value(None, output_field=FloatField())
        places = Place.objects.filter(pk__in=ids[EntityKind.PLACE])
        rows = _named(EntityKind.PLACE, places, F("latitude"), F("longitude")).union(
            _named(
                EntityKind.PERSON,
                Person.objects.filter(pk__in=ids[EntityKind.PERSON]),
                nowhere,
                nowhere,
            ),
            _named(
                EntityKind.ORGANISATION,
                Organisation.objects.filter(pk__in=ids[EntityKind.ORGANISATION]),
                nowhere,
                nowhere,
            ),
            all=True,
        )
        for kind, pk, wikidata, latitude, longitude in rows:
            self._known[kind, pk] = wikidata, latitude, longitude

    def described(self, kind: EntityKind, entries: Iterable[Answer]) -> list[Answer]:
        return [self._described(kind, entry) for entry in entries]

    def _described(self, kind: EntityKind, entry: Answer) -> Answer:
        wikidata, latitude, longitude = self._known.get((kind, entry["id"]), ("", None, None))
        found = {
            "name": entry["name"],
            "rel": _RELATION.get(entry["role"], entry["role"]),
            "uri": f"http://www.wikidata.org/entity/{wikidata}" if wikidata else entry["url"],
            "literal": entry["slug"],
        }
        if latitude is not None and longitude is not None:
            # RFC 7946: the longitude comes first.
            found["geojson"] = {"type": "Point", "coordinates": [longitude, latitude]}
        return found


def _named(kind: EntityKind, rows: QuerySet[Any], north: Any, east: Any) -> QuerySet[Any, Any]:
    return rows.order_by().values_list(Value(str(kind)), "pk", "wikidata_id", north, east)


def _wire_and_relatives(
    ids: Sequence[int], links: Links
) -> tuple[dict[int, Answer], dict[int, list[Answer]]]:
    """Of each article what agencies send along, and the public articles that it updates or that
    update it."""
    wire: dict[int, Answer] = {}
    relatives: dict[int, list[Answer]] = {pk: [] for pk in ids}
    now = timezone.now()

    def relate(pk: int, relation: str, other: int, row: Answer, prefix: str = "") -> None:
        public_from = row[f"{prefix}public_from"]
        if public_from and public_from <= now and not row[f"{prefix}deindexed_at"]:
            address = links.endpoint("article", other)
            relatives[pk].append(_relative(relation, address, row[f"{prefix}headline"]))

    rows = Article.objects.filter(Q(pk__in=ids) | Q(updates__in=ids)).order_by("pk")
    for row in rows.values(*_COLUMNS):
        pk, earlier = row["pk"], row["updates"]
        if pk in relatives:
            wire[pk] = row
            if earlier:
                relate(pk, "updates", earlier, row, prefix="updates__")
        if earlier in relatives:
            relate(earlier, "updated by", pk, row)
    return wire, relatives


def _relative(relation: str, uri: str, headline: str) -> Answer:
    return {
        "name": relation,
        "uri": uri,
        "type": "text",
        "representationtype": "partial",
        "headlines": [_text("main", headline)],
    }


def _item(answer: Answer, wire: Answer, relatives: Sequence[Answer], entities: _Entities) -> Answer:
    image, place = answer["image"], answer["dateline"]["place"]
    genre = wire["wire_details__genre"]
    return {
        "standard": STANDARD,
        "uri": answer["url"],
        "type": "text",
        "representationtype": "full" if "body" in answer else "partial",
        "profile": "text-photo" if image else "text-only",
        "version": str(answer["revision"]),
        "firstcreated": answer["published_at"],
        "versioncreated": answer["updated_at"],
        "contentcreated": answer["published_at"],
        "pubstatus": _STATUS.get(answer["status"], "withheld"),
        "urgency": wire["wire_details__urgency"],
        "language": answer["language"],
        "headlines": [_text("main", answer["headline"])],
        "descriptions": [
            _text(role, text)
            for role, text in (
                ("summary", answer["summary"]),
                ("dateline", answer["dateline"]["text"]),
                *((note["kind"], note["text"]) for note in answer["corrections"]),
            )
            if text
        ],
        "bodies": _bodies(answer),
        "by": _in_a_row([author["name"] for author in answer["authors"]]),
        "located": place["name"] if place else "",
        "people": entities.described(EntityKind.PERSON, answer["people"]),
        "organisations": entities.described(EntityKind.ORGANISATION, answer["organisations"]),
        "places": entities.described(EntityKind.PLACE, answer["places"]),
        "subjects": [_subject(entry) for entry in _filed_under(answer)],
        "genres": [{"name": genre}] if genre else [],
        "infosources": [{"name": answer["source"]}] if answer["source"] else [],
        "altids": [{"role": "page", "value": answer["html_url"]}],
        "associations": [*([_picture(image)] if image else []), *relatives],
    }


def _filed_under(answer: Answer) -> list[Answer]:
    section = [answer["section"]] if answer["section"] else []
    return [*section, *answer["tags"]]


def _subject(entry: Answer) -> Answer:
    return {"name": entry["name"], "uri": entry["url"], "literal": entry["slug"], "rel": "about"}


def _bodies(answer: Answer) -> list[Answer]:
    if "body" not in answer:
        return []
    plain = plain_text(answer["body"])
    size = {"charcount": len(plain), "wordcount": answer["word_count"]}
    return [
        {"role": "text", "contenttype": "text/plain", **size, "value": plain},
        {"role": "text", "contenttype": "text/html", **size, "value": answer["body"]},
    ]


def _picture(image: Answer) -> Answer:
    """The picture beside the headline, with whichever copies of it there are."""
    reusable = image["may_be_reused"]
    return _filled(
        {
            "name": "lead image",
            "uri": image["url"],
            "type": "picture",
            "representationtype": "full",
            "by": image["credit"],
            "usageterms": image["rights"] or ("" if reusable else _NOT_CLEARED),
            "descriptions": [
                _text(role, image[key])
                for role, key in (("caption", "caption"), ("alt", "alt_text"))
                if image[key]
            ],
            "renditions": [
                _rendition("original", image["file"], image),
                *(
                    _rendition(f"{w['width']}-{w['format']}", w["url"], w)
                    for w in image["renditions"]
                ),
            ],
        }
    )


def _rendition(name: str, address: str, measured: Answer) -> Answer:
    kind, _ = mimetypes.guess_type(address.partition("?")[0])
    return _filled(
        {
            "name": name,
            "href": address,
            "contenttype": kind,
            "width": measured["width"],
            "height": measured["height"],
        }
    )


def _text(role: str, value: str) -> Answer:
    return {"role": role, "contenttype": "text/plain", "value": value}


def _in_a_row(names: Sequence[str]) -> str:
    *first, last = names or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _filled(item: Answer) -> Answer:
    """Without what says nothing: the schema knows no null."""
    return {key: value for key, value in item.items() if value not in (None, "", [])}
