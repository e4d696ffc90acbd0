"""Certificates found void from a past date: every act under them since comes to light."""

from datetime import timedelta

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.registry.v1 import officer_pb2 as officers
from yifa.supervision.v1 import case_view_pb2 as views
from yifa.supervision.v1 import field_act_pb2 as acts
from yifa.supervision.v1 import warning_pb2

from tests.registry.desk import Desk, moment
from tests.registry.town import CITY
from tests.story import Story

INVALID = grpc.StatusCode.INVALID_ARGUMENT
MICRO = timedelta(microseconds=1)
EVIDENCE = enforcement.EvidenceRecorded.DESCRIPTOR.full_name


@pytest.fixture
def desk(town) -> Desk:
    return Desk(town)


async def done_under(desk: Desk, number: str, **more) -> list[acts.FieldAct]:
    request = acts.ListActsUnderCertificateRequest(certificate_number=number, page_size=50, **more)
    reply = await desk.town.call(
        CITY, "supervision", "ListActsUnderCertificate", request, "OVERSIGHT", of=CITY
    )
    return list(reply.acts)


async def warned(desk: Desk, case_id: str) -> list[warning_pb2.Warning]:
    request = views.GetCaseRequest(case_id=case_id)
    reply = await desk.town.call(CITY, "supervision", "GetCase", request, "OVERSIGHT", of=CITY)
    open_ones = [w for w in reply.case.warnings if w.state == warning_pb2.WARNING_STATE_OPEN]
    return [w for w in open_ones if w.rule_id == "EW-09"]


async def acted(town, desk, pieces: int = 2):
    """A case with evidence under two certificates, known to supervision."""
    story = await (await Story(town.city).cast()).investigating()
    for _ in range(pieces):
        await story.evidence()
    [first, second] = story.certificates
    for number in (first, second):
        await town.seen(
            lambda number=number: done_under(desk, number),
            lambda found: sum(a.type == EVIDENCE for a in found) == pieces,
        )
    return story


async def stopped(town, story: Story) -> None:
    """Wait until the department's own replica stops the next act."""

    async def refused() -> bool:
        try:
            await story.evidence()
        except grpc.aio.AioRpcError:
            return True
        return False

    await town.seen(refused)


async def test_all_acts_since_the_date_are_listed_and_raised(town, desk):
    story = await acted(town, desk)
    number = story.certificates[0]
    listed = await done_under(desk, number)
    assert all(a.in_force for a in listed) and await warned(desk, story.case_id) == []
    evidence = [a for a in listed if a.type == EVIDENCE]
    since = moment(evidence[1].act_time)

    await desk.void(await desk.certificate(CITY, number), since)

    late = await town.seen(lambda: done_under(desk, number, only_unlawful=True))
    assert [a.act_time for a in late] == [evidence[1].act_time]
    assert (late[0].case_id, late[0].officer_id) == (story.case_id, story.officers[0])
    assert (late[0].title_zh, late[0].node) == ("收集证据", "huanbao")
    [warning] = await town.seen(lambda: warned(desk, story.case_id))
    assert warning.level == warning_pb2.WARNING_LEVEL_RED
    still = await done_under(desk, number)
    assert [a.in_force for a in still] == [a.act_time != evidence[1].act_time for a in still]
    assert all(a.in_force for a in await done_under(desk, story.certificates[1]))


async def test_void_from_the_beginning_takes_every_act(town, desk):
    story = await acted(town, desk, 1)
    number = story.certificates[0]
    certificate = await desk.certificate(CITY, number)

    await desk.void(certificate, moment(certificate.issue_time) - timedelta(days=1))

    all_of_them = await done_under(desk, number)
    late = await town.seen(lambda: done_under(desk, number, only_unlawful=True))
    assert len(late) == len(all_of_them) > 1
    for at in (certificate.issue_time, late[0].act_time):
        assert not (await town.verify(certificate, at_time=at)).valid
    await stopped(town, story)
    with town.city.refused("TWO_CERTIFIED_OFFICERS", law="APL-2021:42(1)"):
        await story.evidence()


async def test_an_undone_finding_withdraws_the_warnings(town, desk):
    story = await acted(town, desk, 1)
    number = story.certificates[0]
    certificate = await desk.certificate(CITY, number)
    voided = await desk.void(certificate, moment(certificate.issue_time))
    await town.seen(lambda: warned(desk, story.case_id))

    await desk.appeal(voided.measure)
    await desk.conclude(voided.measure, overturned=True)

    await town.seen(lambda: warned(desk, story.case_id), lambda found: found == [])
    assert await done_under(desk, number, only_unlawful=True) == []


async def test_a_certificate_is_not_void_from_the_future_or_after_its_end(town, desk):
    _, certificate = await town.certified()

    with town.refused("MALFORMED", INVALID, field="from_time"):
        await desk.void(certificate, moment(certificate.expire_time) - MICRO)
    ended = (await desk.cancel(certificate)).certificate
    with town.refused("MALFORMED", INVALID, field="from_time"):
        await desk.void(certificate, moment(ended.expire_time))
    with town.refused("MALFORMED", INVALID, field="from_time"):
        await desk.void(certificate, Timestamp(seconds=10**15))


async def test_a_certificate_is_found_void_once(town, desk):
    _, certificate = await town.certified()
    await desk.void(certificate, moment(certificate.issue_time))

    with town.refused("ACT_NOT_OPEN", act="VoidCertificate", state="VOID", open_acts="RecordCardReturn"):
        await desk.void(certificate, moment(certificate.issue_time))


async def test_who_leaves_with_open_cases_has_them_named(town, desk):
    story = await acted(town, desk, 1)
    officer = officers.GetOfficerRequest(officer_id=story.officers[0])
    reply = await town.call("huanbao", "registry", "GetOfficer", officer, "ROSTER_CLERK")

    await desk.leave(reply.officer)

    async def named() -> list[str]:
        entries = await town.journal("huanbao", "enforcement")
        told = [
            e for e in entries if e.type.endswith("OfficerCasesLeft") and e.subject_id == story.officers[0]
        ]
        return [c.case_id for e in told for c in enforcement.OfficerCasesLeft.FromString(e.data).cases]

    assert await town.seen(named) == [story.case_id]
    await stopped(town, story)
    with town.city.refused("TWO_CERTIFIED_OFFICERS"):
        await story.evidence()


async def test_a_certificate_that_nobody_knows_is_not_found(desk, town):
    with town.refused("NOT_FOUND", grpc.StatusCode.NOT_FOUND):
        await done_under(desk, "440700999999999")
