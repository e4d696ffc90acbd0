"""Points of officers: scored by a dated table, appealed, decided."""

from datetime import datetime

from sqlalchemy import select
from yifa.law.v1 import options_pb2 as options
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import points_pb2 as messages

from services.kit.refusal import Exists, Malformed
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.citation import cite
from services.law.procedures.points import POINTS, cycle_of, no_fine_target
from services.registry.lawful import require, step
from services.registry.officer.model import Officer
from services.registry.points.appeal import keep_entry, open_to_appeal, take_appeal
from services.registry.points.cycle import not_own
from services.registry.points.facts import CauseFacts, PointsFacts
from services.registry.points.model import PointsEntry, PointsTable, entry_values, table_values
from services.registry.points.remedy import appeal_until, remedy
from services.registry.points.standing import restand
from services.registry.request import moment_in, number
from services.registry.training.model import citation_proto

OUTCOMES = {
    messages.POINTS_STATE_UPHELD: POINTS.UPHOLD_POINTS,
    messages.POINTS_STATE_CHANGED: POINTS.CHANGE_POINTS,
    messages.POINTS_STATE_WITHDRAWN: POINTS.WITHDRAW_POINTS,
}


@write
def publish_points_table(
    request: messages.PublishPointsTableRequest, tx: Tx
) -> messages.PublishPointsTableResponse:
    """Put a table of causes and points in force from a moment; tables before it stay (CITY-ERS 3(24))."""
    since = moment_in(request, "since_time", tx.now)
    check_causes(request)
    for cause in request.causes:
        require((no_fine_target,), CauseFacts(tx, cause))
    if tx.query(
        select(PointsTable).where(PointsTable.since_time.between(since, max(since, tx.now))).limit(1)
    ):
        raise Exists(
            "POINTS_TABLE_DATED",
            "a table that came into force then, or later and up to now, was published already",
            "已经公布了自该时间起施行的记分标准，或者其后的标准已经施行",
        )
    table = messages.PointsTable(
        table_id=tx.new_id("PT-"),
        since_time=since,
        document=request.document,
        causes=request.causes,
        publish_time=tx.now,
        publisher=tx.caller.subject,
    )
    tx.add(PointsTable.new(table_id=table.table_id, **table_values(table)))
    tx.emit(events.PointsTablePublished(table=table), subject=table.table_id, to="all")
    return messages.PublishPointsTableResponse(table=table)


@write(loads=(Officer, "officer_id"))
def score_points(request: messages.ScorePointsRequest, tx: Tx) -> messages.ScorePointsResponse:
    """Score points for what an officer did, by the table of that day (CITY-ERS 3(24))."""
    officer = tx.get(Officer, request.officer_id)
    at = moment_in(request, "occur_time", tx.now)
    if at > tx.now:
        raise Malformed({"occur_time": ("is to come", "晚于当前时间")})
    cause = cause_at(tx, request.cause_code, at)
    until = appeal_until(tx)
    zh, en = remedy(until)
    entry = messages.PointsEntry(
        entry_id=tx.new_id("PE-"),
        officer_id=officer.officer_id,
        node=officer.node,
        body_id=officer.body_id,
        cycle=cycle_of(at.astimezone(SHANGHAI).date(), number(tx, "points.cycle")),
        cause_code=cause.code,
        title_zh=cause.title_zh,
        title_en=cause.title_en,
        citation=citation_proto(cause.law),
        scored=cause.points,
        points=cause.points,
        occur_time=at,
        facts=request.facts,
        evidence=request.evidence,
        score_time=tx.now,
        scorer=tx.caller.subject,
        remedy_zh=zh,
        remedy_en=en,
        appeal_due_time=until,
        version=1,
    )
    scored = step(POINTS.SCORE_POINTS, "", PointsFacts(tx, entry))
    entry.state = messages.PointsState.Value(f"POINTS_STATE_{scored}")
    tx.add(PointsEntry.new(entry_id=entry.entry_id, **entry_values(entry)))
    standing = restand(tx, officer, entry.cycle)
    tx.emit(events.PointsScored(entry=entry, standing=standing), subject=officer.officer_id, to=officer.node)
    return messages.ScorePointsResponse(entry=entry, standing=standing)


@write(loads=(PointsEntry, "entry_id"))
def appeal_points(request: messages.AppealPointsRequest, tx: Tx) -> messages.AppealPointsResponse:
    """Appeal against points; from a department the appeal goes on to the city (CITY-ERS 3(24))."""
    row = tx.get(PointsEntry, request.entry_id)
    entry = messages.PointsEntry.FromString(row.record)
    own_points(tx, entry)
    if tx.node == tx.city:
        return messages.AppealPointsResponse(entry=take_appeal(tx, row, tx.now, request.grounds))
    open_to_appeal(tx, entry, row, tx.now)
    appealed = events.PointsAppealed(
        entry_id=entry.entry_id,
        officer_id=entry.officer_id,
        node=tx.node,
        grounds=request.grounds,
        appeal_time=tx.now,
    )
    tx.emit(appealed, subject=entry.officer_id)
    return messages.AppealPointsResponse(entry=entry)


@write(loads=(PointsEntry, "entry_id"))
def decide_points_appeal(
    request: messages.DecidePointsAppealRequest, tx: Tx
) -> messages.DecidePointsAppealResponse:
    """Uphold, change or withdraw points that were appealed against (CITY-ERS 3(24))."""
    row = tx.get(PointsEntry, request.entry_id)
    entry = messages.PointsEntry.FromString(row.record)
    state = step(OUTCOMES[request.outcome], row.state, PointsFacts(tx, entry), entry_id=entry.entry_id)
    if request.outcome == messages.POINTS_STATE_CHANGED:
        if not 0 < request.points < entry.points:
            said = ("must be fewer than before and more than none", "应当少于原记分且大于零")
            raise Malformed({"points": said})
        entry.points = request.points
    entry.state = messages.PointsState.Value(f"POINTS_STATE_{state}")
    entry.decide_time.FromDatetime(tx.now)
    entry.opinion, entry.decider = request.opinion, tx.caller.subject
    keep_entry(row, entry)
    officer = tx.get(Officer, entry.officer_id)
    standing = restand(tx, officer, entry.cycle)
    decided = events.PointsAppealDecided(entry=entry, standing=standing)
    tx.emit(decided, subject=entry.officer_id, to=entry.node)
    return messages.DecidePointsAppealResponse(entry=entry, standing=standing)


def check_causes(request: messages.PublishPointsTableRequest) -> None:
    """Raise Malformed for a cause that is there twice or rests on no known article."""
    codes = [cause.code for cause in request.causes]
    for n, cause in enumerate(request.causes):
        if codes.index(cause.code) < n:
            raise Malformed({f"causes[{n}].code": (f"{cause.code} is there twice", f"代码{cause.code}重复")})
        try:
            cite(cause.law)
        except ValueError:
            said = ('is no citation of a known article, as "APL-2021:83"', "不是已知法条的引用代码")
            raise Malformed({f"causes[{n}].law": said}) from None


def cause_at(tx: Tx, code: str, at: datetime) -> messages.PointsCause:
    """The cause in the table of a moment. Raises Malformed for one that is not there."""
    newest = select(PointsTable).where(PointsTable.since_time <= at)
    for row in tx.query(newest.order_by(PointsTable.since_time.desc()).limit(1)):
        for cause in messages.PointsTable.FromString(row.record).causes:
            if cause.code == code:
                return cause
    said = (
        f"{code} is no cause of the table in force on {at.astimezone(SHANGHAI).date()}",
        f"{at.astimezone(SHANGHAI).date()}施行的记分标准中没有{code}",
    )
    raise Malformed({"cause_code": said}, reason="POINTS_CAUSE_UNKNOWN")


def own_points(tx: Tx, entry: messages.PointsEntry) -> None:
    """Raise Denied for an officer who appeals against another's points; a clerk may for any officer of the roster."""
    if tx.caller.only(options.ROLE_HANDLING_OFFICER) and tx.caller.subject != entry.officer_id:
        raise not_own()
