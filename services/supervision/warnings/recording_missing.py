"""An act that has to be recorded in sound or picture, and whose recording was not handed in."""

from collections.abc import Iterable

from services.supervision.warning.catalogue import ORANGE, Finding, said, warning
from services.supervision.warning.seen import SeenClock


@warning("RECORD", ORANGE, law="", zh="音像记录缺失", en="Recording missing", watches="clock")
def recording_missing(seen: SeenClock) -> Iterable[Finding]:
    """The time in which the recording of an act has to be handed in ended without it. That there is none is what is found, under
    the article that asks for the recording; within which time it is handed in may be an internal matter.
    """
    if not seen.recorded_by or not (seen.passed or seen.late):
        return
    clock, due = seen.clock, said(seen.row.due_time)
    yield Finding(
        at=seen.row.due_time,
        zh=f"“{clock.title_zh}”：该行为应当进行音像记录，至{due}没有音像记录入库。",
        en=f"“{clock.title_en}”: the act has to be recorded, and by {due} no recording had been handed in.",
        about=seen.about,
        reason="RECORDING_MISSING",
        law=seen.recorded_by,
        clock_id=seen.clock_id,
        over=seen.late,
    )
