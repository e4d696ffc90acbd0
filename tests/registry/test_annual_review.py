"""The yearly review: a department at once, each failure with its reasons, suspended for retraining and given back."""

from datetime import timedelta
from typing import Any

import grpc
from yifa.registry.v1 import annual_review_pb2 as messages
from yifa.registry.v1 import officer_pb2, training_pb2
from yifa.registry.v1 import quota_pb2 as quotas
from yifa.supervision.v1 import assessment_pb2 as assessments
from yifa.supervision.v1 import events_pb2 as supervision
from yifa.supervision.v1 import officer_assessment_pb2 as assessed

from services.registry.certificate.model import Certificate
from services.registry.quota.model import YearQuota
from tests.registry.school import School
from tests.registry.town import CITY

INVALID = grpc.StatusCode.INVALID_ARGUMENT
MISSING = grpc.StatusCode.NOT_FOUND
PASSED = messages.ANNUAL_REVIEW_STATE_PASSED
FAILED = messages.ANNUAL_REVIEW_STATE_FAILED
COMPETENT = training_pb2.EVALUATION_COMPETENT
RETRAINING = training_pb2.TRAINING_KIND_RETRAINING


async def test_an_officer_who_meets_every_condition_passes(school: School) -> None:
    officer, certificate = await school.certified()
    await work_through_the_year(school, officer)

    review = await school.review(certificate)

    assert (review.state, review.half_days, review.sessions) == (PASSED, 16, 4)
    assert not review.findings
    assert (await school.verify(certificate)).valid
    at_home = await reviewed(school, "huanbao", certificate)
    assert at_home == review
    with school.refused("ACT_NOT_OPEN", act="ReviewCertificate", state="PASSED", open_acts=""):
        await school.review(certificate)


async def test_whoever_fails_is_told_every_reason_and_suspended(school: School) -> None:
    _, certificate = await school.certified()

    review = await school.review(certificate)

    assert review.state == FAILED
    assert {f.reason: f.citation.code for f in review.findings} == {
        "TRAINING_DAYS_MISSING": "EX-ERS;EX-CERT",
        "TRAINING_SESSIONS_MISSING": "EX-ERS;EX-CERT",
        "EVALUATION_MISSING": "EX-CERT",
    }
    assert all(f.says_zh and f.says_en for f in review.findings)
    refused = await school.verify(certificate, CITY, "REGISTRAR")
    assert not refused.valid
    assert refused.certificate.suspensions[0].law == "EX-CERT"
    assert "当年培训天数不足" in refused.certificate.suspensions[0].cause
    await school.seen(lambda: school.verify(certificate, "huanbao"), lambda reply: not reply.valid)


async def test_a_failed_evaluation_fails_the_review(school: School) -> None:
    officer, certificate = await school.certified()
    await work_through_the_year(school, officer, training_pb2.EVALUATION_FAILED)

    review = await school.review(certificate)

    assert [f.reason for f in review.findings] == ["EVALUATION_FAILED"]


async def test_the_lowest_grade_of_the_own_assessment_is_in_the_file_and_fails_the_review(
    school: School,
) -> None:
    officer, certificate = await school.certified()
    await work_through_the_year(school, officer)
    graded = assessed.OfficerAssessment(
        officer_assessment_id=f"OA-{officer.officer_id}", officer_id=officer.officer_id, year=school.year, node="huanbao",
        body_id=officer.body_id, post=assessments.ASSESSED_POST_STAFF, grade=assessments.ASSESSMENT_GRADE_FAILED,
        points=50_00, version=5,
    )  # fmt: skip
    await school.announce(CITY, supervision.OfficerGradeTold(officer_assessment=graded), "huanbao")

    files = [
        await school.seen(lambda node=node: file_of(school, node, officer), lambda told: told.assessments)
        for node in (CITY, "huanbao")
    ]
    review = await school.review(certificate)

    assert [(e.post, e.grade, e.rechecked) for told in files for e in told.assessments] == [
        ("STAFF", "FAILED", False)
    ] * 2
    assert [f.reason for f in review.findings] == ["EVALUATION_FAILED"]


async def test_a_recheck_takes_the_place_of_the_grade_in_the_file(school: School) -> None:
    officer, certificate = await school.certified()
    await work_through_the_year(school, officer)
    told = assessed.OfficerAssessment(
        officer_assessment_id=f"OA-{officer.officer_id}", officer_id=officer.officer_id, year=school.year, node="huanbao",
        grade=assessments.ASSESSMENT_GRADE_PASSED, version=7,
    )  # fmt: skip
    told.recheck.decide_time.GetCurrentTime()
    await school.announce(CITY, supervision.OfficerRecheckDecided(officer_assessment=told), "huanbao")
    told.grade, told.version = assessments.ASSESSMENT_GRADE_FAILED, 5
    told.ClearField("recheck")
    await school.announce(CITY, supervision.OfficerGradeTold(officer_assessment=told), "huanbao")

    kept = await school.seen(lambda: file_of(school, CITY, officer), lambda found: found.assessments)

    assert [(e.grade, e.rechecked) for e in kept.assessments] == [("PASSED", True)]
    assert (await school.review(certificate)).state == PASSED


async def file_of(school: School, node: str, officer: Any) -> Any:
    asked = officer_pb2.GetOfficerRequest(officer_id=officer.officer_id)
    return await school.call(
        node, "registry", "GetOfficer", asked, "ROSTER_CLERK" if node != CITY else "REGISTRAR"
    )


async def test_after_retraining_the_certificate_is_given_back(school: School) -> None:
    officer, certificate = await school.certified()
    body = await school.get_body(CITY, officer.body_id)
    review = await school.review(certificate)
    await held(school, await school.schedule(body, kind=RETRAINING), officer)
    with school.refused("RETRAINING_MISSING", law="EX-CERT", review_id=review.review_id):
        await school.review(certificate)

    await held(school, await school.schedule(body, kind=RETRAINING, start_time=review.review_time), officer)
    again = await school.review(certificate)

    assert again.state == messages.ANNUAL_REVIEW_STATE_RETRAINED
    assert (await school.verify(certificate)).valid


async def test_only_the_suspension_of_the_review_ends_with_it(school: School) -> None:
    officer, certificate = await school.certified()
    body = await school.get_body(CITY, officer.body_id)
    await school.suspend(certificate, cause="转借证件")
    review = await school.review(certificate)
    assert review.suspension_id == "", "it was suspended already"
    await held(school, await school.schedule(body, kind=RETRAINING, start_time=review.review_time), officer)

    await school.review(certificate)

    assert not (await school.verify(certificate)).valid


async def test_a_department_is_reviewed_at_once(school: School) -> None:
    good, passing = await school.certified("chengguan")
    await work_through_the_year(school, good)
    _, failing = await school.certified("chengguan")
    _, revoked = await school.certified("chengguan")
    await school.revoke(revoked)
    waiting = {c.certificate_number for c in await unreviewed(school, "chengguan")}
    assert {passing.certificate_number, failing.certificate_number} <= waiting
    assert revoked.certificate_number not in waiting

    reply = await school.review_department("chengguan")

    states = {r.certificate_number: r.state for r in reply.reviews}
    assert states[passing.certificate_number] == PASSED
    assert states[failing.certificate_number] == FAILED
    assert revoked.certificate_number not in states
    assert (reply.passed + reply.failed, reply.left) == (len(reply.reviews), 0)
    assert await unreviewed(school, "chengguan") == []
    again = await school.review_department("chengguan")
    assert list(again.reviews) == []
    assert (await reviewed(school, "chengguan", failing)).state == FAILED
    request = messages.ListAnnualReviewsRequest(year=school.year, node="chengguan", page_size=1)
    request.state = PASSED
    listed = await school.all_of(CITY, "ListAnnualReviews", request, "reviews")
    assert passing.certificate_number in {r.certificate_number for r in listed}
    assert {(r.state, r.node) for r in listed} == {(PASSED, "chengguan")}


async def test_two_years_failed_in_a_row_are_counted(school: School) -> None:
    _, certificate = await school.certified()
    with school.refused("MALFORMED", INVALID, field="year"):
        await school.review(certificate, school.year - 1)
    await age(school, certificate)

    last = await school.review(certificate, school.year - 1)
    this = await school.review(certificate)

    assert (last.failed_years, this.failed_years) == (1, 2)


async def test_a_certificate_of_the_year_before_not_reviewed_is_flagged(school: School) -> None:
    _, certificate = await school.certified()
    [now] = [c for c in await unreviewed(school, "huanbao") if same(c, certificate)]

    assert not now.overdue
    request = messages.ListUnreviewedRequest(year=school.year - 1, node="huanbao", page_size=500)
    before = await school.all_of(CITY, "ListUnreviewed", request, "certificates")
    assert not [c for c in before if same(c, certificate)], "it was issued after that year"
    await age(school, certificate)
    request.page_token = ""
    before = await school.all_of(CITY, "ListUnreviewed", request, "certificates")
    [late] = [c for c in before if same(c, certificate)]
    assert late.overdue


async def test_a_year_that_ends_before_all_are_reviewed_is_told(school: School) -> None:
    _, certificate = await school.certified()
    key = f"OFF-07/huanbao/{school.year}"
    told = lambda: school.events(CITY, "registry", key)  # noqa: E731
    await school.seen(told, lambda events: "YearQuotaOpened" in events)

    await end_year(school, key)

    await school.seen(told, lambda events: "YearQuotaMissed" in events)
    request = quotas.ListYearQuotasRequest(year=school.year, page_size=500)
    found = await school.pages(CITY, "ListYearQuotas", request)
    [missed] = [q for q in found if (q.clock_id, q.subject_id) == ("OFF-07", "huanbao")]
    assert missed.done < missed.needed
    assert missed.citation.code == "EX-CERT"
    assert certificate.certificate_number in {
        c.certificate_number for c in await unreviewed(school, "huanbao")
    }


async def test_a_year_to_come_is_not_reviewed(school: School) -> None:
    officer, certificate = await school.certified()

    with school.refused("MALFORMED", INVALID, field="year"):
        await school.review(certificate, school.year + 1)
    with school.refused("MALFORMED", INVALID, field="year"):
        await school.evaluate(officer, COMPETENT, school.year + 1)


async def test_an_ended_certificate_is_not_reviewed(school: School) -> None:
    _, certificate = await school.certified()
    await school.revoke(certificate)

    with school.refused("NOT_FOUND", MISSING, kind="Certificate"):
        await school.review(certificate)


async def test_officers_are_evaluated_by_their_own_department(school: School) -> None:
    officer = await school.register(await school.body("chengguan"))

    with school.refused("NOT_FOUND", MISSING, kind="Officer"):
        await school.evaluate(officer, COMPETENT, node="huanbao")


async def age(school: School, certificate: Any) -> None:
    """As if a certificate had been issued more than a year ago."""

    def work(tx: Any) -> None:
        tx.get(Certificate, certificate.certificate_number).issue_time -= timedelta(days=400)

    await school.city.nodes[CITY].running("registry").do(work)


async def end_year(school: School, key: str) -> None:
    """Let the end of a quota's year come."""

    def work(tx: Any) -> None:
        row = tx.get(YearQuota, key)
        row.next_time = row.due_time = tx.now

    await school.city.nodes[CITY].running("registry").do(work)


async def work_through_the_year(school: School, officer: Any, evaluation: int = COMPETENT) -> None:
    """Four trainings of two days each and an evaluation, all known at the city."""
    body = await school.get_body(CITY, officer.body_id)
    for _ in range(4):
        await school.attend(await school.schedule(body, half_days=4), [officer])
    await school.evaluate(officer, evaluation)
    await school.seen(
        lambda: school.officer_quotas(CITY, officer.body_id),
        lambda found: any(q.officer_id == officer.officer_id and q.sessions == 4 for q in found),
    )
    await school.evaluated(officer)


async def held(school: School, training: training_pb2.Training, officer: Any) -> None:
    """An officer attends a training, and the city knows."""
    await school.attend(training, [officer])
    await school.seen(lambda: school.training(CITY, training), lambda reply: reply.attendances)


async def reviewed(school: School, node: str, certificate: Any) -> messages.AnnualReview:
    """A certificate's review of the year, once a node knows it."""
    request = messages.ListAnnualReviewsRequest(year=school.year, page_size=500)

    async def look() -> list[messages.AnnualReview]:
        found = await school.all_of(node, "ListAnnualReviews", request, "reviews")
        return [r for r in found if same(r, certificate)]

    return (await school.seen(look))[0]


async def unreviewed(school: School, node: str) -> list[messages.Unreviewed]:
    request = messages.ListUnreviewedRequest(year=school.year, node=node, page_size=500)
    return await school.all_of(CITY, "ListUnreviewed", request, "certificates")


def same(one: Any, other: Any) -> bool:
    return one.certificate_number == other.certificate_number
