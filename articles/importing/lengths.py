"""Keeps what is imported within what the archive's columns hold."""

from dataclasses import replace

from django.core.exceptions import ValidationError

from articles.importing.records import ArticleRecord, ImportFault
from articles.models import Article, Author, Image, Section, Tag
from articles.text import body, language


def fit(record: ArticleRecord) -> None:
    """Cut what is too long and may be cut, each with a remark.

    Raises ImportFault when what tells the article from others is too long.
    """
    for name, label in (("source", "Source"), ("source_id", "Source-Id")):
        length, limit = len(getattr(record, name)), _limit(Article, name)
        if length > limit:
            raise ImportFault(f"has a {label} of {length} characters, of which {limit} can be kept")
    record.headline = _cut(record, "headline", record.headline, _limit(Article, "headline"))
    record.section = _cut(record, "section", record.section, _limit(Section, "name"))
    record.authors = tuple(
        _cut(record, "author", name, _limit(Author, "name")) for name in record.authors
    )
    record.tags = tuple(_cut(record, "tag", name, _limit(Tag, "name")) for name in record.tags)
    if picture := record.picture:
        record.picture = replace(
            picture,
            alt_text=_cut(
                record, "picture's description", picture.alt_text, _limit(Image, "alt_text")
            ),
            credit=_cut(record, "picture's credit", picture.credit, _limit(Image, "credit")),
        )
    try:
        Article._meta.get_field("language").run_validators(record.language)
    except ValidationError:
        said, record.language = record.language, language.detect(body.plain_text(record.body))
        record.remarks.append(
            f"“{said[:40]}” is no language tag such as en or ur; it seems to be {record.language}"
        )


def _limit(model: type[Article | Author | Image | Section | Tag], field: str) -> int:
    limit = getattr(model._meta.get_field(field), "max_length", None)
    assert limit is not None
    return int(limit)


def _cut(record: ArticleRecord, what: str, words: str, limit: int) -> str:
    if len(words) <= limit:
        return words
    record.remarks.append(f"the {what} has {len(words)} characters and was cut to {limit}")
    return words[:limit].strip()
