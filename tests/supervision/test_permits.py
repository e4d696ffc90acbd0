"""Permits at the city: what is overdue is an early warning (EW-02) and in lists; anybody reads the guides and their keeping."""

from datetime import datetime
from typing import Any

import grpc
import pytest
from yifa.enforcement.v1 import permit_guide_pb2 as guides
from yifa.enforcement.v1 import permit_pb2 as permits
from yifa.law.v1 import law_pb2 as law
from yifa.supervision.v1 import permit_pb2 as pb
from yifa.supervision.v1 import warning_pb2

from services.given.permit import ADDRESS, applicant, terms
from services.law.moment import put_moment
from tests.supervision.office import ENVIRONMENT, MARKET, OPEN, SETTLED, WITHDRAWN, Office, at

ORANGE, YELLOW = warning_pb2.WARNING_LEVEL_ORANGE, warning_pb2.WARNING_LEVEL_YELLOW
RECEIVED, DUE = at("2026-03-02 09:00"), at("2026-03-30 23:59")
GUIDE = "PG-city-1"


def permit(key: str, **more: Any) -> permits.Permit:
    """An application of which a department tells."""
    made = permits.Permit(
        permit_id=f"PM-city-{key}", node=ENVIRONMENT, body_id="B-1", body_name="示例生态环境局", guide_id=GUIDE,
        terms=terms(), number=f"示环许受〔2026〕{key}号", applicant=applicant("", f"许可城市{key}公司"),
        state=permits.PERMIT_STATE_ACCEPTED, promise=permits.PermitPromise(days=10), **more,
    )  # fmt: skip
    put_moment(made.receive_time, RECEIVED)
    return made


def term(record: permits.Permit, clock_id: str, state: int, stop: datetime | None = None) -> None:
    """How a term of an application stands."""
    del record.deadlines[:]
    shown = record.deadlines.add(clock_id=clock_id, state=state)  # type: ignore[arg-type]
    put_moment(shown.due_time, DUE)
    if stop is not None:
        put_moment(shown.stop_time, stop)


async def test_a_term_that_passed_is_a_warning_until_it_is_done(office: Office) -> None:
    record = permit("1")
    await office.tell_beside(record, "PermitApplicationAccepted", RECEIVED)
    assert await office.found("EW-02") == []
    office.clock("2026-04-01 09:00")
    term(record, "LIC-02", law.CLOCK_STATE_EXPIRED)
    await office.tell_beside(record, "PermitDeadlinePassed", DUE)

    [raised] = await office.warnings(rule_id="EW-02")

    assert (raised.level, raised.state, raised.citation.code) == (ORANGE, OPEN, "ALIC-2019:42(1)")
    assert raised.case_number == record.number and "许可城市1公司" in raised.detail_zh
    late = await office.call("ListPermits", pb.ListPermitsRequest(only_late=True))
    assert [p.permit_id for p in late.permits] == [record.permit_id] and late.total == 1
    for query in (record.number, "许可城市1", "排污许可"):
        found = await office.call("ListPermits", pb.ListPermitsRequest(query=query))
        assert [p.permit_id for p in found.permits] == [record.permit_id], query
    assert (await office.call("ListPermits", pb.ListPermitsRequest(query="许可城市9"))).total == 0
    seen = await office.call("GetPermit", pb.GetPermitRequest(permit_id=record.permit_id))
    assert [w.warning_id for w in seen.warnings] == [raised.warning_id]
    assert [e.type.rpartition(".")[2] for e in seen.timeline] == [
        "PermitDeadlinePassed",
        "PermitApplicationAccepted",
    ]

    record.state = permits.PERMIT_STATE_GRANTED
    term(record, "LIC-02", law.CLOCK_STATE_MET, at("2026-04-02 10:00"))
    await office.tell_beside(record, "PermitGranted", "2026-04-02 10:00")

    assert await office.found("EW-02") == [(ORANGE, SETTLED)]
    assert (await office.call("ListPermits", pb.ListPermitsRequest(only_late=True))).total == 1, "it was late"


async def test_a_term_that_was_extended_in_time_takes_the_warning_back(office: Office) -> None:
    record = permit("2")
    term(record, "LIC-02", law.CLOCK_STATE_EXPIRED)
    await office.tell_beside(record, "PermitDeadlinePassed", DUE)
    term(record, "LIC-02", law.CLOCK_STATE_RUNNING)
    await office.tell_beside(record, "PermitTermExtended", "2026-03-31 10:00")

    assert await office.found("EW-02") == [(ORANGE, WITHDRAWN)]


async def test_what_the_applicant_lets_pass_warns_nobody(office: Office) -> None:
    record = permit("3")
    term(record, "LIC-06", law.CLOCK_STATE_EXPIRED)

    await office.tell_beside(record, "PermitDeadlinePassed", DUE)

    assert await office.found("EW-02") == []


async def test_a_broken_promise_is_a_warning_until_it_is_compensated(office: Office) -> None:
    record = permit("4")
    put_moment(record.promise.break_time, at("2026-03-16 23:59"))
    await office.tell_beside(record, "PermitPromiseMissed", "2026-03-16 23:59")
    assert await office.found("EW-02") == [(YELLOW, OPEN)]

    put_moment(record.promise.compensate_time, at("2026-03-18 10:00"))
    await office.tell_beside(record, "PermitApplicantCompensated", "2026-03-18 10:00")

    assert await office.found("EW-02") == [(YELLOW, SETTLED)]


async def test_anybody_reads_the_published_guides_and_how_their_promises_were_kept(office: Office) -> None:
    guide = guides.PermitGuide(
        guide_id=GUIDE, node=ENVIRONMENT, body_id="B-1", body_name="示例生态环境局", terms=terms(), drafter="unit-1",
        state=guides.PERMIT_GUIDE_STATE_DRAFTED, publish_address=ADDRESS,
    )  # fmt: skip
    await office.tell_beside(guide, "PermitGuideDrafted", RECEIVED)
    asked = pb.ListPublishedPermitGuidesRequest()
    assert (await office.open_call("ListPublishedPermitGuides", asked)).total == 0
    guide.state = guides.PERMIT_GUIDE_STATE_PUBLISHED
    put_moment(guide.publish_time, RECEIVED)
    await office.tell_beside(guide, "PermitGuidePublished", RECEIVED)
    in_time, late = permit("5"), permit("6")
    put_moment(in_time.decision.decide_time, at("2026-03-10 10:00"))
    await office.tell_beside(in_time, "PermitGranted", "2026-03-10 10:00")
    put_moment(late.promise.break_time, at("2026-03-16 23:59"))
    await office.tell_beside(late, "PermitPromiseMissed", "2026-03-16 23:59")

    [shown] = (await office.open_call("ListPublishedPermitGuides", asked)).guides

    kept = shown.keeping
    assert (kept.received, kept.decided, kept.broken, kept.compensated) == (2, 1, 1, 0)
    assert [s.unit for s in shown.terms.steps] == ["综合窗口", "审批科", "分管负责人"]
    with pytest.raises(grpc.aio.AioRpcError):
        await office.open_call("ListPermits", pb.ListPermitsRequest())


async def test_a_department_speaks_of_its_own_permits_only(office: Office) -> None:
    record = permit("7")
    await office.tell_beside(record, "PermitApplicationReceived", RECEIVED)
    other = permit("7")
    other.node = MARKET
    other.version = record.version
    term(other, "LIC-02", law.CLOCK_STATE_EXPIRED)

    await office.tell_beside(other, "PermitDeadlinePassed", DUE)

    assert await office.found("EW-02") == []


async def test_a_breach_of_a_law_that_is_not_known_here_is_warned_of_all_the_same(office: Office) -> None:
    record = permit("unknown-law")
    breach = record.breaches.add(
        act="IssuePermit", reason="OWN_RULE", law="示例", text_zh="违反", text_en="Broken."
    )
    put_moment(breach.act_time, RECEIVED)

    await office.tell_beside(record, "PermitIssued", RECEIVED)

    [raised] = await office.warnings(rule_id="EW-91")
    assert (raised.state, raised.citation.code) == (OPEN, "ALIC-2019:60;ALIC-2019:72")
