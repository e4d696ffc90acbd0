"""Acts that are entered more than a day after they were done are shown as that, with who, certificate and place, and counted."""

from datetime import timedelta

from yifa.enforcement.v1 import case_pb2
from yifa.supervision.v1 import case_view_pb2, overview_pb2

from tests.supervision.office import ENVIRONMENT, Office, at, lawful, new_case
from tests.supervision.warnings.examples import MAJOR_FINE

DONE, HOUR = "2026-03-20 10:00", timedelta(hours=1)


async def served(
    office: Office, hours: float, actor: str = "O-1", source: int = case_pb2.CASE_SOURCE_SYSTEM
) -> case_view_pb2.CaseView:
    """A decision is served, and entered so many hours after. The case as the city shows it."""
    case = lawful(new_case(), MAJOR_FINE)
    case.source = source
    act, done = case.last_act, at(DONE)
    act.actor, act.certificate_number, act.area_code = actor, "44070000001", "440703"
    act.act_time.FromDatetime(done)
    act.record_time.FromDatetime(done + hours * HOUR)
    await office.tell(case, "DecisionServed", done)
    return await office.case("C-1")


async def test_a_late_entry_is_shown_and_counted(office: Office) -> None:
    view = await served(office, 24.1)

    [entry] = view.timeline
    assert entry.late and entry.record_time.seconds - entry.occur_time.seconds > 24 * 3600
    assert (entry.certificate_number, entry.area_code) == ("44070000001", "440703")
    assert view.late_entries == 1
    overview = await office.call("GetOverview", overview_pb2.GetOverviewRequest())
    [department] = [d for d in overview.departments if d.node == ENVIRONMENT]
    assert department.late_entries == 1
    [warned] = await office.warnings(rule_id="EW-30")
    assert "送达" in warned.detail_zh


async def test_what_is_entered_within_a_day_is_not_late(office: Office) -> None:
    view = await served(office, 24)

    assert not view.timeline[0].late and view.late_entries == 0
    assert not await office.warnings(rule_id="EW-30")


async def test_what_a_service_tells_by_itself_is_no_entry_of_the_last_act(office: Office) -> None:
    """A clock that fires carries the case, and in it the last act of somebody else."""
    view = await served(office, 100, actor="another")

    assert not view.timeline[0].late and not view.timeline[0].certificate_number


async def test_when_a_case_handled_elsewhere_was_entered_there_is_not_known_here(office: Office) -> None:
    view = await served(office, 1000, source=case_pb2.CASE_SOURCE_OUTSIDE)

    assert not view.timeline[0].late and view.late_entries == 0
    assert not await office.warnings(rule_id="EW-30")
