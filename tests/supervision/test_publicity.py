"""Publicity follows the decision within its days: shown (PEN-31), and taken back when the decision fell (PEN-24)."""

import pytest
from yifa.enforcement.v1 import case_pb2
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.supervision.v1 import warning_pb2

from tests.supervision.office import ENVIRONMENT, MARKET, OPEN, URBAN, Office, at, lawful, new_case

ORANGE, RED = warning_pb2.WARNING_LEVEL_ORANGE, warning_pb2.WARNING_LEVEL_RED
WARNING, FINE = penalties.PENALTY_KIND_WARNING, penalties.PENALTY_KIND_FINE


async def decided(office: Office, node: str = MARKET, *kinds: int, spot: bool = False) -> case_pb2.Case:
    """Decided on Friday, 20 March 2026: twenty working days are over on Monday, 20 April, for Qingming is on 4 to 6 April."""
    case = new_case(node=node)
    if spot:
        case.procedure = case_pb2.PROCEDURE_SUMMARY
    await office.tell(case, "CaseFiled", "2026-03-02 10:00")
    lawful(case, fine=0 if kinds == (WARNING,) else 1_000_000)
    case.decision.penalty.kinds[:] = kinds or (FINE,)
    await office.tell(case, "DecisionMade", "2026-03-20 10:00")
    return case


async def passed(office: Office) -> list[tuple[str, int, int]]:
    return [(w.citation.code, w.level, w.state) for w in await office.warnings() if w.clock_id == "PEN-31"]


@pytest.mark.parametrize(
    ("when", "warned"),
    [
        ("2026-04-20 23:59", []),
        ("2026-04-21 00:00", [("SAMR-PUBLICITY-2021:9;SAMR-PUBLICITY-2021:2", ORANGE, OPEN)]),
    ],
)
async def test_it_is_shown_within_twenty_working_days(office: Office, when: str, warned: list) -> None:
    await decided(office)

    office.clock(when)
    await office.ticked()

    assert await passed(office) == warned


async def test_what_is_shown_in_time_warns_of_nothing(office: Office) -> None:
    case = await decided(office)
    await office.tell(case, "DecisionPublished", "2026-04-20 10:00")

    office.clock("2026-05-20 09:00")
    await office.ticked()

    assert await passed(office) == []


@pytest.mark.parametrize(
    ("node", "kinds", "spot", "shown"),
    [
        (MARKET, (WARNING,), False, False),
        (MARKET, (WARNING, FINE), False, True),
        (MARKET, (FINE,), True, False),
        (ENVIRONMENT, (FINE,), False, False),
        (URBAN, (FINE,), False, False),
    ],
    ids=["mere warning", "warning and fine", "on the spot", "environment", "housing"],
)
async def test_what_is_shown_there(
    office: Office, node: str, kinds: tuple[int, ...], spot: bool, shown: bool
) -> None:
    """SAMR-PUBLICITY-2021 article 2: of the ordinary procedure, and more than a warning; of nobody else's decisions."""
    case = await decided(office, node, *kinds, spot=spot)

    clocks = {d.clock_id for d in (await office.case(case.case_id)).deadlines}

    assert ("PEN-31" in clocks) is shown
    assert "PEN-23" in clocks


async def annulled(office: Office, *, public: bool = True) -> case_pb2.Case:
    """Set aside on Monday, 13 April 2026: three working days are over on Thursday, the 16th."""
    case = await decided(office, ENVIRONMENT)
    if public:
        case.publish_time.FromDatetime(at("2026-03-25 10:00"))
        await office.tell(case, "DecisionPublished", "2026-03-25 10:00")
    case.set_aside.kind = case_pb2.SET_ASIDE_KIND_ANNULLED
    case.set_aside.set_aside_time.FromDatetime(at("2026-04-13 10:00"))
    await office.tell(case, "DecisionSetAside", "2026-04-13 10:00")
    return case


async def still_public(office: Office) -> list[tuple[int, int]]:
    return [(w.level, w.state) for w in await office.warnings() if w.clock_id == "PEN-24"]


@pytest.mark.parametrize(("when", "warned"), [("2026-04-16 23:59", []), ("2026-04-17 00:00", [(RED, OPEN)])])
async def test_what_fell_and_is_public_still_is_a_red_warning(
    office: Office, when: str, warned: list[tuple[int, int]]
) -> None:
    """APL 48(2)."""
    await annulled(office)

    office.clock(when)
    await office.ticked()

    assert await still_public(office) == warned


async def test_what_was_taken_back_in_time_warns_of_nothing(office: Office) -> None:
    case = await annulled(office)
    case.withdrawal.explanation = "原决定被撤销"
    case.withdrawal.withdraw_time.FromDatetime(at("2026-04-16 17:00"))
    await office.tell(case, "PublicationWithdrawn", "2026-04-16 17:00")

    office.clock("2026-04-20 09:00")
    await office.ticked()

    assert await still_public(office) == []


async def test_what_was_never_public_has_nothing_to_be_taken_back(office: Office) -> None:
    case = await annulled(office, public=False)

    office.clock("2026-04-20 09:00")
    await office.ticked()

    assert await still_public(office) == []
    assert "PEN-24" not in {d.clock_id for d in (await office.case(case.case_id)).deadlines}
