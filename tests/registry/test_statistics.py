"""Statistics by body and the yearly report."""

from datetime import UTC, datetime, timedelta
from typing import Any

from yifa.registry.v1 import law_study_pb2 as studies
from yifa.registry.v1 import points_pb2
from yifa.registry.v1 import statistics_pb2 as messages

from tests.registry.school import HOUR, School
from tests.registry.town import CITY


async def test_coverage_counts_officers_with_and_without_a_certificate(school: School) -> None:
    officer, _ = await school.certified()
    body = await school.get_body(CITY, officer.body_id)
    bare = await school.register(body)
    await school.register(body, staff_kind=1)
    await school.known(CITY, bare, "TRAINING")

    found = await coverage(school, body.body_id, lambda c: c.officers == 3)

    assert (found.in_force, found.suspended, found.without) == (1, 0, 2)
    assert (found.body_name, found.node) == (body.name, "huanbao")


async def test_a_suspended_certificate_is_no_cover(school: School) -> None:
    officer, certificate = await school.certified()
    await school.suspend(certificate)

    found = await coverage(school, officer.body_id, lambda c: c.officers == 1)
    assert (found.in_force, found.suspended, found.without) == (0, 1, 0)

    await school.restore(certificate)
    await school.revoke(certificate)
    found = await coverage(school, officer.body_id, lambda c: c.suspended == 0)
    assert (found.in_force, found.without) == (0, 1)


async def test_a_department_reports_on_its_own(school: School) -> None:
    officer, _ = await school.certified()

    found = await coverage(school, officer.body_id, lambda c: c.in_force == 1, "huanbao")

    assert found.officers == 1


async def test_the_pass_rate_is_of_those_who_sat(school: School) -> None:
    body = await school.body()
    for score in (90, 80, 10):
        officer = await school.train(await school.register(body))
        await school.known(CITY, officer, "EXAM_READY")
        await school.examine(officer, score)

    found = await school.all_of(
        CITY,
        "ListExamStatistics",
        messages.ListExamStatisticsRequest(year=school.year, page_size=2),
        "bodies",
    )
    [ours] = [s for s in found if s.body_id == body.body_id]

    assert (ours.passed, ours.failed, ours.absent, ours.pass_permille) == (2, 1, 0, 667)
    assert len({s.body_id for s in found}) == len(found)
    request = messages.ListExamStatisticsRequest(year=school.year - 1, page_size=500)
    before = await school.all_of(CITY, "ListExamStatistics", request, "bodies")
    assert body.body_id not in {s.body_id for s in before}


async def test_renewals_fall_due_six_months_before_expiry(school: School) -> None:
    officer, certificate = await school.certified()
    ends = certificate.expire_time.ToDatetime(tzinfo=UTC)

    early = await due(school, officer.body_id, ends - timedelta(days=190))
    late = await due(school, officer.body_id, ends - timedelta(days=170))

    assert early == []
    [found] = late
    assert (found.certificate_number, found.officer_id) == (
        certificate.certificate_number,
        officer.officer_id,
    )
    assert found.expire_time == certificate.expire_time


async def test_an_ended_certificate_is_not_due(school: School) -> None:
    officer, certificate = await school.certified()
    await school.revoke(certificate)
    ends = certificate.expire_time.ToDatetime(tzinfo=UTC)

    assert await due(school, officer.body_id, ends) == []


async def test_the_first_to_expire_comes_first(school: School) -> None:
    for _ in range(2):
        await school.certified()
    request = messages.ListDueRenewalsRequest(page_size=1, by_time=datetime(2200, 1, 1, tzinfo=UTC))

    found = await school.all_of(CITY, "ListDueRenewals", request, "certificates")

    ends = [(c.expire_time.ToNanoseconds(), c.certificate_number) for c in found]
    assert ends == sorted(ends) and len(set(ends)) == len(ends) >= 2


async def test_points_are_added_up_by_cause(school: School) -> None:
    officer = await school.examinee()
    long_ago = datetime(2001, 6, 1, tzinfo=UTC)
    await school.points_table()
    for n, code in enumerate(("LATE", "LATE", "RUDE")):
        await school.score(officer, code, long_ago + n * HOUR)
    request = points_pb2.GetOfficerPointsRequest(officer_id=officer.officer_id, at_time=long_ago)
    rude = (await school.ask(CITY, "GetOfficerPoints", request)).entries[-1]
    appeal = points_pb2.AppealPointsRequest(entry_id=rude.entry_id, grounds="误认")
    await school.ask(CITY, "AppealPoints", appeal)
    withdraw = points_pb2.DecidePointsAppealRequest(entry_id=rude.entry_id, outcome=5, opinion="误认")
    await school.ask(CITY, "DecidePointsAppeal", withdraw)

    asked = messages.ListPointsStatisticsRequest(at_time=long_ago, page_size=1)
    found = {c.cause_code: c for c in await school.all_of(CITY, "ListPointsStatistics", asked, "causes")}

    assert (found["LATE"].entries, found["LATE"].points, found["LATE"].withdrawn) == (2, 4, 0)
    assert (found["RUDE"].entries, found["RUDE"].points, found["RUDE"].withdrawn) == (1, 0, 1)


async def test_the_report_adds_up_what_happened(school: School) -> None:
    before = await report(school)
    officer, certificate = await school.certified()
    body = await school.get_body(CITY, officer.body_id)
    training = await school.schedule(body, hours=8, half_days=2)
    await school.attend(training, [officer])
    await school.seen(lambda: school.training(CITY, training), lambda reply: reply.attendances)
    await school.study(studies.STUDY_KIND_LECTURE)
    await school.review(certificate)

    after = await school.seen(
        lambda: report(school), lambda r: r.training_hours == before.training_hours + 68
    )

    grown = {
        field.name: getattr(after, field.name) - getattr(before, field.name)
        for field in after.DESCRIPTOR.fields
        if field.message_type is None
    }
    wanted = {
        "bodies": 1, "officers": 1, "suspended": 1, "officers_behind": 1, "training_hours": 68,
        "trainings_held": 1, "exams_passed": 1, "reviews_failed": 1, "law_studies": 1,
    }  # fmt: skip
    quotas = {"quotas_met", "quotas_missed"}
    assert {name: n for name, n in grown.items() if n and name not in quotas} == wanted


async def test_the_report_tells_one_year_from_another(school: School) -> None:
    await school.certified()

    this, other = await report(school), await report(school, 2003)

    assert this.training_hours > 0 and this.exams_passed > 0
    assert (other.training_hours, other.exams_passed, other.law_studies, other.unreviewed) == (0, 0, 0, 0)


async def coverage(school: School, body_id: str, holds: Any, node: str = CITY) -> Any:
    """A body's coverage, once a node knows as much as awaited."""

    async def look() -> list[messages.CertificateCoverage]:
        request = messages.ListCertificateCoverageRequest(page_size=200)
        found = await school.all_of(node, "ListCertificateCoverage", request, "bodies")
        return [c for c in found if c.body_id == body_id and holds(c)]

    return (await school.seen(look))[0]


async def due(school: School, body_id: str, by: datetime) -> list[messages.DueRenewal]:
    request = messages.ListDueRenewalsRequest(body_id=body_id, by_time=by, page_size=10)
    return await school.all_of(CITY, "ListDueRenewals", request, "certificates")


async def report(school: School, year: int = 0) -> messages.RegistryReport:
    request = messages.GetRegistryReportRequest(year=year or school.year)
    return (await school.ask(CITY, "GetRegistryReport", request)).report
