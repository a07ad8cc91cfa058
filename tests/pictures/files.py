"""Picture files as they come in."""

from io import BytesIO
from typing import Any

from PIL import Image as Picture


def drawn(kind: str, size: tuple[int, int] = (40, 30), frames: int = 1, **options: Any) -> bytes:
    """A small picture, or an animation of ``frames``, as Pillow saves it."""
    file = BytesIO()
    first, *others = [Picture.new("P", size, number % 256) for number in range(frames)]
    if others:
        options |= {"save_all": True, "append_images": others}
    first.convert("P" if kind == "GIF" else "RGB").save(file, kind, **options)
    return file.getvalue()


def gif_with_comment(comment: bytes) -> bytes:
    file = BytesIO()
    Picture.new("P", (40, 30)).save(file, "GIF", comment=comment)
    return file.getvalue()
