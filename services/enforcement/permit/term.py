"""What is done to the term in which an application is decided: time taken out of it, and the one extension (ALIC 42, 45)."""

from collections.abc import Callable
from datetime import datetime

from yifa.enforcement.v1 import permit_pb2 as pb
from yifa.law.v1.law_pb2 import Ground

from services.enforcement.deadline.model import Clock
from services.kit.act import show_deadlines
from services.kit.clocks import exclude, extend, next_extension, resume
from services.kit.tx import Tx
from services.law.procedures.permit.facts import Handling
from services.law.procedures.permit.recorded import HANDLINGS, TERMS
from services.law.rule import Unlawful


def term_of(tx: Tx, permit: pb.Permit) -> Clock | None:
    """The term in which it is decided, once it runs."""
    return tx.find(Clock, f"{permit.permit_id}/{TERMS[HANDLINGS[permit.terms.handling]]}")  # type: ignore[no-any-return]


def _change(tx: Tx, permit: pb.Permit, change: Callable[[Clock], None]) -> None:
    """Change the term. Raises Unlawful as the clock does, Missing where none runs."""
    clock: Clock = tx.get(Clock, f"{permit.permit_id}/{TERMS[HANDLINGS[permit.terms.handling]]}")
    try:
        change(clock)
    except Unlawful as no:
        about = {"permit_id": permit.permit_id, "clock_id": clock.clock_id}
        raise Unlawful(no.broken, about | no.about, permit.sector) from None
    show_deadlines(permit, [clock])


def exclude_now(tx: Tx, permit: pb.Permit, at: datetime) -> None:
    """Let the term stand still for what the newest exclusion says."""
    taken = permit.exclusions[-1]
    ground = Ground.Name(taken.ground).removeprefix("GROUND_")
    _change(tx, permit, lambda clock: exclude(tx, clock, at, None, ground=ground, cause=taken.document))


def resume_now(tx: Tx, permit: pb.Permit, at: datetime) -> None:
    """Let it run on."""
    _change(tx, permit, lambda clock: resume(tx, clock, at))


def lengthen(tx: Tx, permit: pb.Permit, at: datetime) -> None:
    """Add the days that the law gives. What several departments handle the head of the government extends, by a paper."""
    said = permit.extensions[-1]
    joint = HANDLINGS[permit.terms.handling] == Handling.JOINT and bool(said.order.strip())

    def longer(clock: Clock) -> None:
        slot = next_extension(tx, clock)
        extend(
            tx,
            clock,
            slot.amount if slot is not None and slot.amount is not None else 0,
            approved=at,
            recorded=at,
            by="government_head" if joint else "agency_head",
            approver=said.approver,
            cause=said.reasons,
            document=said.order,
        )

    _change(tx, permit, longer)
