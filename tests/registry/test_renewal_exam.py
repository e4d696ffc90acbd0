"""Where an exam on record is asked for, a certificate is renewed on that and on no score that somebody tells of."""

from datetime import timedelta
from typing import Any

import pytest
from yifa.registry.v1 import exam_pb2 as messages

from services.registry.certificate.model import Certificate
from services.registry.exam.model import Exam, exam_values
from tests.registry.desk import Desk, moment
from tests.registry.exam_room import RENEWAL, announce, begin, enter, fail_renewal, results
from tests.registry.school import School
from tests.registry.town import CITY

ASKED = {"certificate__renewal__exam": 180}


@pytest.fixture
def desk(school: School) -> Desk:
    return Desk(school)


async def expiring(school: School) -> tuple[Any, Any]:
    """An officer whose certificate ends in a hundred days."""
    officer, certificate = await school.certified()

    def work(tx: Any) -> None:
        row = tx.get(Certificate, certificate.certificate_number)
        row.renew_time = tx.now - timedelta(days=1)
        row.expire_time = row.term_time = tx.now + timedelta(days=100)

    await school.city.nodes[CITY].running("registry").do(work)
    return officer, certificate


async def sit(school: School, officer: Any, score: int, kind: int = RENEWAL) -> messages.Exam:
    exam = await announce(school, kind=kind)
    await enter(school, CITY, exam, officer)
    await begin(school, exam)
    await results(school, exam, (officer, score, score))
    return exam


async def held(school: School, exam: messages.Exam, days: int) -> None:
    """As if an exam had been held so many days ago."""

    def work(tx: Any) -> None:
        row = tx.get(Exam, exam.exam_id)
        kept = messages.Exam.FromString(row.record)
        kept.exam_time.FromDatetime(tx.now - timedelta(days=days))
        row.record = exam_values(kept)["record"]

    await school.city.nodes[CITY].running("registry").do(work)


async def test_a_passed_exam_on_record_renews_whatever_score_is_told(school: School, desk: Desk) -> None:
    officer, certificate = await expiring(school)
    before = (await desk.certificate(CITY, certificate.certificate_number)).expire_time
    await sit(school, officer, 60)

    with desk.set(**ASKED):
        renewed = await desk.renew(certificate, score=0)

    assert (moment(renewed.expire_time) - moment(before)).days >= 365 * 5


async def test_a_score_alone_renews_nothing_then(school: School, desk: Desk) -> None:
    _, certificate = await expiring(school)

    with (
        desk.set(**ASKED),
        school.refused(
            "RENEWAL_EXAM_MISSING", law="EX-CERT", certificate_number=certificate.certificate_number
        ),
    ):
        await desk.renew(certificate, score=100)


async def test_a_failed_exam_is_none(school: School, desk: Desk) -> None:
    officer, certificate = await expiring(school)
    await fail_renewal(school, officer)

    with desk.set(**ASKED), school.refused("RENEWAL_EXAM_MISSING"):
        await desk.renew(certificate)


async def test_an_exam_is_good_for_as_long_as_the_layers_say(school: School, desk: Desk) -> None:
    officer, certificate = await expiring(school)
    exam = await sit(school, officer, 90)

    await held(school, exam, 181)
    with desk.set(**ASKED), school.refused("RENEWAL_EXAM_MISSING"):
        await desk.renew(certificate)
    await held(school, exam, 179)

    with desk.set(**ASKED):
        await desk.renew(certificate)


async def test_the_exam_for_the_first_certificate_is_none_for_renewal(school: School, desk: Desk) -> None:
    officer = await school.examinee()
    await sit(school, officer, 90, messages.EXAM_KIND_QUALIFICATION)
    certificate = await school.issue(officer)

    def work(tx: Any) -> None:
        tx.get(Certificate, certificate.certificate_number).renew_time = tx.now - timedelta(days=1)

    await school.city.nodes[CITY].running("registry").do(work)

    with desk.set(**ASKED), school.refused("RENEWAL_EXAM_MISSING"):
        await desk.renew(certificate)


async def test_where_none_is_asked_for_the_score_that_is_told_counts(school: School, desk: Desk) -> None:
    _, certificate = await expiring(school)

    with school.refused("EXAM_NOT_PASSED", law="EX-CERT"):
        await desk.renew(certificate, score=59)

    await desk.renew(certificate, score=60)
