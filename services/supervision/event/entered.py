"""When an act was entered, against when it was done; and under which certificate and where: as the event's own record tells."""

from datetime import datetime
from typing import Any, NamedTuple

from yifa.enforcement.v1.case_pb2 import CASE_SOURCE_OUTSIDE

from services.kit.journal import Envelope
from services.law.entry import is_late
from services.law.moment import moment_at
from services.law.parameters import Layers


class Entered(NamedTuple):
    """What an event tells of how its act was entered. `late`: longer after the act than warning.EW-30.backfill allows."""

    record_time: datetime | None = None
    certificate_number: str = ""
    area_code: str = ""
    late: bool = False


UNTOLD = Entered()


def entered(event: Any, about: Envelope, parameters: Layers) -> Entered:
    """How the act of an event was entered. What a service does by itself is entered when it is done, and tells nothing; when an
    act of a case that is handled elsewhere was entered there, nobody knows here.
    """
    case = getattr(event, "case", None)
    if case is None or not hasattr(case, "last_act") or not case.HasField("last_act"):
        return UNTOLD
    act = case.last_act
    recorded = moment_at(act, "record_time")
    if act.actor != about.actor or recorded is None:
        return UNTOLD
    elsewhere = case.source == CASE_SOURCE_OUTSIDE
    late = not elsewhere and is_late(parameters, about.occur_time, recorded, case.sector)
    return Entered(recorded, act.certificate_number, act.area_code, late)
