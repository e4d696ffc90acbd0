"""Terms that departments extend or take time out of: counted by the city as the law has it, not as it is told."""

from datetime import UTC
from functools import partial
from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2
from yifa.law.v1 import law_pb2
from yifa.supervision.v1 import deadline_pb2 as pb
from yifa.supervision.v1 import warning_pb2

from services.kit.journal import Envelope, from_headers
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from tests.supervision.office import ENVIRONMENT, MARKET, OPEN, URBAN, WITHDRAWN, Office, at, new_case

RED = warning_pb2.WARNING_LEVEL_RED
TERM = law_pb2.Deadline(clock_id="PEN-15")


async def filed(office: Office) -> case_pb2.Case:
    """Filed on 2 March 2026: ninety days end on Sunday, 31 May, so on Monday, 1 June."""
    case = new_case()
    await office.tell(case, "CaseFiled", "2026-03-02 10:00")
    return case


def extension(approved: str, days: int = 30, recorded: str = "", document: str = "") -> dict[str, Any]:
    added = law_pb2.Extension(
        amount=days,
        unit="calendar_day",
        approve_time=at(approved),
        record_time=at(recorded or approved),
        document=document,
        approver="head-1",
        cause="案情复杂",
    )
    return {"deadline": TERM, "extension": added, "by": "agency_head"}


def time(since: str, until: str = "") -> dict[str, Any]:
    taken = law_pb2.ExcludedTime(
        from_time=at(since),
        until_time=at(until) if until else None,
        ground=law_pb2.GROUND_APPRAISAL,
        cause="委托鉴定",
    )
    return {"deadline": TERM, "excluded": taken}


async def term(office: Office, clock_id: str = "PEN-15") -> tuple[str, str]:
    [found] = [d for d in (await office.case("C-1")).deadlines if d.clock_id == clock_id]
    day = found.due_time.ToDatetime(UTC).astimezone(SHANGHAI).date().isoformat()
    return day, law_pb2.ClockState.Name(found.state).removeprefix("CLOCK_STATE_")


async def test_an_extension_in_time_holds(office: Office) -> None:
    case = await filed(office)

    await office.tell(case, "DeadlineExtended", "2026-05-20 10:00", **extension("2026-05-20 10:00"))

    assert await term(office) == ("2026-06-30", "RUNNING")


async def test_an_extension_that_the_law_does_not_give_has_no_effect(office: Office) -> None:
    case = await filed(office)
    office.clock("2026-06-02 09:00")
    await office.ticked()

    await office.tell(case, "DeadlineExtended", "2026-06-02 08:00", **extension("2026-06-02 08:00"))

    assert await term(office) == ("2026-06-01", "EXPIRED")
    assert await office.found("EW-02") == [(RED, OPEN)]


@pytest.mark.parametrize(
    ("document", "term_ends", "warned"),
    [("", ("2026-06-01", "EXPIRED"), OPEN), ("示延批〔2026〕1号", ("2026-06-30", "RUNNING"), WITHDRAWN)],
)
async def test_who_says_afterwards_that_it_was_approved_in_time_has_its_paper(
    office: Office, document: str, term_ends: tuple[str, str], warned: int
) -> None:
    """Said to be approved the day before the term ended on 1 June, and recorded eleven days after it (APL 60)."""
    case = await filed(office)
    office.clock("2026-06-12 09:00")
    await office.ticked()

    said = extension("2026-05-31 10:00", recorded="2026-06-12 08:00", document=document)
    await office.tell(case, "DeadlineExtended", "2026-06-12 08:00", **said)

    assert await term(office) == term_ends
    assert await office.found("EW-02") == [(RED, warned)]


async def test_an_extension_in_time_that_is_told_late_takes_the_warning_back(office: Office) -> None:
    case = await filed(office)
    office.clock("2026-06-02 09:00")
    await office.ticked()

    await office.tell(case, "DeadlineExtended", "2026-06-01 10:00", **extension("2026-06-01 10:00"))

    assert await term(office) == ("2026-06-30", "RUNNING")
    assert await office.found("EW-02") == [(RED, WITHDRAWN)]


async def test_a_suspended_term_warns_of_nothing_until_it_runs_on(office: Office) -> None:
    case = await filed(office)
    await office.tell(case, "TimeExcluded", "2026-03-05 09:00", **time("2026-03-05 09:00"))
    office.clock("2026-07-01 09:00")
    await office.ticked()
    waiting = await term(office), await office.found("EW-02")

    resumed = time("2026-03-05 09:00", "2026-07-01 09:00")
    await office.tell(case, "TimeResumed", "2026-07-01 09:00", **resumed)

    assert waiting == (("2026-06-01", "SUSPENDED"), [])
    assert await term(office) == ("2026-09-28", "RUNNING")


def apply(office: Office, event: Envelope, tx: Tx) -> None:
    office.running.reactor.apply(tx, event, event.trace)


async def test_acts_that_are_told_out_of_order_come_to_the_same(office: Office) -> None:
    case = new_case()
    first = office.told(case, "CaseFiled", "2026-03-02 10:00")
    excluded = time("2026-03-10 09:00", "2026-03-20 09:00")
    second = office.told(case, "TimeExcluded", "2026-03-25 10:00", **excluded)
    third = office.told(case, "DeadlineExtended", "2026-05-20 10:00", **extension("2026-05-20 10:00"))

    for delivery in (first, third, second):
        # As when a parked event is tried again: what the reader itself brings is in order.
        event = from_headers(delivery.headers, delivery.data, delivery.sender, "law.>", delivery.position)
        await office.running.do(partial(apply, office, event))

    assert await term(office) == ("2026-07-10", "RUNNING")


@pytest.mark.parametrize(
    ("node", "until"),
    [(ENVIRONMENT, "2026-03-17"), (URBAN, "2026-03-23"), (MARKET, "2026-03-23")],
    ids=["environment", "housing", "market"],
)
async def test_cases_of_a_sector_run_by_its_clocks(office: Office, node: str, until: str) -> None:
    """From Monday, 2 March: fifteen calendar days in environment, fifteen working days in housing and in market regulation."""
    case = new_case(node=node)
    await office.tell(case, "ClueRegistered", "2026-03-02 10:00")

    running = {d.clock_id for d in (await office.case("C-1")).deadlines}
    before = await term(office, "PEN-03")
    await office.tell(case, "CaseFiled", "2026-03-03 10:00")

    assert running == {"PEN-03"}
    assert before == (until, "RUNNING")
    assert await term(office, "PEN-03") == (until, "MET")


@pytest.mark.parametrize(
    ("node", "days", "until"),
    [
        (ENVIRONMENT, 30, "2026-07-30"),
        (ENVIRONMENT, 31, "2026-06-30"),
        (URBAN, 60, "2026-08-31"),
        (URBAN, 61, "2026-06-30"),
        (MARKET, 75, "2026-09-14"),
    ],
)
async def test_how_far_the_heads_together_extend_is_the_sectors(
    office: Office, node: str, days: int, until: str
) -> None:
    """From 30 June: thirty days at most in environment, sixty in housing (to Saturday, 29 August), as decided in market
    regulation (75 days end on Sunday, 13 September).
    """
    case = new_case(node=node)
    await office.tell(case, "CaseFiled", "2026-03-02 10:00")
    await office.tell(case, "DeadlineExtended", "2026-05-20 10:00", **extension("2026-05-20 10:00"))

    again = extension("2026-06-20 10:00", days) | {"by": "collective"}
    again["extension"].discussion = "集体讨论记录"
    await office.tell(case, "DeadlineExtended", "2026-06-20 10:00", **again)

    assert await term(office) == (until, "RUNNING")


async def test_what_falls_due_by_state_with_the_number_of_the_case(office: Office) -> None:
    case = await filed(office)
    await office.tell(case, "TimeExcluded", "2026-03-05 09:00", **time("2026-03-05 09:00"))

    async def listed(**wanted: Any) -> list[tuple[str, str]]:
        reply = await office.call("ListDeadlines", pb.ListDeadlinesRequest(**wanted))
        return [(d.clock_id, d.case_number) for d in reply.deadlines]

    assert await listed() == []
    assert await listed(state=law_pb2.CLOCK_STATE_SUSPENDED) == [("PEN-15", case.case_number)]
