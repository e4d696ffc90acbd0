"""A month of the whole city is judged when it is over, after a downtime too; anew when something of it comes to be known late."""

from pathlib import Path

from sqlalchemy import func, select
from sqlmodel import col
from yifa.registry.v1 import events_pb2 as registry
from yifa.registry.v1 import quota_pb2, training_pb2
from yifa.supervision.v1 import events_pb2 as events

from services.supervision.event.model import Received
from services.supervision.warning.backtest import backtest
from tests.supervision.office import ENVIRONMENT, OPEN, SETTLED, WITHDRAWN, Office, at, running_office
from tests.supervision.warnings.ew_13_income_growth import BEFORE, tell
from tests.supervision.warnings.ew_27_training_gap import sessions
from tests.supervision.warnings.many import OTHER, decide, series

GREW, ODD = "EW-13", "EW-11"


async def test_what_comes_late_is_judged_in_the_night_that_follows_and_then_stands_as_if_it_had_come_in_time(
    office: Office,
) -> None:
    """Given March judged with nothing odd, when fines of March are told of in April, then that night they are found; and
    when others come that make them usual, they are found no longer.
    """
    office.clock("2026-03-25 09:00")
    await decide(office, series([1_000_000] * 40))
    office.clock("2026-04-01 00:10")
    await office.months()
    assert await office.found(ODD) == []

    await decide(office, series([3_000_000] * 20, OTHER))
    office.clock("2026-04-02 00:01")
    await office.months()
    assert {w.state for w in await office.warnings(rule_id=ODD)} == {OPEN}
    found = len(backtest(office.running.view(), ODD))
    assert len(await office.warnings(rule_id=ODD, state=OPEN)) == found > 0

    await decide(office, series([3_000_000] * 45, "B-3"))
    office.clock("2026-04-03 00:01")
    await office.months()
    of_other = [w for w in await office.warnings(rule_id=ODD) if OTHER in w.detail_zh]
    assert {w.state for w in of_other} == {WITHDRAWN}


async def test_what_was_made_up_for_stays_settled_though_its_month_is_judged_anew(office: Office) -> None:
    """Given a body warned in October of too few sessions, which it held in November, when something else of October comes to be
    known and the month is judged anew, then the warning stays settled.
    """
    await sessions()(office)
    [warned] = await office.warnings(rule_id="EW-27")
    assert warned.state == OPEN

    async def told(body_id: str, when: str, *, met: bool) -> None:
        quota = quota_pb2.YearQuota(
            clock_id="OFF-03", subject_id=body_id, node=ENVIRONMENT, year=2026, needed=4, done=4, version=2,
            citation={"code": "CBZ-2019-7:2"},
        )  # fmt: skip
        quota.meet_time.FromDatetime(at(when))
        event = (registry.YearQuotaMet if met else registry.YearQuotaReminded)(quota=quota)
        await office.take(office.journal(ENVIRONMENT, "registry").entry(event, at(when)))

    office.clock("2026-11-20 09:00")
    await told("B-1", "2026-11-20 08:00", met=True)
    assert [w.state for w in await office.warnings(rule_id="EW-27")] == [SETTLED]
    await told("B-late", "2026-10-25 08:00", met=False)
    office.clock("2026-11-21 00:10")
    await office.months()

    assert [w.state for w in await office.warnings(rule_id="EW-27")] == [SETTLED]


async def test_a_training_that_counts_towards_no_quota_is_taken_in(office: Office) -> None:
    """A later list of one session tells no quota, nor does training of heads alone: nothing is wrong with that."""
    training = training_pb2.Training(training_id="T-1", node=ENVIRONMENT, body_id="B-1")
    event = registry.TrainingHeld(training=training)
    await office.take(office.journal(ENVIRONMENT, "registry").entry(event, at("2026-03-20 08:00"), "T-1"))

    assert office.running.parked() == 0
    [[kept]] = office.running.rows(select(func.count()).where(col(Received.subject) == "T-1"))
    assert kept == 1


async def test_after_a_downtime_each_month_is_judged_once(tmp_path: Path) -> None:
    """Given what came in in March, when the service was down from March to June, then it is warned of once, for March."""
    async with running_office(tmp_path) as office:
        await tell(office, 2 * BEFORE)

    async with running_office(tmp_path, when="2026-06-15 09:00") as office:
        await office.months()
        [warning] = await office.warnings(rule_id=GREW)
        assert warning.state == OPEN
        assert "2026-03" in warning.detail_zh
        assert [e.warning.rule_id for e in office.emitted(events.WarningRaised)].count(GREW) == 1
