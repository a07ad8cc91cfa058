"""Takes pictures in: from a file that may be anything to an image that may be published."""

import hashlib
from typing import IO, NamedTuple

from articles.models import Image
from articles.pictures.cleaning import CleanPicture, clean
from articles.pictures.storing import put


class TakenIn(NamedTuple):
    """An image, and whether it is new or was in the archive already."""

    image: Image
    is_new: bool


def take_in(file: IO[bytes], **words: str) -> TakenIn:
    """The stored image of ``file``; what is in the archive already is not stored again.

    ``words`` are fields of the image. Those left out or empty are what the file itself says; an
    image that was here keeps what it has, and takes words only where it has none. Makes no
    renditions. Raises ValidationError saying why a file is refused and what to do.
    """
    picture = clean(file)
    digest = sha256_of(picture)
    present = Image.objects.filter(sha256=digest).order_by("pk").first()
    if present is None:
        return TakenIn(keep(picture, **words), is_new=True)
    missing = {name: text for name, text in words.items() if text and not getattr(present, name)}
    if missing:
        for name, text in missing.items():
            setattr(present, name, text)
        present.save(update_fields=list(missing))
    return TakenIn(present, is_new=False)


def take_in_as(file: IO[bytes], **words: str) -> Image:
    """The image of ``file`` with exactly these ``words``, where given: an import's picture has the
    caption its article gave it, though another article's has its own. The file is kept once."""
    picture = clean(file)
    given = {name: text for name, text in words.items() if text}
    present = Image.objects.filter(sha256=sha256_of(picture), **given).order_by("pk").first()
    return present or keep(picture, **words)


def keep(picture: CleanPicture, **words: str) -> Image:
    """Store a clean picture as a new image; ``words`` go before what its file says."""
    digest = sha256_of(picture)
    name = f"images/{digest[:2]}/{digest}.{picture.kind.extension}"
    said = picture.words._asdict() | {name: text for name, text in words.items() if text}
    return Image.objects.create(
        file=put(name, picture.content, picture.kind.media_type),
        sha256=digest,
        width=picture.width,
        height=picture.height,
        **said,
    )


def sha256_of(picture: CleanPicture) -> str:
    """Of what is kept, by which the same picture is known again whatever came along with it."""
    return hashlib.sha256(picture.content).hexdigest()
