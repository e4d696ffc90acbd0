"""A small picture of a photo, drawn anew: nothing of what else the file holds reaches the browser."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
SIDE = 480
LARGEST = 40 * 1024 * 1024
PIXELS = 120_000_000


def thumbnail(data: bytes) -> bytes | None:
    """A JPEG of at most 480 pixels a side, the right way up; None for what is no such picture."""
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
