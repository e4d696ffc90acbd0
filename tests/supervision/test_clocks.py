"""EW-02 and EW-20: clocks that run out, counted at the city and not taken from the department."""

import pytest
from yifa.enforcement.v1 import case_pb2
from yifa.supervision.v1 import deadline_pb2 as pb
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import warning_pb2

from tests.supervision.office import (
    CITY,
    ENVIRONMENT,
    MARKET,
    OPEN,
    SETTLED,
    WITHDRAWN,
    Office,
    at,
    lawful,
    new_case,
)

ORANGE, RED = warning_pb2.WARNING_LEVEL_ORANGE, warning_pb2.WARNING_LEVEL_RED
MAJOR_FINE = 5_000_000


async def filed(office: Office, node: str = ENVIRONMENT) -> case_pb2.Case:
    """Filed on Monday, 2 March 2026: to be decided within 90 days, which end on a Sunday and roll to 1 June."""
    case = new_case(node=node)
    case.file_time.FromDatetime(at("2026-03-02 10:00"))
    await office.tell(case, "CaseFiled", "2026-03-02 10:00")
    return case


async def decided(office: Office, fine: int = 1_000_000) -> case_pb2.Case:
    """Decided on Friday, 20 March 2026: to be served within 7 working days, by Tuesday, 31 March."""
    case = lawful(await filed(office), fine)
    await office.tell(case, "DecisionMade", "2026-03-20 10:00")
    return case


async def passed(office: Office, clock_id: str) -> list[tuple[int, int]]:
    warnings = await office.warnings()
    return [(w.level, w.state) for w in warnings if w.clock_id == clock_id]


async def test_the_city_counts_by_itself(office: Office) -> None:
    case = await filed(office)

    view = await office.case(case.case_id)

    [clock] = view.deadlines
    assert clock.clock_id == "PEN-15"
    assert clock.due_time.ToJsonString() == "2026-06-01T15:59:59.999999Z"


@pytest.mark.parametrize(("when", "warned"), [("2026-06-01 23:59", []), ("2026-06-02 00:00", [(RED, OPEN)])])
async def test_undecided_case_is_red_from_the_day_after(office: Office, when: str, warned: list) -> None:
    await filed(office)

    office.clock(when)
    await office.ticked()

    assert await passed(office, "PEN-15") == warned


async def test_warning_says_what_when_and_why_and_goes_to_the_department(office: Office) -> None:
    case = await filed(office)

    office.clock("2026-06-05 09:00")
    await office.ticked()

    [warning] = await office.warnings(rule_id="EW-02")
    assert warning.case_id == case.case_id and warning.citation.code == "APL-2021:60;ENV-2023:57(1)"
    assert warning.occur_time.ToJsonString() == "2026-06-01T15:59:59.999999Z"
    assert warning.raise_time.ToDatetime() > warning.occur_time.ToDatetime()
    assert "2026-06-01" in warning.detail_zh and "2026-06-01" in warning.detail_en
    [raised] = office.emitted(events.WarningRaised)
    assert raised.warning == warning and raised.case == case
    assert office.addressees(events.WarningRaised) == {ENVIRONMENT}


@pytest.mark.parametrize(
    ("clock_id", "level"), [("PEN-16", RED), ("PEN-23", ORANGE)], ids=["service", "publication"]
)
async def test_clocks_of_a_decision(office: Office, clock_id: str, level: int) -> None:
    await decided(office)

    office.clock("2026-03-31 23:59")
    await office.ticked()
    on_the_last_day = await passed(office, clock_id)
    office.clock("2026-04-01 00:00")
    await office.ticked()

    assert (on_the_last_day, await passed(office, clock_id)) == ([], [(level, OPEN)])


async def test_done_late_settles(office: Office) -> None:
    case = await decided(office)
    office.clock("2026-04-02 09:00")
    await office.ticked()

    case.state = case_pb2.CASE_STATE_SERVED
    await office.tell(case, "DecisionServed", "2026-04-01 10:00")

    assert await passed(office, "PEN-16") == [(RED, SETTLED)]
    [ended] = office.emitted(events.WarningEnded)
    assert (ended.warning.clock_id, ended.warning.version) == ("PEN-16", 2)
    assert office.addressees(events.WarningEnded) == {ENVIRONMENT}


async def test_done_in_time_but_told_late_withdraws(office: Office) -> None:
    case = await decided(office)
    office.clock("2026-04-02 09:00")
    await office.ticked()

    await office.tell(case, "DecisionServed", "2026-03-31 17:00")

    assert await passed(office, "PEN-16") == [(RED, WITHDRAWN)]


async def test_done_in_time_warns_of_nothing(office: Office) -> None:
    case = await decided(office)
    await office.tell(case, "DecisionServed", "2026-03-24 10:00")
    await office.tell(case, "DecisionPublished", "2026-03-25 10:00")

    office.clock("2026-04-30 09:00")
    await office.ticked()

    assert await office.warnings() == []


async def test_unpaid_fine_is_no_failing_of_the_agency(office: Office) -> None:
    case = await decided(office)
    await office.tell(case, "DecisionServed", "2026-03-24 10:00")
    await office.tell(case, "DecisionPublished", "2026-03-25 10:00")

    office.clock("2026-04-30 09:00")
    await office.ticked()

    expired = [d.clock_id for d in (await office.case(case.case_id)).deadlines if d.state == 3]
    assert expired == ["PEN-19"] and await office.warnings() == []


async def terminated(office: Office) -> case_pb2.Case:
    """Terminated in review on Wednesday, 11 March 2026. In market regulation it is to be closed within 15 working days, by
    Wednesday, 1 April.
    """
    case = await filed(office, MARKET)
    await office.tell(case, "ReviewSubmitted", "2026-03-10 10:00")
    case.state = case_pb2.CASE_STATE_TERMINATED
    await office.tell(case, "CaseTerminated", "2026-03-11 10:00", cause="主体灭失")
    return case


async def test_a_terminated_case_has_only_to_be_closed(office: Office) -> None:
    case = await terminated(office)

    office.clock("2027-01-11 09:00")
    await office.ticked()

    assert await passed(office, "PEN-15") == []
    assert [w.clock_id for w in await office.warnings()] == ["PEN-25"]
    view = await office.case(case.case_id)
    stopped = {d.clock_id: bool(d.stop_time.seconds) for d in view.deadlines}
    assert stopped == {"PEN-09": True, "PEN-15": True, "PEN-25": False}


@pytest.mark.parametrize(
    ("when", "warned"), [("2026-04-01 23:59", []), ("2026-04-02 00:00", [(ORANGE, OPEN)])]
)
async def test_a_terminated_case_is_closed_in_time(office: Office, when: str, warned: list) -> None:
    case = await terminated(office)

    office.clock(when)
    await office.ticked()

    assert await passed(office, "PEN-25") == warned
    listed = await office.call("ListDeadlines", pb.ListDeadlinesRequest())
    assert {d.subject_id for d in listed.deadlines} == ({case.case_id} if not warned else set())


async def test_closing_a_terminated_case_late_settles(office: Office) -> None:
    case = await terminated(office)
    office.clock("2026-04-02 09:00")
    await office.ticked()

    case.state = case_pb2.CASE_STATE_CLOSED
    await office.tell(case, "CaseClosed", "2026-04-02 10:00")

    assert await passed(office, "PEN-25") == [(ORANGE, SETTLED)]


async def test_second_run_of_a_clock_warns_again(office: Office) -> None:
    """In market regulation: ten working days from 3 March, to 17 March; and again from 23 March, to 7 April."""
    case = await filed(office, MARKET)
    await office.tell(case, "ReviewSubmitted", "2026-03-03 10:00")
    office.clock("2026-03-20 09:00")
    await office.ticked()
    await office.tell(case, "ReviewConcluded", "2026-03-20 10:00")
    await office.tell(case, "ReviewSubmitted", "2026-03-23 10:00")
    between = await passed(office, "PEN-09")

    office.clock("2026-04-30 09:00")
    await office.ticked()

    assert between == [(ORANGE, SETTLED)]
    assert await passed(office, "PEN-09") == [(ORANGE, OPEN)]


async def test_what_an_agency_orders_for_itself_is_not_counted_at_the_city(office: Office) -> None:
    """Environment has no days for legal review and none for closing."""
    case = await filed(office)
    await office.tell(case, "ReviewSubmitted", "2026-03-10 10:00")
    case.state = case_pb2.CASE_STATE_TERMINATED
    await office.tell(case, "CaseTerminated", "2026-03-11 10:00", cause="主体灭失")

    office.clock("2027-01-11 09:00")
    await office.ticked()

    assert [d.clock_id for d in (await office.case(case.case_id)).deadlines] == ["PEN-15"]
    assert await office.warnings() == []


async def test_reminders_go_out_once_a_stage(office: Office) -> None:
    await filed(office)

    for when in ("2026-05-03 09:00", "2026-05-04 09:00", "2026-05-18 09:00", "2026-05-28 09:00"):
        office.clock(when)
        await office.ticked()

    reminded = office.emitted(events.DeadlineReminded)
    assert [r.deadline.clock_id for r in reminded] == ["PEN-15"] * 3
    assert office.addressees(events.DeadlineReminded) == {ENVIRONMENT}


@pytest.mark.parametrize(
    ("when", "warned"),
    [
        ("2026-04-07 23:59", []),
        ("2026-04-08 00:00", [(ORANGE, OPEN)]),
        ("2026-04-14 23:59", [(ORANGE, OPEN)]),
        ("2026-04-15 00:00", [(RED, OPEN)]),
    ],
)
async def test_unfiled_major_penalty(office: Office, when: str, warned: list) -> None:
    """15 days end on 4 April, in the Qingming holiday, and roll to 7 April; seven days on it is red."""
    await decided(office, MAJOR_FINE)

    office.clock(when)
    await office.ticked()

    assert await office.found("EW-20") == warned


async def test_unfiled_penalty_grows_graver_and_says_so(office: Office) -> None:
    await decided(office, MAJOR_FINE)

    for when in ("2026-04-08 09:00", "2026-04-15 09:00"):
        office.clock(when)
        await office.ticked()

    raised = [e.warning for e in office.emitted(events.WarningRaised) if e.warning.rule_id == "EW-20"]
    assert [(w.level, w.version) for w in raised] == [(ORANGE, 1), (RED, 2)]
    assert {(w.warning_id, w.citation.code) for w in raised} == {(raised[0].warning_id, "EX-SUP")}


async def test_small_penalty_needs_no_filing(office: Office) -> None:
    await decided(office, MAJOR_FINE - 1)

    office.clock("2026-05-15 00:00")
    await office.ticked()

    assert await office.found("EW-20") == []


@pytest.mark.parametrize(
    ("filed_on", "state"), [("2026-04-09 10:00", SETTLED), ("2026-04-07 10:00", WITHDRAWN)]
)
async def test_filing_ends_the_warning(office: Office, filed_on: str, state: int) -> None:
    case = await decided(office, MAJOR_FINE)
    office.clock("2026-04-10 09:00")
    await office.ticked()

    case.report_time.FromDatetime(at(filed_on))
    await office.tell(case, "MajorPenaltyFiled", filed_on)

    assert await office.found("EW-20") == [(ORANGE, state)]


async def test_unreviewed_filing_is_the_citys_own_failing(office: Office) -> None:
    case = await decided(office, MAJOR_FINE)
    for name in ("DecisionServed", "DecisionPublished", "MajorPenaltyFiled"):
        case.report_time.FromDatetime(at("2026-03-25 10:00"))
        await office.tell(case, name, "2026-03-25 10:00")

    office.clock("2026-06-30 09:00")
    await office.ticked()

    [warning] = [w for w in await office.warnings() if w.state == OPEN]
    assert (warning.clock_id, warning.node) == ("PEN-28", CITY)


@pytest.mark.parametrize(
    ("announced", "warned"),
    [("2026-03-25 10:00", []), ("", [(RED, OPEN)]), ("2026-04-02 10:00", [(RED, SETTLED)])],
)
async def test_service_is_not_late_while_a_public_notice_runs(
    office: Office, announced: str, warned: list
) -> None:
    """Decided on 20 March: seven working days to 31 March; a notice of the 25th runs until 24 April (APL 61, CPL 95)."""
    case = await decided(office)
    office.clock("2026-03-25 10:00")
    if announced:
        office.clock("2026-04-01 09:00" if announced > "2026-04" else announced)
        await office.ticked()
        case.announcement.announce_time.FromDatetime(at(announced))
        case.announcement.cause = "下落不明"
        await office.tell(case, "ServiceAnnounced", announced)

    office.clock("2026-04-10 09:00")
    await office.ticked()

    assert await passed(office, "PEN-16") == warned
