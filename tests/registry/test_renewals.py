"""Certificates numbered, issued for what they are for, and renewed."""

from datetime import timedelta

import grpc
import pytest
from yifa.registry.v1 import certificate_pb2
from yifa.registry.v1 import qualification_pb2 as qualifications

from services.registry.certificate.numbering import Pattern
from services.registry.renewal.reminding import remind
from tests.registry.desk import Desk, moment
from tests.registry.town import CITY

INVALID = grpc.StatusCode.INVALID_ARGUMENT
DAY = timedelta(days=1)
states = certificate_pb2.CertificateState


def named(certificate) -> str:
    return states.Name(certificate.state).removeprefix("CERTIFICATE_STATE_")


@pytest.fixture
def desk(town) -> Desk:
    return Desk(town)


async def test_renewal_opens_six_months_before_expiry_and_adds_a_whole_term(town, desk):
    _, certificate = await town.certified()
    opens, expires = moment(certificate.renew_time), moment(certificate.expire_time)

    with (
        desk.clock(opens - timedelta(microseconds=1)),
        town.refused("ACT_NOT_OPEN", act="RenewCertificate", state="ACTIVE"),
    ):
        await desk.renew(certificate)
    with desk.clock(opens):
        expiring = await desk.certificate(CITY, certificate.certificate_number)
        renewed = await desk.renew(certificate)

    assert 180 <= (expires - opens).days <= 190
    assert named(expiring) == "EXPIRING"
    assert named(renewed) == "ACTIVE"
    assert moment(renewed.expire_time).astimezone().year == expires.astimezone().year + 5
    assert renewed.certificate_number == certificate.certificate_number
    assert moment(renewed.issue_time) == moment(certificate.issue_time), "no gap and no overlap"
    at_home = await town.seen(
        lambda: desk.certificate("huanbao", certificate.certificate_number),
        lambda c: c.version == renewed.version,
    )
    assert moment(at_home.expire_time) == moment(renewed.expire_time)
    assert (await town.verify(certificate, "huanbao", at_time=expires + DAY)).valid


async def test_renewal_asks_for_an_exam_and_ends_with_the_term(town, desk):
    _, certificate = await town.certified()

    with desk.clock(moment(certificate.renew_time) + DAY), town.refused("EXAM_NOT_PASSED", law="EX-CERT"):
        await desk.renew(certificate, score=59)
    refused = town.refused("ACT_NOT_OPEN", state="EXPIRED", open_acts="VoidCertificate,RecordCardReturn")
    with desk.clock(moment(certificate.expire_time)), refused:
        await desk.renew(certificate)


async def test_due_renewals_are_listed(town, desk):
    _, certificate = await town.certified()
    request = certificate_pb2.ListCertificatesRequest(page_size=100, state=states.CERTIFICATE_STATE_EXPIRING)

    before = await town.pages(CITY, "ListCertificates", request)
    with desk.clock(moment(certificate.renew_time)):
        after = await town.pages(CITY, "ListCertificates", request)

    number = certificate.certificate_number
    assert number not in {c.certificate_number for c in before}
    assert number in {c.certificate_number for c in after}


async def test_the_holder_is_reminded_once_a_term(town, desk):
    _, certificate = await town.certified()
    number, running = certificate.certificate_number, town.city.nodes[CITY].running("registry")

    await running.do(remind)
    with desk.clock(moment(certificate.renew_time)):
        while await running.do(remind):
            pass
        assert await running.do(remind) == 0
        renewed = await desk.renew(certificate)
    assert (await town.events(CITY, "registry", number)).count("CertificateRenewalDue") == 1
    with desk.clock(moment(renewed.renew_time)):
        while await running.do(remind):
            pass

    assert (await town.events(CITY, "registry", number)).count("CertificateRenewalDue") == 2


async def test_numbers_follow_the_pattern_of_the_issuer(town, desk):
    body = await town.body()
    officer = await town.train(await town.register(body))
    await town.known(CITY, officer, "EXAM_READY")
    await town.examine(officer, 80)

    with desk.set(certificate__number__area=4, certificate__number__year=2, certificate__number__serial=3):
        certificate = await town.issue(officer)

    year = moment(certificate.issue_time).astimezone().year % 100
    number = certificate.certificate_number
    parts = Pattern(4, 4, 2, 3).regex(1).fullmatch(number).groupdict()
    assert (parts["area"], int(parts["year"]), parts["serial"]) == ("4407", year, "001")


async def test_an_area_that_the_pattern_has_no_room_for_is_refused(town, desk):
    officer = await town.examinee()
    await town.examine(officer, 80)

    refused = town.refused("NUMBERS_EXHAUSTED", law="INTERNAL", series="440700")
    with desk.set(certificate__number__area=7), refused:
        await town.issue(officer)

    await town.issue(officer)


def test_a_pattern_gives_each_number_once_and_then_none():
    pattern = Pattern(6, 4, 0, 1)
    series = pattern.series(2, "440700", 7, 2026)

    assert [pattern.number(series, n) for n in (1, 9, 10)] == ["JD44070000071", "JD44070000079", None]
    assert pattern.series(1, "440700", 10_000, 2026) is None
    assert Pattern(7, 4, 0, 5).series(1, "440700", 1, 2026) is None


async def test_supervisors_and_reviewers_have_certificates_of_their_own(town, desk):
    officer, enforcing = await town.certified()
    kinds = certificate_pb2.CertificateKind

    def request(kind: int, **more) -> certificate_pb2.IssueCertificateRequest:
        return certificate_pb2.IssueCertificateRequest(
            officer_id=officer.officer_id, fields=["生态环境"], area_code="440700", kind=kind, **more
        )

    with town.refused("LEGAL_QUALIFICATION_MISSING", law="APL-2021:58(2)"):
        await desk.ask(CITY, "IssueCertificate", request(kinds.CERTIFICATE_KIND_LEGAL_REVIEW))
    review = request(kinds.CERTIFICATE_KIND_LEGAL_REVIEW, legal_qualification="A20264407000001")
    reviewing = (await desk.ask(CITY, "IssueCertificate", review)).certificate
    supervise = request(kinds.CERTIFICATE_KIND_SUPERVISION)
    supervising = (await desk.ask(CITY, "IssueCertificate", supervise)).certificate

    assert reviewing.certificate_number.startswith("FS")
    assert supervising.certificate_number.startswith("JD")
    with town.refused("CERTIFICATE_IN_FORCE", law="ASR-2025:17(2)"):
        await desk.ask(CITY, "IssueCertificate", request(kinds.CERTIFICATE_KIND_SUPERVISION))
    await town.suspend(enforcing)
    acts = {1: False, 11: True, 12: True}
    for act, may in acts.items():
        assert (await desk.standing(CITY, officer, act=act)).may == may


async def test_a_nominated_person_is_checked_before_training(town, desk):
    officer = await town.register(await town.body(), nominate=True)
    await town.known(CITY, officer, "CANDIDATE")
    check = qualifications.CheckEligibilityRequest(
        officer_id=officer.officer_id, on_establishment=True, opinion="编制核实无误"
    )

    with town.refused("ACT_NOT_OPEN", act="RecordTraining", state="CANDIDATE"):
        await town.train(officer)
    await desk.ask(CITY, "CheckEligibility", check, "OVERSIGHT")

    await town.known("huanbao", officer, "ELIGIBLE")
    await town.train(officer, 10)
    await town.known(CITY, officer, "TRAINING")


async def test_a_city_may_have_everybody_checked(town, desk):
    body = await town.body()

    with desk.set("huanbao", officer__eligibility__required=1):
        officer = await town.register(body)

    assert officer.nominated
    await town.known(CITY, officer, "CANDIDATE")


@pytest.mark.parametrize("found", [{"on_establishment": False}, {"on_establishment": True, "barred": True}])
async def test_who_is_not_eligible_goes_no_further(town, desk, found):
    officer = await town.register(await town.body(), nominate=True)
    await town.known(CITY, officer, "CANDIDATE")
    check = qualifications.CheckEligibilityRequest(
        officer_id=officer.officer_id, opinion="不符合条件", **found
    )

    await desk.ask(CITY, "CheckEligibility", check, "OVERSIGHT")

    await town.known("huanbao", officer, "REJECTED")
    with town.refused("ACT_NOT_OPEN", state="REJECTED", open_acts=""):
        await town.train(officer)


async def test_where_names_are_posted_no_certificate_comes_before_the_end(town, desk):
    officer = await town.examinee()
    await town.examine(officer, 80)

    with desk.set(certificate__posting__required=1):
        with town.refused("POSTING_NOT_OVER", law="EX-CERT"):
            await town.issue(officer)
        post = qualifications.PostNameRequest(officer_id=officer.officer_id)
        posted = await desk.ask(CITY, "PostName", post)
        assert posted.qualification.state == qualifications.QUALIFICATION_STATE_PUBLICISED
        with town.refused("POSTING_NOT_OVER"):
            await town.issue(officer)
        with desk.clock(moment(posted.end_time) + timedelta(seconds=1)):
            await town.issue(officer)

    days = (moment(posted.end_time) - moment(posted.qualification.update_time)).days
    assert 7 <= days <= 18, "seven days, or the first working day after them"
    await town.known("huanbao", officer, "CERTIFIED")
