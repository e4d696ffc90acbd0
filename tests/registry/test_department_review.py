"""A whole department is reviewed some certificates at a time: others write in between, and kill -9 does not undo it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import grpc
import pytest_asyncio
from yifa.registry.v1 import annual_review_pb2 as messages
from yifa.registry.v1 import body_pb2 as pb
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import registry_service_pb2_grpc as rpc

from services.given.people import credit_code
from services.kit.dial import channel
from services.kit.time import wall
from services.kit.tx import Tx
from services.registry.certificate.model import Certificate
from tests.database import asked, verified
from tests.registry.school import School
from tests.registry.test_bulk_crash import Department
from tests.registry.town import CITY

MANY = 250
YEAR = (wall() + timedelta(hours=8)).year
ENDED = messages.DEPARTMENT_REVIEW_STATE_ENDED
RUNNING = messages.DEPARTMENT_REVIEW_STATE_RUNNING


@pytest_asyncio.fixture(loop_scope="session")
async def office(tmp_path: Path) -> AsyncIterator[Department]:
    """A city's registry in a process of its own; a department there has many certificates and nobody was trained."""
    office = Department(tmp_path, CITY, "city", "REGISTRAR")
    shared = {
        "officer_name": "示例", "body_id": "B-1", "body_name": "示例机关", "node": "huanbao", "fields": ("生态环境",),
        "area_code": "440700", "issue_time": wall() - timedelta(days=1), "expire_time": wall() + timedelta(days=900),
    }  # fmt: skip
    held = [{"certificate_number": f"4407{n:08d}", "officer_id": f"O-{n}"} for n in range(MANY)]

    def certify(tx: Tx) -> None:
        tx.insert(Certificate, held, **shared)

    await office.do(certify)
    await office.start()
    yield office
    if office.process.returncode is None:
        await office.kill()


async def ask(office: Department, method: str, request: Any) -> Any:
    async with channel(office.target) as there:
        stub = rpc.RegistryServiceStub(there)
        return await getattr(stub, method)(request, metadata=office.metadata, timeout=20)


async def begin(office: Department, request_id: str = "r-1") -> messages.ReviewDepartmentResponse:
    request = messages.ReviewDepartmentRequest(request_id=request_id, node="huanbao", year=YEAR)
    return await ask(office, "ReviewDepartment", request)


async def state(office: Department) -> messages.GetDepartmentReviewResponse:
    return await ask(
        office, "GetDepartmentReview", messages.GetDepartmentReviewRequest(node="huanbao", year=YEAR)
    )


async def ended(office: Department) -> messages.GetDepartmentReviewResponse:
    async with asyncio.timeout(60):
        while (reply := await state(office)).department_review.state != ENDED:
            await asyncio.sleep(0.05)
    return reply


def confirm(n: int) -> pb.ConfirmBodyRequest:
    return pb.ConfirmBodyRequest(
        request_id=f"c-{n}", name=f"机关{n}", unified_social_credit_code=credit_code(n), kind=1, node="huanbao",
        document_prefix=f"示罚{n}", field="生态环境",
    )  # fmt: skip


def journal(office: Department, kind: str) -> list[tuple[int, bytes]]:
    found = office.rows(f"select seq, data from journal where type like '%.{kind}' order by seq")
    return [(seq, data) for seq, data in found]  # type: ignore[misc]


async def test_others_write_while_a_department_is_reviewed(office: Department) -> None:
    reply = await begin(office)
    again = await begin(office, "r-2")

    written = 0
    while (await state(office)).department_review.state == RUNNING:
        written += 1
        await ask(office, "ConfirmBody", confirm(written))

    assert 0 < reply.failed == len(reply.reviews) < MANY and reply.left == MANY - reply.failed
    assert reply.department_review.state == RUNNING
    assert (len(again.reviews), again.department_review.reviewer) == (0, "clerk-1")
    parts = [seq for seq, _ in journal(office, "CertificatesReviewed")]
    confirmed = [seq for seq, _ in journal(office, "BodyConfirmed")]
    between = [1 for a, b in pairwise(parts) if any(a < seq < b for seq in confirmed)]
    assert len(between) >= 2, "no part of it holds up what others write"
    last = (await state(office)).department_review
    assert (last.passed, last.failed) == (0, MANY)
    assert [len(journal(office, f"DepartmentReview{kind}")) for kind in ("Begun", "Ended")] == [1, 1]


async def test_a_killed_review_goes_on_and_reviews_nobody_twice(office: Department) -> None:
    await begin(office)
    async with asyncio.timeout(20):
        while int(str(office.rows("select count(*) from annualreview")[0][0])) < MANY // 3:
            await asyncio.sleep(0.002)

    await office.kill()
    kept = office.rows("select count(*) from annualreview")[0][0]
    await office.start()
    reply = await ended(office)

    assert MANY // 3 <= int(str(kept)) < MANY
    assert (reply.department_review.failed, reply.left) == (MANY, 0)
    reviewed = [
        review.certificate_number
        for _, data in journal(office, "CertificatesReviewed")
        for review in events.CertificatesReviewed.FromString(data).reviews
    ]
    assert len(reviewed) == len(set(reviewed)) == MANY
    assert office.rows("select count(*), count(distinct certificate_number) from suspension") == [
        (MANY, MANY)
    ]
    [(record,)] = asked(office.file, "select record from annualreview limit 1")
    assert messages.AnnualReview.FromString(record).reviewer == "clerk-1"
    await office.kill()
    assert verified(office.file).faults == []


async def test_what_came_since_is_reviewed_when_asked_again(school: School) -> None:
    _, first = await school.certified("chengguan")
    reply = await school.review_department("chengguan")
    assert reply.department_review.state == ENDED and reply.left == 0
    _, second = await school.certified("chengguan")

    again = await school.review_department("chengguan")

    numbers = [review.certificate_number for review in again.reviews]
    assert second.certificate_number in numbers and first.certificate_number not in numbers
    assert again.department_review.version > reply.department_review.version
    assert again.department_review.failed == len(numbers)


async def test_a_review_that_never_began_is_not_found(school: School) -> None:
    request = messages.GetDepartmentReviewRequest(node="nobody", year=school.year)

    with school.refused("NOT_FOUND", grpc.StatusCode.NOT_FOUND):
        await school.ask(CITY, "GetDepartmentReview", request)
