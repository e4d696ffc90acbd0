"""Promises of service: published, their keeping reported, what was not kept compensated; a complaint says which was broken."""

from typing import Any

import grpc
import pytest
from yifa.supervision.v1 import complaint_pb2 as complaints
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import service_promise_pb2 as pb

from services.kit.access import mint
from tests.supervision.office import CITY, ENVIRONMENT, OPEN, SETTLED, URBAN, Office, at
from tests.supervision.orders import BODY, HEAD, desk

PROMISE = {
    "body_id": BODY, "title": "咨询答复", "content": "书面咨询逐件书面答复", "days": 5,
    "compensation": "书面致歉并上门说明", "contact": "0000-0000000", "address": "政务大厅公示栏",
}  # fmt: skip
MARCH = {"from_time": at("2026-03-02 09:00"), "until_time": at("2026-04-01 00:00"), "kept": 9}
BROKEN = {"number": "咨2026-7", "reasons": "经办人出差，未交接"}
UNIT, OTHER = (HEAD, "AGENCY_HEAD", ENVIRONMENT), ("U-1", "AGENCY_HEAD", URBAN)


class Promises:
    """One promise, as the body acts on it."""

    def __init__(self, office: Office) -> None:
        self.office, self.id, self.serial = office, "", 0

    async def say(self, who: tuple[str, str, str], name: str, call: Any, **fields: Any) -> Any:
        self.serial += 1
        kind = getattr(pb, f"{name}Request")
        given = {"request_id": f"R-promise-{self.serial}", "promise_id": self.id, **fields}
        request = kind(**{key: v for key, v in given.items() if key in kind.DESCRIPTOR.fields_by_name})
        key = (self.office.folder / "token.key").read_bytes()
        before = self.office.metadata
        self.office.metadata = (("authorization", f"Bearer {mint(key, who[0], who[2], (who[1],))}"),)
        try:
            return await call(name, request)
        finally:
            self.office.metadata = before

    async def act(self, name: str, **fields: Any) -> pb.ServicePromise:
        promise = (await self.say(UNIT, name, self.office.call, **fields)).service_promise
        self.id = promise.promise_id
        return promise  # type: ignore[no-any-return]

    async def refused(self, name: str, who: tuple[str, str, str] = UNIT, **fields: Any) -> str:
        return str((await self.say(who, name, self.office.refused, **fields))[1])

    async def open(self) -> list[pb.PublicServicePromise]:
        anybody = ("anybody", "PUBLIC", CITY)
        return list((await self.say(anybody, "ListPublicServicePromises", self.office.call)).promises)


async def promised(office: Office) -> Promises:
    await desk(office)
    its = Promises(office)
    office.clock("2026-03-02 09:00")
    await its.act("PublishServicePromise", **PROMISE)
    return its


async def test_what_is_promised_is_public_with_how_it_was_kept_and_compensated(office: Office) -> None:
    its = await promised(office)
    [shown] = await its.open()
    assert (shown.title, shown.days, shown.kept, shown.HasField("until_time")) == ("咨询答复", 5, 0, False)
    office.clock("2026-04-02 09:00")

    await its.act("ReportServicePromise", **MARCH, broken=[BROKEN])
    given = await its.act("CompensateServicePromise", number="咨2026-7", compensation="书面致歉")

    assert given.reports[0].broken[0].compensator == HEAD
    assert office.addressees(events.ServicePromiseMadeGood) == {ENVIRONMENT}
    [shown] = await its.open()
    assert (shown.kept, shown.broken, shown.compensated) == (9, 1, 1)
    assert HEAD not in str(shown) and "咨2026-7" not in str(shown), "nobody and no matter is named"
    await its.act("WithdrawServicePromise", reasons="职责划出")
    assert await its.open() == []
    assert await its.refused("ReportServicePromise", **MARCH) == "ACT_NOT_OPEN"


@pytest.mark.parametrize(
    ("name", "wrong", "reason"),
    [
        *(
            ("PublishServicePromise", PROMISE | {"title": "办事指引"} | wrong, "SERVICE_PROMISE_INCOMPLETE")
            for wrong in (
                {"title": " "}, {"content": ""}, {"days": 0}, {"compensation": " "}, {"contact": ""}, {"address": ""},
            )
        ),
        ("PublishServicePromise", PROMISE | {"body_id": "B-none"}, "UNIT_UNKNOWN"),
        ("PublishServicePromise", PROMISE, "PROMISED_ALREADY"),
        *(
            ("ReportServicePromise", MARCH | wrong, "KEEPING_NOT_TOLD")
            for wrong in (
                {"until_time": None},
                {"from_time": at("2026-03-02 08:00")},
                {"from_time": at("2026-03-20 00:00")},  # of the days before nobody would ever tell
                {"until_time": at("2026-04-03 00:00")},
                {"until_time": at("2026-03-01 00:00")},
                {"kept": 0},
                {"broken": [{"number": " ", "reasons": "出差"}]},
                {"broken": [{"number": "咨2026-7", "reasons": ""}]},
                {"broken": [BROKEN, BROKEN]},
            )
        ),
        ("CompensateServicePromise", {"number": "咨2026-8", "compensation": "致歉"}, "NOTHING_OWED"),
        ("WithdrawServicePromise", {"reasons": " "}, "REASONS_MISSING"),
    ],
)  # fmt: skip
async def test_what_is_not_told_is_refused(office: Office, name: str, wrong: Any, reason: str) -> None:
    its = await promised(office)
    office.clock("2026-04-02 09:00")

    assert await its.refused(name, **wrong) == reason


async def test_each_time_is_reported_once_and_each_matter_compensated_once(office: Office) -> None:
    its = await promised(office)
    office.clock("2026-05-02 09:00")
    assert await its.refused("ReportServicePromise", OTHER, **MARCH) == "NOT_THE_UNIT"
    await its.act("ReportServicePromise", **MARCH, broken=[BROKEN])
    april = {"from_time": at("2026-04-01 00:00"), "until_time": at("2026-05-01 00:00")}

    assert await its.refused("ReportServicePromise", **MARCH) == "KEEPING_NOT_TOLD"
    assert await its.refused("ReportServicePromise", **april, broken=[BROKEN]) == "KEEPING_NOT_TOLD"
    assert await its.refused("CompensateServicePromise", number="咨2026-7") == "COMPENSATION_NOT_TOLD"
    await its.act("CompensateServicePromise", number="咨2026-7", compensation="书面致歉")
    twice = {"number": "咨2026-7", "compensation": "再次致歉"}
    assert await its.refused("CompensateServicePromise", **twice) == "NOTHING_OWED"
    await its.act("ReportServicePromise", **april, kept=3)
    assert [(p.kept, p.broken) for p in await its.open()] == [(12, 1)]


async def test_who_does_not_report_or_owes_is_told_and_warned_of_until_they_do(office: Office) -> None:
    """SVP-01 begins anew with each report; SVP-02 goes by the matter that is owed first."""
    its = await promised(office)
    office.clock("2026-06-03 09:00")
    await office.ticked()
    assert [(r.deadline.clock_id, r.passed) for r in office.emitted(events.ServicePromiseReminded)][-1] == (
        "SVP-01", True,
    )  # fmt: skip
    assert [state for _, state in await office.found("EW-02")] == [OPEN]

    await its.act("ReportServicePromise", **MARCH, broken=[BROKEN])
    assert [state for _, state in await office.found("EW-02")] == [SETTLED]
    assert office.addressees(events.ServicePromiseBroken) == {ENVIRONMENT}
    office.clock("2026-06-10 09:00")
    april = {"from_time": at("2026-04-01 00:00"), "until_time": at("2026-05-01 00:00")}
    later = await its.act("ReportServicePromise", **april, broken=[BROKEN | {"number": "咨2026-8"}])
    dues = {d.clock_id: d.due_time for d in later.deadlines}
    first, second = (each.due_time for report in later.reports for each in report.broken)
    assert dues["SVP-02"] == first and first.ToDatetime() < second.ToDatetime() < dues["SVP-01"].ToDatetime()
    left = await its.act("CompensateServicePromise", number="咨2026-7", compensation="书面致歉")
    assert {d.clock_id: d.due_time for d in left.deadlines}["SVP-02"] == second

    office.clock("2026-07-10 09:00")
    await office.ticked()
    assert [state for _, state in await office.found("EW-02")].count(OPEN) == 1
    await its.act("CompensateServicePromise", number="咨2026-8", compensation="书面致歉")
    assert OPEN not in [state for _, state in await office.found("EW-02")]


async def test_a_complaint_says_which_promise_was_broken(office: Office) -> None:
    its = await promised(office)
    about = {"body_id": BODY, "body_name": "示例市生态环境局", "act": "未兑现服务承诺"}

    async def file(number: int, **more: Any) -> Any:
        request = complaints.FileComplaintRequest(
            request_id=f"R-broken-{number}",
            source=complaints.COMPLAINT_SOURCE_PUBLIC,
            about=about | more,
            text="十个工作日仍未答复",
        )
        return await office.stub.FileComplaint(request, metadata=office.anybody, timeout=10)

    await file(1, promise_id=its.id)
    [told] = office.emitted(events.ComplaintReceived)
    assert told.complaint.about.promise_id == its.id
    for number, wrong, code in (
        (2, {"promise_id": "SV-none"}, grpc.StatusCode.NOT_FOUND),
        (3, {"promise_id": its.id, "body_id": ""}, grpc.StatusCode.INVALID_ARGUMENT),
    ):
        with pytest.raises(grpc.aio.AioRpcError) as no:
            await file(number, **wrong)
        assert no.value.code() is code
