"""The quotas of a year: days of officers, sessions of units, what the city and its leaders must hold."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from yifa.registry.v1 import law_study_pb2 as studies
from yifa.registry.v1 import quota_pb2 as quotas
from yifa.registry.v1 import training_pb2 as messages

from services.given import registry as given
from services.law.clock import catalogue
from services.law.layer import Dated, Parameter
from services.law.procedures.training import Needed, half_days_needed
from services.registry.quota.model import YearQuota
from tests.layers import also_set, example_law
from tests.registry.school import School
from tests.registry.town import CITY

LECTURE = studies.STUDY_KIND_LECTURE
MEETING = studies.STUDY_KIND_EXECUTIVE_MEETING


async def test_an_officer_is_behind_until_seven_days_are_reached(school: School) -> None:
    body = await school.body()
    diligent, idle = await school.register(body), await school.register(body)
    long = await school.schedule(body, hours=40, half_days=13)
    await school.attend(long, [diligent], [idle])
    reports = {r.officer_id: r for r in await school.officer_quotas("huanbao", body.body_id)}
    assert reports[diligent.officer_id].half_days_missing == 1
    assert reports[idle.officer_id].half_days_missing == 14

    await school.attend(await school.schedule(body, hours=3, half_days=1), [diligent])

    behind = await school.officer_quotas("huanbao", body.body_id, behind=True)
    assert [r.officer_id for r in behind] == [idle.officer_id]
    everybody = {r.officer_id: r for r in await school.officer_quotas("huanbao", body.body_id)}
    assert (everybody[diligent.officer_id].sessions, everybody[diligent.officer_id].half_days) == (2, 14)
    await school.seen(
        lambda: school.officer_quotas(CITY, body.body_id, behind=True), lambda found: found == behind
    )


async def test_the_report_names_the_quota_and_its_article(school: School) -> None:
    request = quotas.ListOfficerQuotasRequest(year=school.year)

    reply = await school.ask("huanbao", "ListOfficerQuotas", request)

    assert (reply.half_days_needed, reply.citation.code) == (14, "EX-ERS")
    assert reply.half_days_needed == 2 * catalogue()["OFF-02"].term.amount
    units = await school.ask("huanbao", "ListUnitQuotas", quotas.ListUnitQuotasRequest(year=school.year))
    assert (units.sessions_needed, units.citation.code) == (4, "EX-ERS")


def test_a_city_may_ask_for_more_days() -> None:
    more = Parameter("clock.OFF-02", "times", (Dated(date(2024, 1, 1), 10, "EX-ERS"),))
    layers = also_set(example_law(), {more.key: more})

    assert half_days_needed(layers, 2023) == Needed(14, "EX-ERS")
    assert half_days_needed(layers, 2024) == Needed(20, "EX-ERS")


async def test_before_the_quota_was_law_nobody_was_behind(school: School) -> None:
    body = await school.body()
    await school.register(body)

    assert await school.officer_quotas("huanbao", body.body_id, year=2005, behind=True) == []


async def test_a_training_counts_in_the_year_in_which_it_began(school: School) -> None:
    body = await school.body()
    officer = await school.register(body)
    last_year = await school.schedule(body, after=-timedelta(days=366))

    await school.attend(last_year, [officer])

    [this] = await school.officer_quotas("huanbao", body.body_id)
    [last] = await school.officer_quotas("huanbao", body.body_id, year=school.year - 1)
    assert (this.half_days, last.half_days) == (0, 2)


async def test_units_are_told_apart(school: School) -> None:
    body = await school.body()
    first = await school.register(body, unit="一大队")
    second = await school.register(body, unit="二大队")
    await school.attend(await school.schedule(body, half_days=14), [first, second])
    await school.attend(await school.schedule(body, unit="一大队"), [first])
    await school.register(body, unit="二大队")

    units = {u.unit: u for u in await school.unit_quotas("huanbao", body.body_id)}

    assert (units["一大队"].officers, units["一大队"].officers_behind) == (1, 0)
    assert (units["二大队"].officers, units["二大队"].officers_behind) == (2, 1)
    assert (units["一大队"].sessions, units["一大队"].sessions_missing) == (2, 2)
    assert (units["二大队"].sessions, units["二大队"].sessions_missing) == (1, 3)
    assert units["一大队"].half_days == 16
    assert units["一大队"].body_name == body.name
    await school.seen(
        lambda: school.unit_quotas(CITY, body.body_id), lambda found: {u.unit: u for u in found} == units
    )


async def test_four_sessions_meet_the_quota_of_a_body(school: School) -> None:
    body = await school.body()
    officer = await school.register(body)
    opened = await quota(school, "huanbao", "OFF-03", body.body_id, lambda q: True)
    assert (opened.needed, opened.done, opened.citation.code) == (4, 0, "EX-ERS")

    for _ in range(4):
        await school.attend(await school.schedule(body), [officer])
    await school.attend(await school.schedule(body, kind=messages.TRAINING_KIND_RETRAINING), [officer])
    chief, _ = await given.appoint_heads(school.say, body)
    await given.train_heads(school.say, body, (chief,))

    for node in ("huanbao", CITY):
        met = await quota(school, node, "OFF-03", body.body_id, lambda q: q.done == 4)
        assert met.state == quotas.YEAR_QUOTA_STATE_MET
        assert met.meet_time.ToDatetime(tzinfo=UTC) <= met.due_time.ToDatetime(tzinfo=UTC)
    told = await school.events("huanbao", "registry", f"OFF-03/{body.body_id}/{school.year}")
    assert told == ["YearQuotaOpened", "YearQuotaMet"]


async def test_a_second_list_of_one_training_is_no_second_session(school: School) -> None:
    body = await school.body()
    training = await school.schedule(body)

    for _ in range(2):
        await school.attend(training, [await school.register(body)])

    assert (await quota(school, "huanbao", "OFF-03", body.body_id, lambda q: q.done)).done == 1


async def test_a_quota_is_reminded_of_and_missed(school: School) -> None:
    body = await school.body()
    key = f"OFF-03/{body.body_id}/{school.year}"
    await quota(school, "huanbao", "OFF-03", body.body_id, lambda q: True)

    await due_now(school, key)
    await school.seen(
        lambda: school.events("huanbao", "registry", key), lambda told: "YearQuotaReminded" in told
    )
    await due_now(school, key, over=True)

    missed = await quota(school, CITY, "OFF-03", body.body_id, lambda q: q.state == MISSED)
    assert missed.done == 0
    told = await school.events("huanbao", "registry", key)
    assert told == ["YearQuotaOpened", "YearQuotaReminded", "YearQuotaMissed"]
    request = quotas.ListYearQuotasRequest(year=school.year, state=MISSED, page_size=500)
    listed = await school.pages(CITY, "ListYearQuotas", request)
    assert body.body_id in {q.subject_id for q in listed}
    assert {q.state for q in listed} == {MISSED}


async def test_leaders_study_law_on_record(school: School) -> None:
    before = await quota(school, CITY, "OFF-15", CITY, lambda q: True)

    studied = await school.study(LECTURE)

    request = studies.ListLawStudiesRequest(year=school.year, page_size=50)
    for node in (CITY, "chengguan"):
        listed = await school.seen(
            lambda node=node: school.all_of(node, "ListLawStudies", request, "studies"),
            lambda found: studied in found,
        )
        assert listed
    assert list(studied.people) == ["市长", "分管副市长"]
    after = await quota(school, "huanbao", "OFF-15", CITY, lambda q: q.done == before.done + 1)
    assert (after.needed, after.citation.code) == (2, "EX-ERS")


async def test_two_meetings_a_year_meet_the_quota_even_recorded_late(school: School) -> None:
    year = school.year - 1
    last_year = datetime(year, 6, 1, tzinfo=UTC)

    await school.study(MEETING, last_year)
    missed = await quota(school, CITY, "OFF-14", CITY, lambda q: q.state == MISSED, year)
    await school.study(MEETING, last_year)

    assert (missed.needed, missed.done) == (2, 1)
    met = await quota(school, "huanbao", "OFF-14", CITY, lambda q: q.done == 2, year)
    assert met.state == quotas.YEAR_QUOTA_STATE_MET
    assert met.meet_time.ToDatetime(tzinfo=UTC) > met.due_time.ToDatetime(tzinfo=UTC)


async def test_training_by_the_city_counts_for_the_city(school: School) -> None:
    officer = await school.register(await school.body())
    await school.known(CITY, officer, "TRAINING")
    before = await quota(school, CITY, "OFF-13", CITY, lambda q: True)

    await school.attend(await school.schedule_by_city(), [officer])

    met = await quota(school, CITY, "OFF-13", CITY, lambda q: q.done == before.done + 1)
    assert (met.needed, met.state) == (1, quotas.YEAR_QUOTA_STATE_MET)


async def test_a_training_before_the_quota_was_law_counts_for_nothing(school: School) -> None:
    body = await school.body()
    officer = await school.register(body)
    old = await school.schedule(body, start_time=datetime(2004, 5, 1, tzinfo=UTC))

    await school.attend(old, [officer])

    then = await quota(school, "huanbao", "OFF-03", body.body_id, lambda q: q.done == 1, 2004)
    assert (then.needed, then.state) == (0, quotas.YEAR_QUOTA_STATE_MET)


async def test_a_study_to_come_is_not_on_record(school: School) -> None:
    with school.refused("TRAINING_NOT_BEGUN", law="EX-ERS"):
        await school.study(LECTURE, datetime.now(UTC) + timedelta(days=1))


MISSED = quotas.YEAR_QUOTA_STATE_MISSED


async def quota(school: School, node: str, clock_id: str, subject: str, holds: Any, year: int = 0) -> Any:
    """A quota of a year as a node knows it, once it is as awaited."""
    request = quotas.ListYearQuotasRequest(year=year or school.year, page_size=500)

    async def look() -> list[quotas.YearQuota]:
        found = await school.pages(node, "ListYearQuotas", request)
        return [q for q in found if (q.clock_id, q.subject_id) == (clock_id, subject) and holds(q)]

    return (await school.seen(look))[0]


async def due_now(school: School, key: str, over: bool = False) -> None:
    """Let the moment of a quota's next stage come; with `over` the end of the year too."""

    def work(tx: Any) -> None:
        row = tx.get(YearQuota, key)
        row.next_time = tx.now
        if over:
            row.due_time = tx.now

    await school.city.nodes["huanbao"].running("registry").do(work)
