"""What the machine says of the items of a file (预检), from what the city itself holds: the events of the file, held against the
rules again, its terms and its record. It explains each and decides none, and says of what it cannot judge that it cannot.
"""

from typing import Any

from yifa.supervision.v1 import file_review_pb2 as pb

from services.kit.clocks.show import citation
from services.law.parameters import Layers
from services.law.rubric import Item, Kind
from services.supervision.file_review.looking import Looking, Shown
from services.supervision.file_review.source import File
from services.supervision.file_review.verdict import KINDS, MET, NOT_APPLICABLE, NOT_MET, UNKNOWN

MOST_SHOWN = 6
"""How many things an item shows: what speaks against it first."""
_NUMBERS = {kind: number for number, kind in KINDS.items()}
_FIRST = {NOT_MET: 0, UNKNOWN: 1, MET: 2}


def item_message(item: Item, parameters: Layers, sector: str) -> pb.FileItem:
    """An item of the standard, as it stands in a review before the machine looked; cited is the article that binds there."""
    return pb.FileItem(
        item_id=item.id,
        group=item.group,
        kind=_NUMBERS[Kind(item.kind)],  # type: ignore[arg-type]
        points=item.points,
        title_zh=item.zh,
        title_en=item.en,
        law=citation(parameters.cited(item.law, sector).partition(";")[0]),
    )


def prechecked(look: Any, file: File, items: tuple[Item, ...]) -> list[pb.FileItem]:
    """What the machine says of each item."""
    seen, found = Looking(look, file), []
    for item in items:
        message = item_message(item, look.parameters, file.record.sector)
        message.result = NOT_APPLICABLE
        if seen.applies(item):
            tests = [*seen.at(item)]
            told = sorted((each for test in tests for each in test), key=lambda each: _FIRST[each.result])
            message.result = concluded(tests, partly=item.partly)  # type: ignore[assignment]
            message.shown.extend(told[:MOST_SHOWN])
        found.append(message)
    return found


def concluded(tests: list[list[Shown]], *, partly: bool) -> int:
    """What several tests come to: one that is broken is enough, and each has to be known to be kept. Where one was not looked at,
    or the machine sees only a part, it is for a person to judge.
    """
    results = {each.result for test in tests for each in test}
    if NOT_MET in results:
        return NOT_MET
    if partly or not tests or UNKNOWN in results or not all(tests):
        return UNKNOWN
    return MET
