"""Takes in the pictures that a batch of records names."""

from collections.abc import Iterable
from pathlib import Path

from django.core.exceptions import ValidationError

from articles.importing.records import ArticleRecord, Picture
from articles.models import Image
from articles.pictures import take_in_as


def store(records: Iterable[ArticleRecord], media_root: Path | None) -> dict[Picture, Image]:
    """Store the records' pictures that lie in ``media_root``; one that several share, once.

    A picture that is missing or damaged is noted among the record's remarks; the article goes in
    without it. Renditions are left to ``make_renditions``, since they take longer than the rest of
    an import together.
    """
    images: dict[Picture, Image] = {}
    for record in records:
        if record.picture is None or record.picture in images:
            continue
        try:
            images[record.picture] = _store(record.picture, media_root)
        except ValidationError as error:
            record.remarks.append(f"picture {record.picture.name}: {' '.join(error.messages)}")
    return images


def _store(picture: Picture, media_root: Path | None) -> Image:
    if media_root is None:
        raise ValidationError("Not taken in; say with --media-root where the pictures lie.")
    path = (media_root / picture.name).resolve()
    if not path.is_relative_to(media_root.resolve()) or not path.is_file():
        raise ValidationError("There is no such file in the media root.")
    with path.open("rb") as file:
        return take_in_as(
            file, alt_text=picture.alt_text, caption=picture.caption, credit=picture.credit
        )
