"""A warning is closed by somebody who says why, goes to a head of the body while nobody reacts, and is tried on the past."""

from itertools import count

import grpc
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import warning_pb2 as pb

from tests.supervision.office import ENVIRONMENT, OPEN, Office, at
from tests.supervision.warnings.ew_12_like_cases_unlike_fines import FINE, two
from tests.supervision.warnings.examples import certified
from tests.supervision.warnings.many import BODY, decide, fined

SERIAL = count(1)
KIND = "EW-12"
CLOSED = pb.WARNING_STATE_CLOSED
ORANGE, RED = pb.WARNING_LEVEL_ORANGE, pb.WARNING_LEVEL_RED


async def raised(office: Office, fine: int = 5 * FINE) -> pb.Warning:
    """Given two cases alike with fines far apart, of which the later is warned of."""
    await two(fine)(office)
    [warning] = await office.warnings(rule_id=KIND)
    return warning


def closing(warning: pb.Warning, reason: str) -> pb.CloseWarningRequest:
    return pb.CloseWarningRequest(
        request_id=f"R-{next(SERIAL)}", warning_id=warning.warning_id, reason=reason
    )


async def told_again(office: Office, fine: int) -> pb.Warning:
    """The decision is told of again, with this fine."""
    case = fined("C-1", fine, "2026-09-10 10:00", benchmark_id="BM-1", band_code="2")
    case.version = (await office.case("C-1")).case.version
    await decide(office, [case])
    [warning] = await office.warnings(rule_id=KIND)
    return warning


async def test_who_closes_it_says_why_and_it_stays_closed_until_something_else_is_found(
    office: Office,
) -> None:
    warning = await raised(office)

    assert await office.refused("CloseWarning", closing(warning, " ")) == (
        grpc.StatusCode.FAILED_PRECONDITION, "REASONS_MISSING", ["ASR-2025:26(1)"],
    )  # fmt: skip
    reply = await office.call("CloseWarning", closing(warning, "两案情节不同，已核实"))

    assert (reply.warning.state, reply.warning.closer, reply.warning.close_reason) == (
        CLOSED, "oversight-1", "两案情节不同，已核实",
    )  # fmt: skip
    assert office.emitted(events.WarningEnded)[-1].warning == reply.warning
    assert (await office.refused("CloseWarning", closing(warning, "再次了结")))[1] == "ACT_NOT_OPEN"

    assert (await told_again(office, 5 * FINE)).state == CLOSED
    opened = await told_again(office, 6 * FINE)
    assert (opened.state, opened.closer, opened.close_reason) == (OPEN, "", "")


async def test_nobody_reacts_and_it_goes_to_a_deputy_and_stays_graver_whatever_is_edited(
    office: Office,
) -> None:
    """Given a warning of 25 September 2026, when ten working days have passed, holidays left out, it is red."""
    await office.appoint(BODY, "H-1", "H-2")
    warning = await raised(office)
    assert (warning.level, warning.escalate_time.ToDatetime(at("2026-01-01 00:00").tzinfo)) == (
        ORANGE, at("2026-10-15 09:00"),
    )  # fmt: skip

    office.clock("2026-10-15 08:59")
    assert (await told_again(office, 5 * FINE)).level == ORANGE
    office.clock("2026-10-15 09:00")

    async def escalated() -> list[events.WarningEscalated]:
        return [e for e in office.emitted(events.WarningEscalated) if e.warning.rule_id == KIND]

    [event] = await office.until(escalated, "it is escalated")
    assert (event.warning.level, event.warning.escalations, event.warning.escalated_to) == (RED, 1, "H-2")
    assert not event.warning.HasField("escalate_time")
    assert office.addressees(events.WarningEscalated) == {ENVIRONMENT}
    assert (await told_again(office, 6 * FINE)).level == RED


async def test_other_numbers_are_tried_on_the_past_and_raise_nothing(office: Office) -> None:
    await certified(office)
    await two(FINE * 18 // 10)(office)
    by_law = await office.call("BacktestWarning", pb.BacktestWarningRequest(rule_id=KIND))
    tried = await office.call(
        "BacktestWarning", pb.BacktestWarningRequest(rule_id=KIND, numbers={"warning.EW-12.ratio": 150})
    )
    early = await office.call(
        "BacktestWarning",
        pb.BacktestWarningRequest(
            rule_id=KIND, numbers={"warning.EW-12.ratio": 150}, until_time=at("2026-09-10 10:00")
        ),
    )

    assert (by_law.total, by_law.as_in_force) == (0, 0)
    assert (tried.total, tried.as_in_force, dict(tried.by_node)) == (1, 0, {ENVIRONMENT: 1})
    assert [(f.subject_id, f.is_new, f.level) for f in tried.findings] == [("C-1", True, ORANGE)]
    assert early.total == 0
    assert await office.warnings(rule_id=KIND) == []
    strange = pb.BacktestWarningRequest(rule_id=KIND, numbers={"warning.EW-04.gap": 3})
    assert (await office.refused("BacktestWarning", strange))[1] == "MALFORMED"
    unknown = pb.BacktestWarningRequest(rule_id="EW-99")
    assert (await office.refused("BacktestWarning", unknown))[1] == "NOT_FOUND"
