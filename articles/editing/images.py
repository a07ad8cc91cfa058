"""What a picture must be before it is taken in, judged by its content and not by its name."""

import warnings
from typing import IO

from django.core.exceptions import ValidationError
from PIL import Image as Pillow
from PIL import UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
MOST_BYTES = 30 * 1024 * 1024
MOST_PIXELS = 60_000_000


def check_picture(file: IO[bytes]) -> None:
    """Raises ValidationError, saying what is wrong, unless ``file`` is a whole picture of a kind
    that browsers show, of at most 30 MB and 60 million pixels, those of all its frames together.
    Leaves the file at its start."""
    file.seek(0, 2)
    if file.tell() > MOST_BYTES:
        raise ValidationError("The picture is larger than 30 MB.")
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            with Pillow.open(file, formats=FORMATS) as picture:
                frames = getattr(picture, "n_frames", 1)
                if picture.width * picture.height * frames > MOST_PIXELS:
                    raise ValidationError("The picture has more than 60 million pixels.")
                for frame in range(frames):
                    picture.seek(frame)
                    picture.load()
    except UnidentifiedImageError as error:
        raise ValidationError("This is not a JPEG, PNG, WebP, GIF or AVIF picture.") from error
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as error:
        raise ValidationError("The picture has more than 60 million pixels.") from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise ValidationError(f"The picture is damaged: {error}.") from error
    finally:
        file.seek(0)
