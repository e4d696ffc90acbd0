"""What was written elsewhere, as TOML or JSON: read whole, or refused with a ValueError whatever is wrong with it.

Text that is no UTF-8 is refused, and what is nested deeper than anybody writes by hand: it would end the reader's own stack.
"""

import json
import tomllib
from pathlib import Path
from typing import Any

DEEP = "过深的嵌套 it is nested too deeply"


def toml_in(text: str) -> dict[str, Any]:
    """Raises ValueError."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError(DEEP) from None


def json_in(text: str | bytes) -> Any:
    """Raises ValueError."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError(DEEP) from None


def text_of(file: Path) -> str:
    """The text of a file. Raises OSError, and ValueError for another encoding, with the way out."""
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError as wrong:
        raise ValueError(
            f"不是UTF-8编码，请另存为UTF-8 it is not written in UTF-8, save it as such: {wrong}"
        ) from None


def toml_of(file: Path) -> dict[str, Any]:
    """Raises OSError, ValueError."""
    return toml_in(text_of(file))


def json_of(file: Path) -> Any:
    """Raises OSError, ValueError."""
    return json_in(text_of(file))
