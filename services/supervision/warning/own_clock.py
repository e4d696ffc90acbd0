"""The early warnings about a clock of a matter of the city's own: raised when it passed, settled when the thing came late."""

from services.kit.tx import Tx
from services.supervision.deadline.model import Clock
from services.supervision.warning.catalogue import Finding, watching
from services.supervision.warning.runner import Subject, end_others, put
from services.supervision.warning.seen import SeenClock


def look_at_own(tx: Tx, view: Subject, clock_id: str, node: str, *, again: bool = False) -> None:
    """Bring the warnings about one clock of a matter in line. `node` is whose duty it is where the clock does not say that it is
    the city's; `again`: a further reminder came after the term had ended.
    """
    clock = tx.find(Clock, f"{view.subject}/{clock_id}")
    if clock is None:
        return
    seen = SeenClock(clock, tx.city, node or tx.city, view.subject, again=again, now=tx.now)
    found: list[Finding] = []
    for kind in watching("clock"):
        for finding in kind.find(seen):
            found.append(finding)
            put(tx, kind, view, finding)
    end_others(tx, view.subject, found, [(reason, seen.about) for reason in seen.reasons])
