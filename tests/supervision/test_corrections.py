"""What a correction does at the city: the rules are held with the right facts, and the clocks counted by them (APL 75(2))."""

from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2
from yifa.supervision.v1 import overview_pb2 as overviews
from yifa.supervision.v1.warning_pb2 import WARNING_STATE_CORRECTED as CORRECTED

from services.law.moment import micros
from services.supervision.deadline.model import Clock
from tests.supervision.office import ENVIRONMENT, OPEN, Office, at, lawful, new_case

HOUR, DAY = 3_600_000_000, 86_400_000_000
DECIDED, LATER = "2026-03-20 10:00", "2026-03-24 10:00"


def corrected(
    case: case_pb2.Case, field: str, before: str, after: str, **more: object
) -> case_pb2.RecordCorrection:
    """The case with a slip that was corrected."""
    values = {
        "correction_id": f"X-{len(case.corrections)}", "field": field, "title_zh": "记录", "title_en": "record", "before": before,
        "after": after, "reason": "录入笔误", "proof": "回证", "proposer": "clerk-1", "approver": "head-1",
        "state": case_pb2.RECORD_CORRECTION_STATE_APPROVED, "decide_time": at(LATER),
    }  # fmt: skip
    made = case.corrections.add(**(values | more))
    return made


def clock(office: Office) -> dict[str, int]:
    """When the time to pay began and ends, in microseconds."""
    table = Clock.__table__
    [row] = office.running.rows(
        select(table.c.start_time, table.c.due_time).where(table.c.key == "C-1/PEN-19")
    )
    return {"start_time": micros(row.start_time), "due_time": micros(row.due_time)}


async def test_a_warning_that_rested_on_a_slip_is_closed_with_the_reason(office: Office) -> None:
    """The notice was recorded as served after the decision; it was served long before."""
    office.clock("2026-03-25 09:00")
    case = lawful(new_case())
    case.ClearField("defence")
    case.notice.serve_time.FromDatetime(at("2026-03-19 10:00"))
    await office.tell(case, "DecisionMade", DECIDED)
    assert [w.state for w in await office.warnings(rule_id="EW-05")] == [OPEN]

    case.notice.serve_time.FromDatetime(at("2026-03-09 10:00"))
    slip = corrected(
        case,
        "notice.serve_time",
        "2026-03-19T10:00:00+08:00",
        "2026-03-09T10:00:00+08:00",
        title_zh="告知书送达时间",
    )
    await office.tell(case, "RecordCorrected", LATER, correction=slip)

    [warning] = await office.warnings(rule_id="EW-05")
    assert warning.state == CORRECTED
    assert (
        "告知书送达时间已由“2026-03-19T10:00:00+08:00”更正为“2026-03-09T10:00:00+08:00”：录入笔误"
        in warning.detail_zh
    )
    assert "录入笔误" in warning.detail_en


async def test_what_is_wrong_by_the_right_facts_is_raised(office: Office) -> None:
    office.clock("2026-03-25 09:00")
    case = lawful(new_case())
    case.ClearField("defence")
    await office.tell(case, "DecisionMade", DECIDED)
    assert await office.warnings(rule_id="EW-05") == []

    case.notice.serve_time.FromDatetime(at("2026-03-19 10:00"))
    slip = corrected(case, "notice.serve_time", "2026-03-09T10:00:00+08:00", "2026-03-19T10:00:00+08:00")
    await office.tell(case, "RecordCorrected", LATER, correction=slip)

    assert [w.state for w in await office.warnings(rule_id="EW-05")] == [OPEN]


async def test_an_act_is_judged_by_what_was_corrected_later(office: Office) -> None:
    """The act was recorded as one of long ago when the case was filed."""
    office.clock("2026-03-25 09:00")
    case = new_case()
    case.violation.occur_time.FromDatetime(at("2020-02-20 10:00"))
    case.clue.receive_time.FromDatetime(at("2026-03-01 10:00"))
    case.file_time.FromDatetime(at("2026-03-03 10:00"))
    await office.tell(case, "CaseFiled", "2026-03-03 10:00")
    assert [(w.state, "追责时效" in w.detail_zh) for w in await office.warnings(rule_id="EW-33")] == [
        (OPEN, True)
    ]

    case.violation.occur_time.FromDatetime(at("2026-02-20 10:00"))
    slip = corrected(case, "violation.occur_time", "2020-02-20T10:00:00+08:00", "2026-02-20T10:00:00+08:00")
    await office.tell(case, "RecordCorrected", LATER, correction=slip)

    assert [w.state for w in await office.warnings(rule_id="EW-33")] == [CORRECTED]


async def test_a_clock_is_counted_from_the_right_time_and_corrections_count_apart(office: Office) -> None:
    office.clock("2026-03-25 09:00")
    case = lawful(new_case())
    await office.tell(case, "DecisionMade", DECIDED)
    case.service.serve_time.FromDatetime(at("2026-03-20 10:00"))
    case.state = case_pb2.CASE_STATE_SERVED
    await office.tell(case, "DecisionServed", "2026-03-20 10:00")
    before = clock(office)

    case.service.serve_time.FromDatetime(at("2026-03-24 09:00"))
    slip = corrected(case, "service.serve_time", "2026-03-20T10:00:00+08:00", "2026-03-24T09:00:00+08:00")
    await office.tell(case, "RecordCorrected", LATER, correction=slip)

    after = clock(office)
    assert (
        after["start_time"] == before["start_time"] + 4 * DAY - HOUR
        and after["due_time"] > before["due_time"]
    )
    told = await office.call("GetOverview", overviews.GetOverviewRequest())
    [counts] = [d for d in told.departments if d.node == ENVIRONMENT]
    assert counts.corrections == 1
