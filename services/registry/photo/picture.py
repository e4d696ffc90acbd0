"""What may be kept as an officer's photo."""

import io
import warnings
from collections.abc import Iterator

from PIL import Image, UnidentifiedImageError

from services.kit.apart import Bounds, TooMuch, Unreadable, read_apart

FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png"}
LEAST, MOST = 100, 2000
LARGEST = 204_800
# What Pillow raises for bytes that are no picture, are cut off, or would unfold into a huge one.
BROKEN = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)
BOUNDS = Bounds(memory=1 << 29, cpu=5, seconds=10, found=1 << 22)


class NoPhoto(Exception):
    """The bytes are no such photo; carries the sentence in both languages."""

    def __init__(self, en: str, zh: str):
        super().__init__(en)
        self.en, self.zh = en, zh


def cleaned(data: bytes) -> tuple[str, bytes]:
    """The media type by the content, and the picture alone: no place, device, comment or whatever hung behind it. It is drawn in
    a process of its own.

    Raises NoPhoto.
    """
    try:
        kind, _, picture = read_apart(f"{__name__}:drawn", data, BOUNDS).partition(b"\n")
    except Unreadable as no:
        en, _, zh = str(no).partition("\n")
        raise NoPhoto(en, zh or en) from None
    except TooMuch:
        raise NoPhoto("takes too much memory or time to be read", "读取所需的内存或者时间超出限额") from None
    return kind.decode(), picture


def drawn(data: bytes) -> Iterator[bytes]:
    """The same in this process: the media type on a line, then the picture. Raises Unreadable with the sentence in English on a
    line, then the Chinese one.
    """
    try:
        kind, picture = redrawn(data)
    except NoPhoto as no:
        raise Unreadable(f"{no.en}\n{no.zh}") from None
    yield kind.encode() + b"\n"
    yield picture


def redrawn(data: bytes) -> tuple[str, bytes]:
    """The picture drawn anew. Raises NoPhoto."""
    out = io.BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=list(FORMATS))
        if not all(LEAST <= side <= MOST for side in image.size):
            raise NoPhoto(
                f"is {image.width} by {image.height} pixels; each side must have {LEAST} to {MOST}",
                f"为{image.width}×{image.height}像素，每边应为{LEAST}至{MOST}像素",
            )
        kind = str(image.format)
        image.load()
        image.info.clear()
        if kind == "JPEG":
            image.save(out, kind, quality="keep", exif=b"")
        else:
            image.convert("RGB").save(out, kind)
    except BROKEN:
        raise NoPhoto("is no whole JPEG or PNG picture", "不是完整的JPEG或者PNG图片") from None
    if out.tell() > LARGEST:
        raise NoPhoto(f"is larger than {LARGEST // 1024} KB", f"超过{LARGEST // 1024}KB")
    return FORMATS[kind], out.getvalue()
