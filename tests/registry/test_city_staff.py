"""Supervisors and legal reviewers of the city's own office: on its roster, trained, examined, certified."""

from typing import Any

import grpc
import pytest
from yifa.registry.v1 import act_pb2, certificate_pb2, officer_pb2
from yifa.registry.v1 import showing_pb2 as showing
from yifa.registry.v1 import training_pb2 as trainings

from tests.registry.desk import Desk
from tests.registry.test_photos import picture
from tests.registry.town import CITY, Town

SUPERVISION = certificate_pb2.CERTIFICATE_KIND_SUPERVISION
LEGAL_REVIEW = certificate_pb2.CERTIFICATE_KIND_LEGAL_REVIEW


@pytest.fixture
def desk(town: Town) -> Desk:
    return Desk(town)


async def examined(town: Town) -> officer_pb2.Officer:
    """Somebody of the office who was trained and passed the exam."""
    officer = await town.register(await town.body(CITY, field="行政执法监督"))
    await town.known(CITY, officer, "TRAINING")
    await town.train(officer)
    await town.known(CITY, officer, "EXAM_READY")
    await town.examine(officer, 90)
    return officer


async def issue(town: Town, officer: Any, kind: int, **more: Any) -> Any:
    request = certificate_pb2.IssueCertificateRequest(
        officer_id=officer.officer_id, fields=["行政执法监督"], area_code="440700", kind=kind, **more
    )
    return (await town.call(CITY, "registry", "IssueCertificate", request, "REGISTRAR")).certificate


async def codes(desk: Desk, officer: Any, act: int, node: str = CITY) -> list[str]:
    return [o.code for o in (await desk.standing(node, officer, act=act)).objections]


async def test_a_supervisor_of_the_office_holds_a_supervisors_certificate(town: Town, desk: Desk) -> None:
    officer = await examined(town)
    assert await codes(desk, officer, act_pb2.ACT_KIND_SUPERVISION) == ["NO_CERTIFICATE"]

    certificate = await issue(town, officer, SUPERVISION)

    assert (certificate.node, certificate.kind) == (CITY, SUPERVISION)
    reply = await desk.standing(CITY, officer, act=act_pb2.ACT_KIND_SUPERVISION, body_id=officer.body_id)
    assert reply.may and reply.certificate.certificate_number == certificate.certificate_number
    assert await codes(desk, officer, act_pb2.ACT_KIND_PENALTY) == ["WRONG_KIND"]
    assert (await town.verify(certificate)).valid


async def test_a_legal_reviewer_of_the_office_holds_the_qualification(town: Town, desk: Desk) -> None:
    officer = await examined(town)
    with town.refused("LEGAL_QUALIFICATION_MISSING", law="APL-2021:58(2)"):
        await issue(town, officer, LEGAL_REVIEW)

    await issue(town, officer, LEGAL_REVIEW, legal_qualification="A20264407000003")

    assert (await desk.standing(CITY, officer, act=act_pb2.ACT_KIND_LEGAL_REVIEW)).may
    assert await codes(desk, officer, act_pb2.ACT_KIND_SUPERVISION) == ["WRONG_KIND"]
    told = (await town.get_officer(CITY, officer)).qualification
    assert told.legal_qualification == "A20264407000003"


async def test_nobody_reviews_on_the_number_of_another_nor_on_a_claim(town: Town, desk: Desk) -> None:
    first, second = await examined(town), await examined(town)
    await issue(town, first, LEGAL_REVIEW, legal_qualification="A20264407000004")

    for claim in (
        {"legal_qualification": "A20264407000004"},
        {"legal_qualification": "A2026440700000４"},
        {"legal_qualification": "通过"},
        {"reviewing_since": "2017-12-31"},
        {"reviewing_since": "2018-01-01", "reviewing_proof": "任职文件"},
        {"reviewing_since": "2017-12-31", "reviewing_proof": " "},
    ):
        with town.refused("LEGAL_QUALIFICATION_MISSING", law="APL-2021:58(2)"):
            await issue(town, second, LEGAL_REVIEW, **claim)
    await issue(town, second, LEGAL_REVIEW, reviewing_since="2017-12-31", reviewing_proof="任职文件")

    assert (await desk.standing(CITY, second, act=act_pb2.ACT_KIND_LEGAL_REVIEW)).may


async def test_who_was_not_examined_gets_no_supervisors_certificate(town: Town) -> None:
    officer = await town.register(await town.body(CITY))
    await town.known(CITY, officer, "TRAINING")

    with town.refused("OFFICER_NOT_CERTIFIED"):
        await issue(town, officer, SUPERVISION)


async def test_who_leaves_the_office_supervises_no_more(town: Town, desk: Desk) -> None:
    officer = await examined(town)
    certificate = await issue(town, officer, SUPERVISION)

    await desk.leave(officer)

    await desk.told(CITY, certificate, "CANCELLED")
    assert "OFFICER_LEFT" in await codes(desk, officer, act_pb2.ACT_KIND_SUPERVISION)


async def test_a_lost_card_of_the_office_is_declared_and_issued_anew(town: Town, desk: Desk) -> None:
    officer = await examined(town)
    certificate = await issue(town, officer, SUPERVISION)

    await desk.report_loss(certificate)
    await desk.told(CITY, certificate, "LOST")
    assert await codes(desk, officer, act_pb2.ACT_KIND_SUPERVISION) == ["LOST"]
    await desk.declare_loss(certificate)
    kinds = await town.seen(
        lambda: town.events(CITY, "registry", certificate.certificate_number),
        lambda found: found.count("CertificateLost") == 2,
    )
    fresh = await desk.reissue(certificate)

    assert kinds[0] == "CertificateIssued"
    reply = await desk.standing(CITY, officer, act=act_pb2.ACT_KIND_SUPERVISION)
    assert reply.certificate.certificate_number == fresh.certificate_number


async def test_a_supervisor_shows_the_certificate_with_a_photo(town: Town) -> None:
    officer = await examined(town)
    certificate = await issue(town, officer, SUPERVISION)
    photo = showing.SetOfficerPhotoRequest(officer_id=officer.officer_id, data=picture())
    await town.call(CITY, "registry", "SetOfficerPhoto", photo, "ROSTER_CLERK")

    request = showing.ShowCertificateRequest(certificate_number=certificate.certificate_number)
    shown = await town.call(
        CITY, "registry", "ShowCertificate", request, "HANDLING_OFFICER", subject=officer.officer_id
    )
    checked = await town.seen(
        lambda: town.call(
            CITY, "registry", "CheckShown", showing.CheckShownRequest(token=shown.token), "PUBLIC"
        ),
        lambda reply: reply.verdict == showing.SHOWN_VERDICT_IN_FORCE,
    )

    assert checked.card.certificate_number == certificate.certificate_number and checked.photo.data


async def test_each_roster_takes_its_own_people_only(town: Town) -> None:
    office, department = await town.body(CITY), await town.body("huanbao")
    await town.seen(lambda: town.get_body("huanbao", office.body_id), lambda reply: True)

    with town.refused("SUBJECT_NOT_QUALIFIED", law="INTERNAL"):
        await town.register(department, CITY)
    with town.refused("SUBJECT_NOT_QUALIFIED", law="INTERNAL"):
        await town.register(office, "huanbao")
    officer = await town.register(department)
    await town.known(CITY, officer, "TRAINING")
    for method, request in (
        (
            "RecordTraining",
            trainings.RecordTrainingRequest(officer_id=officer.officer_id, course="法", hours=1),
        ),
        ("RecordLeaving", Desk(town).leaving(officer)),
    ):
        with town.refused("NOT_THIS_ROSTER"):
            await town.call(CITY, "registry", method, request, "ROSTER_CLERK")


async def test_the_office_s_roster_is_not_written_by_a_department(town: Town) -> None:
    officer = await town.register(await town.body(CITY))
    request = trainings.RecordTrainingRequest(officer_id=officer.officer_id, course="法", hours=1)

    with town.refused("OTHER_DEPARTMENT", grpc.StatusCode.PERMISSION_DENIED):
        await town.call(CITY, "registry", "RecordTraining", request, "ROSTER_CLERK", of="huanbao")
