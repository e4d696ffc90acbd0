"""Where an officer's points lead: thresholds that act by themselves, and what falls away with the points."""

import contextlib

from sqlalchemy import select
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import points_pb2 as messages

from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.procedures.points import SUSPENSION, level_of, thresholds
from services.law.rule import Unlawful
from services.registry.annual_review.review import give_back
from services.registry.certificate.model import Certificate
from services.registry.measure.suspension import suspend
from services.registry.officer.model import Officer
from services.registry.points.model import PointsEntry, PointsStanding, standing_values
from services.registry.standing.objections import ENFORCEMENT


def standing_in(tx: Tx, officer: Officer, cycle: str) -> messages.PointsStanding:
    """Where an officer stands in a cycle so far."""
    if row := tx.find(PointsStanding, f"{officer.officer_id}/{cycle}"):
        return messages.PointsStanding.FromString(row.record)
    return messages.PointsStanding(
        officer_id=officer.officer_id, node=officer.node, cycle=cycle, level=messages.POINTS_LEVEL_NONE
    )


def restand(tx: Tx, officer: Officer, cycle: str) -> messages.PointsStanding:
    """Add an officer's points of a cycle up again; a level that is reached acts, one that is left is undone."""
    standing = standing_in(tx, officer, cycle)
    entries: list[PointsEntry] = tx.query(
        select(PointsEntry).where(PointsEntry.officer_id == officer.officer_id, PointsEntry.cycle == cycle)
    )
    limits = thresholds(tx.parameters, tx.now.astimezone(SHANGHAI).date())
    before = standing.level
    standing.node = officer.node
    standing.total = sum(e.points for e in entries if e.state != "WITHDRAWN")
    standing.level = level_of(standing.total, limits)  # type: ignore[assignment]
    standing.version += 1
    if standing.level != before:
        standing.reach_time.FromDatetime(tx.now)
    if standing.level == SUSPENSION and before != SUSPENSION:
        standing.suspension_ids.extend(suspend_for(tx, officer, standing, limits[SUSPENSION].citation.code))
    elif before == SUSPENSION and standing.level != SUSPENSION:
        give_all_back(tx, standing)
    store(tx, standing)
    if standing.level > before:
        tx.emit(events.PointsThresholdReached(standing=standing), subject=officer.officer_id, to=officer.node)
    elif standing.level < before:
        tx.emit(events.PointsThresholdLifted(standing=standing), subject=officer.officer_id, to=officer.node)
    return standing


def store(tx: Tx, standing: messages.PointsStanding) -> None:
    key = f"{standing.officer_id}/{standing.cycle}"
    row = tx.find(PointsStanding, key)
    if row is None:
        tx.add(PointsStanding.new(key=key, **standing_values(standing)))
        return
    for name, value in standing_values(standing).items():
        setattr(row, name, value)


def suspend_for(tx: Tx, officer: Officer, standing: messages.PointsStanding, law: str) -> list[str]:
    """Suspend the officer's certificates for enforcement that may be suspended; the ids of the suspensions."""
    held = select(Certificate).where(
        Certificate.officer_id == officer.officer_id,
        Certificate.expire_time > tx.now,
        Certificate.kind.in_((0, ENFORCEMENT)),
    )
    made = []
    for certificate in tx.query(held):
        cause = f"本记分周期累计记{standing.total}分"
        with contextlib.suppress(Unlawful):
            told = suspend(tx, certificate, cause=cause, law=law, from_time=tx.now)
            made.append(f"{certificate.certificate_number}/{len(told.suspensions)}")
    return made


def give_all_back(tx: Tx, standing: messages.PointsStanding) -> None:
    """End the suspensions that the points led to; any other goes on."""
    for number in dict.fromkeys(i.rpartition("/")[0] for i in standing.suspension_ids):
        give_back(tx, tx.get(Certificate, number), standing.suspension_ids)
    del standing.suspension_ids[:]
