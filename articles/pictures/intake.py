"""Takes pictures in, from a file that may be anything to an image that may be published, and
lets their files go."""

from typing import IO, Any, NamedTuple

from django.db.models import QuerySet

from articles.models import Image
from articles.pictures.cleaning import CleanPicture, clean
from articles.pictures.storing import discard, names_beginning, put


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
    present = image_of(picture, Image.objects.all())
    if present is None:
        return TakenIn(keep(picture, **words), is_new=True)
    missing = {name: text for name, text in words.items() if text and not getattr(present, name)}
    if missing:
        for name, text in missing.items():
            setattr(present, name, text)
        present.save(update_fields=list(missing))
    return TakenIn(present, is_new=False)


def image_of(picture: CleanPicture, among: QuerySet[Image]) -> Image | None:
    """The one of the images ``among`` which there is one of this picture, if there is."""
    return among.filter(sha256=picture.sha256).order_by("pk").first()


def take_in_as(file: IO[bytes], **words: str) -> Image:
    """The image of ``file`` with exactly these ``words``, where given: an import's picture has the
    caption its article gave it, though another article's has its own. The file is kept once."""
    picture = clean(file)
    given = {name: text for name, text in words.items() if text}
    present = Image.objects.filter(sha256=picture.sha256, **given).order_by("pk").first()
    return present or keep(picture, **words)


def keep(picture: CleanPicture, **words: str) -> Image:
    """Store a clean picture as a new image; ``words`` go before what its file says."""
    said = picture.words._asdict() | {name: text for name, text in words.items() if text}
    return Image.objects.create(**said, **stored(picture))


def stored(picture: CleanPicture) -> dict[str, Any]:
    """The fields of an image that is of a clean picture, whose file this keeps."""
    fields = fields_of(picture)
    return {**fields, "file": put(fields["file"], picture.content, picture.kind.media_type)}


def fields_of(picture: CleanPicture) -> dict[str, Any]:
    """The fields of an image that is of a clean picture; ``file`` is the name to keep it under."""
    digest = picture.sha256
    return {
        "file": f"images/{digest[:2]}/{digest}.{picture.kind.extension}",
        # Behind the file, of which Django reads other sizes when it lies on its side.
        "width": picture.width,
        "height": picture.height,
        "sha256": digest,
    }


def forget(sha256: str) -> None:
    """Delete the file of a deleted image with all its renditions, unless another image has it.

    To be called once the deletion stands.
    """
    if sha256 and not Image.objects.filter(sha256=sha256).exists():
        for folder in ("images", "renditions"):
            discard(names_beginning(f"{folder}/{sha256[:2]}", sha256))
