"""A small picture of a photo, drawn anew: nothing of what else the file holds reaches the browser."""

import io
from collections.abc import Iterator

from PIL import Image, ImageOps, UnidentifiedImageError

from services.kit.apart import Bounds, read_apart

FORMATS = ("JPEG", "PNG", "WEBP")
SIDE = 480
LARGEST = 40 * 1024 * 1024
PIXELS = 120_000_000
BOUNDS = Bounds(memory=1 << 30, cpu=10, seconds=20, found=1 << 22)


def thumbnail(data: bytes) -> bytes | None:
    """A JPEG of at most 480 pixels a side, the right way up, drawn in a process of its own; None for what is no such picture, or
    takes more than is given for it.
    """
    try:
        return read_apart(f"{__name__}:drawn", data, BOUNDS) or None
    except ValueError:
        return None


def drawn(data: bytes) -> Iterator[bytes]:
    """The same in this process; nothing for what is no such picture."""
    small = smaller(data)
    if small is not None:
        yield small


def smaller(data: bytes) -> bytes | None:
    try:
        with Image.open(io.BytesIO(data), formats=list(FORMATS)) as image:
            if image.width * image.height > PIXELS:
                return None
            image.draft("RGB", (2 * SIDE, 2 * SIDE))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((SIDE, SIDE))
            out = io.BytesIO()
            upright.convert("RGB").save(out, "JPEG", quality=82)
            return out.getvalue()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
