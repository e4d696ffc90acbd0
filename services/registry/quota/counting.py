"""What bodies and the city must hold in a year: opened, counted, reminded of."""

from datetime import datetime, timedelta

from sqlalchemy import select
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import training_pb2

from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.clock import catalogue, due
from services.law.procedures.training import CITY_TRAINING, REVIEWS, SESSIONS, needed
from services.registry.annual_review.model import under_review, unreviewed
from services.registry.certificate.model import Certificate
from services.registry.quota.model import YearQuota, year_quota_proto
from services.registry.request import number
from services.registry.training.model import year_of

DAY = timedelta(days=1)
# Training of these kinds is no collective training of the body's officers (CBZ-2019-7 2).
APART = (
    training_pb2.TRAINING_KIND_CITY,
    training_pb2.TRAINING_KIND_RETRAINING,
    training_pb2.TRAINING_KIND_HEADS,
)


def opened(tx: Tx, clock_id: str, subject_id: str, year: int) -> YearQuota:
    """A quota of this node for a year; opened if it was not yet."""
    key = f"{clock_id}/{subject_id}/{year}"
    if found := tx.find(YearQuota, key):
        return found
    wanted = needed(tx.parameters, clock_id, year)
    begins = datetime(year, 1, 1, tzinfo=SHANGHAI)
    ends = due(catalogue()[clock_id], begins, tx.calendar).at if wanted.amount else begins
    days = number(tx, "training.reminder")
    remind = ends - days * DAY
    row = tx.add(
        YearQuota.new(
            key=key,
            clock_id=clock_id,
            subject_id=subject_id,
            node=tx.node,
            year=year,
            needed=wanted.amount,
            law=wanted.law,
            state="RUNNING" if wanted.amount else "MET",
            due_time=ends,
            # what is opened late is not reminded of at once
            next_time=(remind if remind > tx.now else ends) if wanted.amount else None,
            version=1,
        )
    )
    tx.emit(events.YearQuotaOpened(quota=year_quota_proto(row)), subject=key)
    return row


def count_towards(tx: Tx, clock_id: str, subject_id: str, held: datetime) -> YearQuota:
    """Count one thing held towards the quota of its year. Held in time but recorded late counts as well."""
    row = opened(tx, clock_id, subject_id, year_of(held))
    row.done += 1
    row.version += 1
    if row.state != "MET" and row.done >= row.needed:
        row.state, row.meet_time, row.next_time = "MET", tx.now, None
        tx.emit(events.YearQuotaMet(quota=year_quota_proto(row)), subject=row.key)
    return row


def counted(tx: Tx, training: training_pb2.Training, begun: datetime) -> YearQuota | None:
    """Count a training that was held towards what its body, or the city, must hold."""
    if training.kind == training_pb2.TRAINING_KIND_CITY:
        return count_towards(tx, CITY_TRAINING, tx.node, begun)
    if training.body_id and training.kind not in APART:
        return count_towards(tx, SESSIONS, training.body_id, begun)
    return None


def recount(tx: Tx, row: YearQuota) -> None:
    """Count the certificates of a department that a year's review is for, and those that it reached."""
    here = select(Certificate).where(Certificate.node == row.subject_id)
    row.needed = len(tx.query(under_review(here, row.year, tx.now)))
    row.done = row.needed - len(tx.query(unreviewed(here, row.year, tx.now)))


def remind(tx: Tx, row: YearQuota) -> None:
    """Go one stage on with a quota that is due for it: remind of it, or say that it was missed."""
    row.version += 1
    if row.clock_id == REVIEWS:
        recount(tx, row)
    if row.done >= row.needed:
        row.state, row.meet_time, row.next_time = "MET", tx.now, None
        tx.emit(events.YearQuotaMet(quota=year_quota_proto(row)), subject=row.key)
        return
    if tx.now < row.due_time:
        row.next_time = row.due_time
        tx.emit(events.YearQuotaReminded(quota=year_quota_proto(row)), subject=row.key)
        return
    row.state, row.next_time = "MISSED", None
    tx.emit(events.YearQuotaMissed(quota=year_quota_proto(row)), subject=row.key, at=row.due_time)
