"""Certificates cancelled, revoked after a hearing, reviewed on appeal; every state of a certificate."""

from datetime import timedelta

import pytest
from yifa.registry.v1 import certificate_pb2
from yifa.registry.v1 import measure_pb2 as measures

from services.law.procedures.certificate import CERTIFICATE, CERTIFICATE_TABLE
from tests.registry.desk import Desk, moment
from tests.registry.town import CITY

DAY = timedelta(days=1)
states = certificate_pb2.CertificateState


def named(certificate) -> str:
    return states.Name(certificate.state).removeprefix("CERTIFICATE_STATE_")


@pytest.fixture
def desk(town) -> Desk:
    return Desk(town)


async def test_a_cancelled_certificate_ends_now_with_a_remedy_and_its_card_comes_back(town, desk):
    officer, certificate = await town.certified()

    reply = await desk.cancel(certificate, certificate_pb2.CANCEL_CAUSE_POST, note="调任综合岗位")

    assert named(reply.certificate) == "CANCELLED"
    measure = reply.measure
    assert (measure.law, measure.cause) == ("EX-CERT", "离开执法岗位或者不再在编：调任综合岗位")
    assert (moment(measure.remedy_due_time) - moment(measure.decide_time)).days in range(30, 41)
    assert "申请复核" in measure.remedy_zh and "review" in measure.remedy_en
    await desk.told("huanbao", certificate, "CANCELLED")
    assert await town.seen(lambda: desk.measures("huanbao", certificate)) == [measure]
    returned = await desk.card_back(certificate)
    assert returned.HasField("return_time")
    with town.refused("CARD_ALREADY_RETURNED", law="EX-CERT"):
        await desk.card_back(certificate)
    await town.known("huanbao", officer, "EXAM_PASSED")
    again = await town.issue(officer)
    assert again.certificate_number != certificate.certificate_number


@pytest.mark.parametrize(
    "hearing",
    [
        measures.Hearing(),
        measures.Hearing(statement="没有告知", waived=True),
        "heard before it was told",
        "heard but silent",
    ],
)
async def test_nobody_loses_a_certificate_unheard(town, hearing):
    _, certificate = await town.certified()
    if isinstance(hearing, str):
        issued = moment(certificate.issue_time)
        early = issued - DAY if "before" in hearing else issued
        hearing = measures.Hearing(
            notice_time=issued, hear_time=early, statement="" if "silent" in hearing else "有话要说"
        )

    with town.refused("OFFICER_NOT_HEARD", law="GBF-2005-37"):
        await town.revoke(certificate, hearing=hearing)

    assert (await town.verify(certificate)).valid


async def test_who_waives_the_hearing_was_heard(town, desk):
    _, certificate = await town.certified()
    told = certificate.issue_time

    revoked = await town.revoke(
        certificate,
        hearing=measures.Hearing(notice_time=told, hear_time=told, waived=True),
    )

    assert named(revoked) == "REVOKED"
    [measure] = await desk.measures(CITY, certificate)
    assert (measure.kind, measure.appeal) == (
        certificate_pb2.MEASURE_KIND_REVOCATION,
        certificate_pb2.APPEAL_STATE_NONE,
    )


async def test_an_appeal_that_succeeds_undoes_a_revocation_from_its_beginning(town, desk):
    _, certificate = await town.certified()
    revoked = await town.revoke(certificate)
    [measure] = await desk.measures(CITY, certificate)

    await desk.appeal(measure)
    with town.refused("ACT_NOT_OPEN", act="AppealMeasure", state="OPEN", open_acts="ConcludeAppeal"):
        await desk.appeal(measure)
    reply = await desk.conclude(measure, overturned=True)

    assert reply.measure.appeal == certificate_pb2.APPEAL_STATE_OVERTURNED
    assert named(reply.certificate) == "ACTIVE"
    assert moment(reply.certificate.expire_time) == moment(certificate.expire_time)
    await desk.told("huanbao", certificate, "ACTIVE")
    assert (await town.verify(certificate, "huanbao", at_time=revoked.expire_time)).valid


async def test_an_appeal_that_fails_leaves_the_measure(town, desk):
    _, certificate = await town.certified()
    await town.suspend(certificate)
    [measure] = await desk.measures(CITY, certificate)
    await desk.appeal(measure)

    reply = await desk.conclude(measure, overturned=False)

    assert named(reply.certificate) == "SUSPENDED"
    with town.refused("ACT_NOT_OPEN", act="ConcludeAppeal", state="UPHELD"):
        await desk.conclude(measure, overturned=True)


async def test_who_decided_a_measure_does_not_review_it(town, desk):
    """Whoever is registrar and oversight in one person."""
    _, certificate = await town.certified()
    await town.suspend(certificate)
    [measure] = await desk.measures(CITY, certificate)
    await desk.appeal(measure)

    with town.refused("SOD_VIOLATION"):
        await desk.conclude(measure, overturned=False, subject=measure.decider)
    reply = await desk.conclude(measure, overturned=False)

    assert measure.decider and named(reply.certificate) == "SUSPENDED"


async def test_an_undone_suspension_never_was(town, desk):
    _, certificate = await town.certified()
    await town.suspend(certificate)
    [measure] = await desk.measures(CITY, certificate)
    await desk.appeal(measure)

    await desk.conclude(measure, overturned=True)

    assert (await town.verify(certificate, at_time=measure.from_time)).valid


async def test_an_appeal_comes_within_thirty_days(town, desk):
    _, certificate = await town.certified()
    await town.suspend(certificate)
    [measure] = await desk.measures(CITY, certificate)

    with (
        desk.clock(moment(measure.remedy_due_time) + timedelta(seconds=1)),
        town.refused("APPEAL_LATE", law="EX-CERT"),
    ):
        await desk.appeal(measure)


async def test_the_earliest_end_holds_and_comes_back_when_an_earlier_one_is_undone(town, desk):
    _, certificate = await town.certified()
    cancelled = (await desk.cancel(certificate)).certificate
    void = await desk.void(certificate, moment(certificate.issue_time))
    assert named(void.certificate) == "VOID"

    await desk.appeal(void.measure)
    reply = await desk.conclude(void.measure, overturned=True)

    assert named(reply.certificate) == "CANCELLED"
    assert moment(reply.certificate.expire_time) == moment(cancelled.expire_time)


async def test_every_state_refuses_what_is_not_in_the_table_and_says_what_is_open(town, desk):
    """Each state is reached over the public calls; each act not open from it is refused with the acts that are."""

    async def expiring(certificate):
        return desk.clock(moment(certificate.renew_time))

    async def expired(certificate):
        return desk.clock(moment(certificate.expire_time))

    reach = {
        "ACTIVE": lambda c: None,
        "SUSPENDED": town.suspend,
        "REVOKED": town.revoke,
        "CANCELLED": desk.cancel,
        "LOST": desk.report_loss,
        "VOID": lambda c: desk.void(c, moment(c.issue_time)),
        "EXPIRING": expiring,
        "EXPIRED": expired,
    }
    acts = {
        "SUSPEND_CERTIFICATE": town.suspend,
        "RESTORE_CERTIFICATE": town.restore,
        "RENEW_CERTIFICATE": desk.renew,
        "REISSUE_CERTIFICATE": desk.reissue,
        "REVOKE_CERTIFICATE": town.revoke,
        "CANCEL_CERTIFICATE": desk.cancel,
        "VOID_CERTIFICATE": lambda c: desk.void(c, moment(c.issue_time)),
        "RECORD_CARD_RETURN": desk.card_back,
    }
    assert set(reach) == set(CERTIFICATE_TABLE.states)

    for state, way in reach.items():
        _, certificate = await town.certified()
        done = way(certificate)
        clock = await done if done is not None else None
        if state == "LOST":
            await desk.told(CITY, certificate, "LOST")
        leap = clock if state in ("EXPIRING", "EXPIRED") else desk.clock(moment(certificate.issue_time) + DAY)
        with leap:
            assert named(await desk.certificate(CITY, certificate.certificate_number)) == state
            here = CERTIFICATE_TABLE.open(state)
            opened = ",".join(dict.fromkeys(m.method for m in here))
            for act in set(acts) - {m.act for m in here}:
                method = CERTIFICATE.named(act).method
                with town.refused("ACT_NOT_OPEN", act=method, state=state, open_acts=opened):
                    await acts[act](certificate)
