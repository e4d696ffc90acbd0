"""The terminal: what comes from elsewhere is shown on it and never obeyed.

Texts of events, refusals and arguments may hold what a terminal takes for an order, or what rich takes for markup. The first is
written out (`\\u001b`) wherever it stands, the second is text unless a place says that it is markup.
"""

import re
import sys
from collections.abc import Iterator
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

# What a terminal obeys, C1 among it, and what turns round the direction of what stands beside it.
ORDERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Screen(Console):
    """A console of rich that shows every character that comes from elsewhere, and takes no text for markup."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**({"markup": False} | more))

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        for segment in super().render(renderable, options):
            if segment.control is None and ORDERS.search(segment.text):
                yield Segment(written_out(segment.text), segment.style)
            else:
                yield segment


def written_out(text: str) -> str:
    """A text whose orders are seen and do nothing; in a string of JSON it still is the same text."""
    return ORDERS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def say(text: str) -> None:
    """A line for programs."""
    print(written_out(text), flush=True)


def complain(said: str) -> None:
    """Say what a user can mend, and end."""
    from rich.text import Text

    Screen(stderr=True).print(Text.assemble(("yifa:", "red"), " ", said), soft_wrap=True)
    sys.exit(2)
