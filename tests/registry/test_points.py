"""Points: a dated table, thresholds that act by themselves, appeals, and a fresh start with each cycle."""

from datetime import UTC, datetime, timedelta
from typing import Any

import grpc
import pytest
from yifa.registry.v1 import points_pb2 as messages

from services.registry.points.model import PointsEntry, entry_values
from tests.registry.school import HOUR, School, table_from
from tests.registry.town import CITY

INVALID = grpc.StatusCode.INVALID_ARGUMENT
DENIED = grpc.StatusCode.PERMISSION_DENIED
EXISTS = grpc.StatusCode.ALREADY_EXISTS
NONE = messages.POINTS_LEVEL_NONE
WARNING = messages.POINTS_LEVEL_WARNING
RETRAINING = messages.POINTS_LEVEL_RETRAINING
SUSPENSION = messages.POINTS_LEVEL_SUSPENSION
UPHELD = messages.POINTS_STATE_UPHELD
CHANGED = messages.POINTS_STATE_CHANGED
WITHDRAWN = messages.POINTS_STATE_WITHDRAWN
CAUSES = {"LATE": 2, "RUDE": 6, "LENT": 12}


@pytest.fixture(scope="module", autouse=True)
async def table(school: School) -> messages.PointsTable:
    """The city's table, in force since long ago."""
    return await school.points_table()


async def test_the_table_is_known_at_every_node(school: School, table: messages.PointsTable) -> None:
    for node in (CITY, "huanbao", "chengguan"):
        at = messages.GetPointsTableRequest(at_time=table.since_time)
        known = await school.seen(
            lambda node=node, at=at: school.ask(node, "GetPointsTable", at), lambda r: True
        )
        assert known.table == table


async def test_points_are_scored_by_the_table_with_article_and_remedy(school: School) -> None:
    officer = await school.examinee()

    reply = await school.score(officer, "LATE")

    entry = reply.entry
    assert (entry.points, entry.citation.code, entry.scorer) == (2, "APL-2021:83", "oversight-1")
    assert "申诉" in entry.remedy_zh and "appeal" in entry.remedy_en
    assert entry.appeal_due_time.ToDatetime(tzinfo=UTC) - datetime.now(UTC) > timedelta(days=29)
    assert (reply.standing.total, reply.standing.level) == (2, NONE)
    at_home = await points(school, "huanbao", officer, 2)
    assert list(at_home.entries) == [entry]
    limits = {t.level: (t.points, t.citation.code) for t in at_home.thresholds}
    assert limits == {level: (n, "EX-ERS") for level, n in ((WARNING, 6), (RETRAINING, 9), (SUSPENSION, 12))}


async def test_thresholds_act_by_themselves(school: School) -> None:
    officer, certificate = await school.certified()

    levels = [(await school.score(officer, code)).standing.level for code in ("RUDE", "LATE", "LATE", "LATE")]

    assert levels == [WARNING, WARNING, RETRAINING, SUSPENSION]
    told = await school.events(CITY, "registry", officer.officer_id)
    assert told.count("PointsThresholdReached") == 3
    suspended = await school.verify(certificate, CITY, "REGISTRAR")
    assert not suspended.valid
    [suspension] = suspended.certificate.suspensions
    assert (suspension.law, suspension.cause) == ("EX-ERS", "本记分周期累计记12分")
    await school.seen(lambda: school.verify(certificate, "huanbao"), lambda reply: not reply.valid)
    assert (await points(school, "huanbao", officer, 12)).standing.level == SUSPENSION


async def test_one_fact_gives_points_once(school: School) -> None:
    """Until they are withdrawn; another cause at that moment, or the same at another, is another fact."""
    officer, at = await school.examinee(), datetime.now(UTC) - 5 * HOUR
    first = (await school.score(officer, "LATE", at)).entry

    with school.refused("POINTS_SCORED_ALREADY", law="EX-ERS") as told:
        await school.score(officer, "LATE", at)
    await school.score(officer, "RUDE", at)
    last = await school.score(officer, "LATE", at + HOUR)

    assert told.metadata["entries"] == first.entry_id
    assert last.standing.total == 10


async def test_points_of_another_cycle_do_not_add_up(school: School) -> None:
    officer = await school.examinee()
    last_year = datetime(school.year - 1, 12, 31, 12, tzinfo=UTC)

    await school.score(officer, "RUDE", last_year)
    this = await school.score(officer, "LATE")

    assert (this.standing.total, this.standing.level) == (2, NONE)
    last = await points(school, CITY, officer, 6, at=last_year)
    assert (last.standing.cycle, last.standing.level) == (f"{school.year - 1}-01", WARNING)


async def test_an_amended_table_counts_from_its_day(school: School) -> None:
    officer = await school.examinee()
    since = datetime.now(UTC) - 2 * HOUR
    await school.publish(since, {**CAUSES, "LATE": 3})

    before = await school.score(officer, "LATE", since - HOUR)
    after = await school.score(officer, "LATE", since)

    assert (before.entry.points, after.entry.points) == (2, 3)
    for used in (since, since - HOUR):
        with school.refused("POINTS_TABLE_DATED", EXISTS):
            await school.publish(used, CAUSES)


async def test_a_cause_that_the_table_lacks_is_refused(school: School) -> None:
    officer = await school.examinee()

    with school.refused("POINTS_CAUSE_UNKNOWN", INVALID, field="cause_code"):
        await school.score(officer, "HUNGRY")
    with school.refused("POINTS_CAUSE_UNKNOWN", INVALID):
        await school.score(officer, "LATE", datetime(2000, 1, 1, tzinfo=UTC))
    with school.refused("MALFORMED", INVALID, field="occur_time"):
        await school.score(officer, "LATE", datetime.now(UTC) + HOUR)


async def test_a_table_rests_on_known_articles_and_names_a_cause_once(school: School) -> None:
    request = table_from(datetime.now(UTC), CAUSES)
    request.causes[1].law = "APL-2021:99"
    with school.refused("MALFORMED", INVALID, field="causes[1].law"):
        await school.ask(CITY, "PublishPointsTable", request)
    request = table_from(datetime.now(UTC), CAUSES)
    request.causes[2].code = "LATE"

    with school.refused("MALFORMED", INVALID, field="causes[2].code"):
        await school.ask(CITY, "PublishPointsTable", request)


async def test_an_appeal_from_the_department_is_decided_at_the_city(school: School) -> None:
    officer = await school.examinee()
    entry = (await school.score(officer, "RUDE")).entry
    await points(school, "huanbao", officer, 6)

    await appeal(school, "huanbao", officer, entry)
    taken = await stands(school, "huanbao", officer, messages.POINTS_STATE_APPEALED)
    assert taken.grounds == "当时并不在现场"
    decided = await decide(school, entry, CHANGED, 1)

    assert (decided.entry.scored, decided.entry.points, decided.standing.total) == (6, 1, 1)
    assert decided.standing.level == NONE
    assert (await points(school, "huanbao", officer, 1)).standing.level == NONE
    assert "PointsThresholdLifted" in await school.events(CITY, "registry", officer.officer_id)
    with school.refused("ACT_NOT_OPEN", act="DecidePointsAppeal", state="CHANGED", open_acts=""):
        await decide(school, entry, UPHELD)


async def test_points_that_are_withdrawn_give_the_certificate_back(school: School) -> None:
    officer, certificate = await school.certified()
    entry = (await school.score(officer, "LENT")).entry
    assert not (await school.verify(certificate)).valid
    await appeal(school, CITY, officer, entry)

    withdrawn = await decide(school, entry, WITHDRAWN)

    assert (withdrawn.standing.total, list(withdrawn.standing.suspension_ids)) == (0, [])
    assert (await school.verify(certificate)).valid
    await school.seen(lambda: school.verify(certificate, "huanbao"), lambda reply: reply.valid)


async def test_another_suspension_outlives_the_points(school: School) -> None:
    officer, certificate = await school.certified()
    await school.suspend(certificate, cause="年审不合格")
    entry = (await school.score(officer, "LENT")).entry
    await appeal(school, CITY, officer, entry)

    await decide(school, entry, WITHDRAWN)

    assert not (await school.verify(certificate)).valid


async def test_upheld_points_go_on_counting(school: School) -> None:
    officer = await school.examinee()
    entry = (await school.score(officer, "RUDE")).entry
    await appeal(school, CITY, officer, entry)

    upheld = await decide(school, entry, UPHELD)

    assert (upheld.entry.state, upheld.standing.total, upheld.standing.level) == (UPHELD, 6, WARNING)
    with school.refused("ACT_NOT_OPEN", act="AppealPoints", state="UPHELD", open_acts=""):
        await appeal(school, CITY, officer, entry)


async def test_nobody_judges_his_own_scoring(school: School) -> None:
    officer = await school.examinee()
    entry = (await school.score(officer, "RUDE")).entry
    await appeal(school, CITY, officer, entry)

    with school.refused("POINTS_JUDGED_BY_SCORER", law="EX-ERS", entry_id=entry.entry_id):
        await decide(school, entry, WITHDRAWN, by="oversight-1")


async def test_an_appeal_lessens_points_or_ends_them(school: School) -> None:
    officer = await school.examinee()
    entry = (await school.score(officer, "RUDE")).entry
    await appeal(school, CITY, officer, entry)

    for wrong in (0, 6, 7):
        with school.refused("MALFORMED", INVALID, field="points"):
            await decide(school, entry, CHANGED, wrong)


async def test_a_late_appeal_is_refused(school: School) -> None:
    officer = await school.examinee()
    entry = (await school.score(officer, "LATE")).entry
    await points(school, "huanbao", officer, entry.points)
    for node in (CITY, "huanbao"):
        await time_over(school, node, entry)

    for node in (CITY, "huanbao"):
        with school.refused("POINTS_APPEAL_LATE", law="EX-ERS;EX-CERT"):
            await appeal(school, node, officer, entry)


async def test_an_appeal_that_the_city_finds_late_is_answered(school: School) -> None:
    officer = await school.examinee()
    entry = (await school.score(officer, "LATE")).entry
    await points(school, "huanbao", officer, entry.points)
    await time_over(school, CITY, entry)

    await appeal(school, "huanbao", officer, entry)

    await school.seen(
        lambda: school.events(CITY, "registry", officer.officer_id),
        lambda told: told[-1] == "PointsAppealRefused",
    )
    assert (await stands(school, CITY, officer, messages.POINTS_STATE_SCORED)).grounds == ""


async def test_officers_see_and_appeal_their_own_points_only(school: School) -> None:
    officer, other = await school.examinee(), await school.examinee()
    entry = (await school.score(officer, "LATE")).entry
    await points(school, "huanbao", officer, entry.points)
    request = messages.GetOfficerPointsRequest(officer_id=officer.officer_id)
    me, role = officer.officer_id, "HANDLING_OFFICER"

    mine = await school.call("huanbao", "registry", "GetOfficerPoints", request, role, subject=me)

    assert list(mine.entries) == [entry]
    with school.refused("NOT_OWN_POINTS", DENIED):
        await school.call("huanbao", "registry", "GetOfficerPoints", request, role, subject=other.officer_id)
    with school.refused("NOT_OWN_POINTS", DENIED):
        await appeal(school, "huanbao", other, entry)


async def test_nobody_loses_points_because_fines_stay_below_a_target(school: School) -> None:
    """The whole table is refused, and none of it is in force."""
    since = datetime.now(UTC) - timedelta(minutes=1)
    request = table_from(since, {"LATE": 2, "INCOME": 6})
    request.causes[1].title_zh = "未完成年度罚没任务"

    with school.refused("FINE_TARGET_FORBIDDEN", grpc.StatusCode.FAILED_PRECONDITION):
        await school.ask(CITY, "PublishPointsTable", request)

    known = (await school.ask(CITY, "GetPointsTable", messages.GetPointsTableRequest())).table
    assert {cause.code for cause in known.causes} == set(CAUSES)


async def test_standings_are_listed_by_level(school: School) -> None:
    mild, grave = await school.examinee(), await school.examinee()
    await school.score(mild, "LATE")
    await school.score(grave, "RUDE")

    request = messages.ListPointsStandingsRequest(level=WARNING, page_size=2)
    listed = await school.all_of(CITY, "ListPointsStandings", request, "standings")

    assert grave.officer_id in {s.officer_id for s in listed}
    assert mild.officer_id not in {s.officer_id for s in listed}
    assert {s.level for s in listed} == {WARNING}


async def points(school: School, node: str, officer: Any, total: int, at: datetime | None = None) -> Any:
    """An officer's points, once a node knows of so many."""
    request = messages.GetOfficerPointsRequest(officer_id=officer.officer_id, at_time=at)
    return await school.seen(
        lambda: school.ask(node, "GetOfficerPoints", request), lambda reply: reply.standing.total == total
    )


async def stands(school: School, node: str, officer: Any, state: int) -> messages.PointsEntry:
    request = messages.GetOfficerPointsRequest(officer_id=officer.officer_id)
    reply = await school.seen(
        lambda: school.ask(node, "GetOfficerPoints", request), lambda reply: reply.entries[0].state == state
    )
    return reply.entries[0]


async def appeal(school: School, node: str, officer: Any, entry: messages.PointsEntry) -> Any:
    """An officer appeals at the department; at the city the registrar takes the paper in."""
    request = messages.AppealPointsRequest(entry_id=entry.entry_id, grounds="当时并不在现场")
    role = "REGISTRAR" if node == CITY else "HANDLING_OFFICER"
    return await school.call(node, "registry", "AppealPoints", request, role, subject=officer.officer_id)


async def decide(
    school: School, entry: messages.PointsEntry, outcome: int, n: int = 0, by: str = "oversight-2"
) -> Any:
    request = messages.DecidePointsAppealRequest(
        entry_id=entry.entry_id, outcome=outcome, points=n, opinion="经复核"
    )
    return await school.call(CITY, "registry", "DecidePointsAppeal", request, "OVERSIGHT", subject=by)


async def time_over(school: School, node: str, entry: messages.PointsEntry) -> None:
    """Let the time for an appeal pass."""

    def work(tx: Any) -> None:
        row = tx.get(PointsEntry, entry.entry_id)
        kept = messages.PointsEntry.FromString(row.record)
        kept.appeal_due_time.FromDatetime(tx.now - HOUR)
        for name, value in entry_values(kept).items():
            setattr(row, name, value)

    await school.city.nodes[node].running("registry").do(work)
