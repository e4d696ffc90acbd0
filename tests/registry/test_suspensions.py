"""Suspending, restoring and revoking a certificate, and how it stands before and after."""

from datetime import UTC, datetime, timedelta

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from yifa.registry.v1 import certificate_pb2

from tests.registry.town import CITY

INVALID = grpc.StatusCode.INVALID_ARGUMENT
SECOND = timedelta(seconds=1)


async def test_a_suspension_holds_from_its_moment_until_the_restoration(town):
    _, certificate = await town.certified()

    suspended = await town.suspend(certificate)

    assert suspended.state == certificate_pb2.CERTIFICATE_STATE_SUSPENDED
    begun = suspended.suspensions[0].from_time.ToDatetime(tzinfo=UTC)
    refused = await town.verify(certificate)
    assert (refused.valid, refused.why_not_zh) == (False, "该证件处于暂扣期间")
    assert (await town.verify(certificate, at_time=begun - timedelta(microseconds=1))).valid
    assert not (await town.verify(certificate, at_time=begun)).valid
    restored = await town.restore(certificate)
    ended = restored.suspensions[0].until_time.ToDatetime(tzinfo=UTC)
    assert (await town.verify(certificate, at_time=ended)).valid
    assert not (await town.verify(certificate, at_time=ended - timedelta(microseconds=1))).valid


async def test_a_suspension_reaches_the_department(town):
    _, certificate = await town.certified()
    await town.suspend(certificate)

    ask = lambda: town.verify(certificate, "huanbao")  # noqa: E731
    await town.seen(ask, lambda reply: not reply.valid)
    await town.restore(certificate)
    await town.seen(ask, lambda reply: reply.valid)


async def test_a_suspension_may_lie_in_the_past(town):
    _, certificate = await town.certified()
    issued = certificate.issue_time.ToDatetime(tzinfo=UTC)

    await town.suspend(certificate, from_time=Timestamp(seconds=1))

    assert not (await town.verify(certificate, at_time=issued)).valid


async def test_a_suspension_to_come_leaves_today_alone(town):
    _, certificate = await town.certified()
    begins = in_a_month(certificate)

    planned = await town.suspend(certificate, from_time=begins)

    assert planned.state == certificate_pb2.CERTIFICATE_STATE_ACTIVE
    assert (await town.verify(certificate)).valid
    assert (await town.verify(certificate, at_time=begins - SECOND)).valid
    assert not (await town.verify(certificate, at_time=begins)).valid


async def test_a_planned_suspension_can_be_called_off(town):
    _, certificate = await town.certified()
    begins = in_a_month(certificate)
    await town.suspend(certificate, from_time=begins)

    await town.restore(certificate)

    assert (await town.verify(certificate, at_time=begins)).valid
    assert (await town.verify(certificate, at_time=begins + SECOND)).valid


async def test_a_planned_suspension_does_not_stop_one_at_once(town):
    _, certificate = await town.certified()
    begins = in_a_month(certificate)
    await town.suspend(certificate, from_time=begins)
    await town.suspend(certificate)

    assert not (await town.verify(certificate)).valid
    restored = await town.restore(certificate)
    assert len(restored.suspensions) == 2
    assert (await town.verify(certificate, at_time=begins + SECOND)).valid


async def test_a_suspended_certificate_is_not_suspended_again(town):
    _, certificate = await town.certified()
    await town.suspend(certificate)

    with town.refused(
        "ACT_NOT_OPEN",
        act="SuspendCertificate",
        state="SUSPENDED",
        open_acts="RestoreCertificate,ReportLoss,RevokeCertificate,CancelCertificate,VoidCertificate",
    ):
        await town.suspend(certificate)


async def test_a_certificate_that_is_not_suspended_is_not_restored(town):
    _, certificate = await town.certified()

    with town.refused("ACT_NOT_OPEN", act="RestoreCertificate", state="ACTIVE", law="EX-CERT"):
        await town.restore(certificate)


@pytest.mark.parametrize("suspended", [False, True])
async def test_a_revoked_certificate_is_never_in_force_again(town, suspended):
    _, certificate = await town.certified()
    if suspended:
        await town.suspend(certificate)

    revoked = await town.revoke(certificate)

    assert revoked.state == certificate_pb2.CERTIFICATE_STATE_REVOKED
    for node in (CITY, "huanbao"):
        asked = await town.seen(
            lambda node=node: town.verify(certificate, node), lambda reply: "revoked" in reply.why_not_en
        )
        assert (asked.valid, asked.why_not_zh) == (False, "该证件已被吊销")
        assert asked.certificate.state == certificate_pb2.CERTIFICATE_STATE_REVOKED
    issued = certificate.issue_time.ToDatetime(tzinfo=UTC)
    assert (await town.verify(certificate, "huanbao", at_time=issued)).valid
    for act in (town.revoke, town.suspend, town.restore):
        with town.refused("ACT_NOT_OPEN", state="REVOKED", open_acts="VoidCertificate,RecordCardReturn"):
            await act(certificate)


async def test_a_suspension_after_the_end_of_validity_is_refused(town):
    _, certificate = await town.certified()

    with town.refused("MALFORMED", INVALID, field="from_time"):
        await town.suspend(certificate, from_time=certificate.expire_time)


@pytest.mark.parametrize("law", ["ASR-2025:99", "no law", "行政执法监督条例"])
async def test_a_suspension_rests_on_a_known_article(town, law):
    _, certificate = await town.certified()

    with town.refused("MALFORMED", INVALID, field="law"):
        await town.suspend(certificate, law=law)


async def test_a_moment_beyond_the_calendar_is_refused(town):
    _, certificate = await town.certified()

    with town.refused("MALFORMED", INVALID, field="from_time"):
        await town.suspend(certificate, from_time=Timestamp(seconds=10**15))
    with town.refused("MALFORMED", INVALID, field="at_time"):
        await town.verify(certificate, at_time=Timestamp(seconds=-(10**15)))


async def test_the_public_learns_of_a_suspension_but_not_its_cause(town):
    _, certificate = await town.certified()
    await town.suspend(certificate)

    assert (await town.verify(certificate)).certificate.suspensions[0].cause == ""
    known = await town.verify(certificate, CITY, "REGISTRAR")
    assert known.certificate.suspensions[0].cause == "年度审验不合格"


async def test_certificates_are_listed_by_how_they_stand(town):
    states = certificate_pb2.CertificateState
    _, active = await town.certified()
    _, suspended = await town.certified()
    _, planned = await town.certified()
    _, restored = await town.certified()
    _, revoked = await town.certified()
    await town.revoke(revoked)
    await town.suspend(suspended)
    await town.suspend(planned, from_time=in_a_month(planned))
    await town.suspend(restored)
    await town.restore(restored)

    listed = {}
    for state in ("ACTIVE", "SUSPENDED", "EXPIRED", "REVOKED", "UNSPECIFIED"):
        request = certificate_pb2.ListCertificatesRequest(
            page_size=2, state=states.Value(f"CERTIFICATE_STATE_{state}")
        )
        found = await town.pages(CITY, "ListCertificates", request)
        listed[state] = {c.certificate_number: c for c in found}

    numbers = [c.certificate_number for c in (active, suspended, planned, restored, revoked)]
    assert [n in listed["ACTIVE"] for n in numbers] == [True, False, True, True, False]
    assert [n in listed["SUSPENDED"] for n in numbers] == [False, True, False, False, False]
    assert [n in listed["REVOKED"] for n in numbers] == [False, False, False, False, True]
    assert not listed["EXPIRED"].keys() & set(numbers)
    assert set(numbers) <= set(listed["UNSPECIFIED"])
    for state in ("ACTIVE", "SUSPENDED", "REVOKED"):
        assert {states.Name(c.state) for c in listed[state].values()} == {f"CERTIFICATE_STATE_{state}"}


def in_a_month(certificate) -> datetime:
    """By the city's clock, which may be simulated."""
    return certificate.issue_time.ToDatetime(tzinfo=UTC) + timedelta(days=30)
