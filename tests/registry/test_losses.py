"""Lost certificates: void from the loss, made public, issued anew under another number."""

from datetime import timedelta

import grpc
import pytest
from yifa.registry.v1 import certificate_pb2, loss_pb2
from yifa.registry.v1 import events_pb2 as events

from services.registry.deadline.firing import fire_due
from tests.registry.desk import Desk, moment
from tests.registry.town import CITY

INVALID = grpc.StatusCode.INVALID_ARGUMENT
DAY = timedelta(days=1)
MICRO = timedelta(microseconds=1)


@pytest.fixture
def desk(town) -> Desk:
    return Desk(town)


async def test_a_lost_certificate_is_void_from_the_loss_at_both_nodes(town, desk):
    officer, certificate = await town.certified()
    lost = moment(certificate.issue_time) + MICRO

    reported = await desk.report_loss(certificate, loss_time=lost)

    at_once = await desk.standing("huanbao", officer)
    assert [o.code for o in at_once.objections] == ["LOST"]
    assert (moment(reported.declare_due_time) - lost).days in range(3, 12)
    await desk.told(CITY, certificate, "LOST")
    for node in (CITY, "huanbao"):
        assert (await town.verify(certificate, node, at_time=lost - MICRO)).valid
        late = await town.verify(certificate, node, at_time=lost)
        assert (late.valid, late.why_not_zh) == (False, "该证件已报遗失作废")


async def test_a_lost_certificate_is_issued_anew_after_the_loss_was_made_public(town, desk):
    officer, certificate = await town.certified()
    await desk.report_loss(certificate)
    await desk.told(CITY, certificate, "LOST")
    with town.refused("LOSS_NOT_DECLARED", law="EX-CERT"):
        await desk.reissue(certificate)

    declared = await desk.declare_loss(certificate)
    await town.seen(
        lambda: desk.certificate(CITY, certificate.certificate_number), lambda c: c.HasField("declare_time")
    )
    fresh = await desk.reissue(certificate)

    assert not declared.late
    assert fresh.certificate_number != certificate.certificate_number
    assert fresh.replaces == certificate.certificate_number
    assert fresh.expire_time == certificate.expire_time
    assert (list(fresh.fields), fresh.area_code) == (list(certificate.fields), certificate.area_code)
    reply = await town.seen(lambda: desk.standing("huanbao", officer), lambda reply: reply.may)
    assert reply.certificate.certificate_number == fresh.certificate_number
    assert not (await town.verify(certificate, "huanbao")).valid
    with town.refused("CERTIFICATE_IN_FORCE", law="ASR-2025:17(2)"):
        await desk.reissue(certificate)


async def test_what_stands_for_a_lost_certificate_is_revoked_and_the_lost_one_brings_none_back(town, desk):
    """Neither issued anew once more, nor cancelled, which would let its holder have another one."""
    officer, certificate = await town.certified()
    await desk.report_loss(certificate)
    await desk.told(CITY, certificate, "LOST")
    await desk.declare_loss(certificate)
    await town.seen(
        lambda: desk.certificate(CITY, certificate.certificate_number), lambda c: c.HasField("declare_time")
    )
    fresh = await desk.reissue(certificate)
    with town.refused("CERTIFICATE_REPLACED", law="EX-CERT", replaced_by=fresh.certificate_number):
        await desk.cancel(certificate)
    await town.revoke(fresh)

    for way in (desk.reissue, desk.cancel):
        with town.refused("CERTIFICATE_REPLACED", law="EX-CERT"):
            await way(certificate)

    with town.refused("ACT_NOT_OPEN"):
        await town.issue(officer)


async def test_a_loss_ends_no_suspension(town, desk):
    """Or whoever is suspended would report the card lost and go on with a new one."""
    _, certificate = await town.certified()
    await town.suspend(certificate)
    await town.seen(
        lambda: desk.certificate("huanbao", certificate.certificate_number), lambda c: c.suspensions
    )
    await desk.report_loss(certificate)
    await desk.told(CITY, certificate, "LOST")
    await desk.declare_loss(certificate)
    await town.seen(
        lambda: desk.certificate(CITY, certificate.certificate_number), lambda c: c.HasField("declare_time")
    )

    with town.refused("CERTIFICATE_SUSPENDED", law="EX-CERT"):
        await desk.reissue(certificate)

    assert not (await town.verify(certificate, "huanbao")).valid


async def test_a_statement_after_three_days_is_late(town, desk):
    _, certificate = await town.certified()
    reported = await desk.report_loss(certificate)

    with desk.clock(moment(reported.declare_due_time) + DAY, "huanbao"):
        await town.city.nodes["huanbao"].running("registry").do(fire_due)
        declared = await desk.declare_loss(certificate)

    assert declared.late
    entries = await town.journal("huanbao", "registry")
    told = [e for e in entries if e.subject_id == certificate.certificate_number and "Loss" in e.type]
    assert [e.type.rpartition(".")[2] for e in told] == [
        "CertificateLossReported",
        "LossDeclarationOverdue",
        "CertificateLossDeclared",
    ]
    overdue = events.LossDeclarationOverdue.FromString(told[1].data)
    assert (overdue.deadline.clock_id, overdue.officer_id) == ("OFF-08", certificate.officer_id)


@pytest.mark.parametrize("away", [-1, 1])
async def test_a_loss_lies_between_the_issue_and_now(town, desk, away):
    _, certificate = await town.certified()

    with town.refused("MALFORMED", INVALID, field="loss_time"):
        await desk.report_loss(certificate, loss_time=moment(certificate.issue_time) + away * DAY)

    assert (await town.verify(certificate, "huanbao")).valid


async def test_a_loss_is_reported_once_and_never_without_one(town, desk):
    _, certificate = await town.certified()

    with town.refused("ACT_NOT_OPEN", act="DeclareLoss", state="ACTIVE"):
        await desk.declare_loss(certificate)
    await desk.report_loss(certificate)
    with town.refused("ACT_NOT_OPEN", act="ReportLoss", state="LOST"):
        await desk.report_loss(certificate)


async def test_the_city_decides_while_a_loss_is_on_its_way(town, desk):
    """The department cannot know of the suspension, the city not of the loss; both hold in the end."""
    _, certificate = await town.certified("chengguan")
    cable = town.city.cables["chengguan"]
    await cable.cut()
    lost = (await desk.report_loss(certificate)).certificate.loss_time
    await town.suspend(certificate)
    assert (await desk.certificate("chengguan", certificate.certificate_number)).loss_time == lost

    await cable.mend()

    at_city = await desk.told(CITY, certificate, "LOST")
    assert len(at_city.suspensions) == 1
    at_home = await town.seen(
        lambda: desk.certificate("chengguan", certificate.certificate_number),
        lambda c: c.version == at_city.version,
    )
    assert (at_home.loss_time, len(at_home.suspensions)) == (lost, 1)


async def test_a_loss_before_a_revocation_ends_the_certificate_first(town, desk):
    _, certificate = await town.certified("chengguan")
    cable = town.city.cables["chengguan"]
    await cable.cut()
    reported = (await desk.report_loss(certificate)).certificate
    await town.revoke(certificate)

    await cable.mend()

    ended = await desk.told(CITY, certificate, "LOST")
    assert ended.expire_time == reported.loss_time
    [measure] = await desk.measures(CITY, certificate)
    assert measure.kind == certificate_pb2.MEASURE_KIND_REVOCATION


async def test_a_department_reports_its_own_losses_only(town, desk):
    _, certificate = await town.certified("huanbao")

    with town.refused("NOT_FOUND", grpc.StatusCode.NOT_FOUND):
        await desk.report_loss(certificate, "chengguan")


async def test_a_department_that_an_officer_left_tells_of_no_loss(town, desk):
    officer, certificate = await town.certified("huanbao")
    there = await town.body("chengguan")
    await desk.decide(await desk.transfer(officer, there))
    await town.seen(
        lambda: town.verify(certificate, "huanbao"), lambda reply: reply.certificate.node == "chengguan"
    )

    with town.refused("NOT_THIS_ROSTER"):
        await desk.report_loss(certificate, "huanbao")


async def test_a_colleague_does_not_report_a_certificate_lost(town, desk):
    _, certificate = await town.certified()
    request = loss_pb2.ReportLossRequest(
        certificate_number=certificate.certificate_number, circumstances="途中遗失"
    )

    with town.refused("NOT_YOUR_CERTIFICATE", grpc.StatusCode.PERMISSION_DENIED):
        await desk.ask("huanbao", "ReportLoss", request, "HANDLING_OFFICER")

    assert (await town.verify(certificate, "huanbao")).valid
