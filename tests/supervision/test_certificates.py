"""EW-09: two certified officers at every act of enforcement, at the moment of the act."""

import pytest
from yifa.enforcement.v1 import case_pb2, evidence_pb2
from yifa.registry.v1 import certificate_pb2
from yifa.registry.v1 import events_pb2 as registry
from yifa.supervision.v1 import warning_pb2

from tests.supervision.office import ENVIRONMENT, OPEN, WITHDRAWN, Office, at, lawful, new_case

RED = warning_pb2.WARNING_LEVEL_RED


async def collect(office: Office, case: case_pb2.Case, when: str, *collectors: str, area: str = "") -> None:
    """The department tells of evidence."""
    evidence = evidence_pb2.Evidence(
        evidence_id="E-1",
        case_id=case.case_id,
        title="现场照片",
        source="现场检查",
        certificate_shown=True,
        collector_ids=collectors,
        collect_time=at(when),
        area_code=area,
    )
    await office.tell(case, "EvidenceRecorded", when, evidence=evidence)


def without_numbers() -> case_pb2.Case:
    """A case whose record names no certificates."""
    case = new_case()
    for officer in case.officers:
        officer.ClearField("certificate_number")
    return case


async def certified(office: Office) -> None:
    for officer in ("O-1", "O-2"):
        await office.certify(officer)


async def test_two_certified_officers(office: Office) -> None:
    await certified(office)

    case = new_case()
    await office.tell(case, "OfficersAssigned", "2026-03-02 10:00")
    await collect(office, case, "2026-03-03 10:00", "O-1", "O-2")

    assert await office.warnings() == []


@pytest.mark.parametrize(
    ("name", "officers"),
    [
        ("OfficersAssigned", ("O-1",)),
        ("PriorNoticeServed", ("O-1",)),
        ("SpotDecisionMade", ("O-1",)),
        ("OfficersAssigned", ()),
    ],
)
async def test_too_few(office: Office, name: str, officers: tuple[str, ...]) -> None:
    await certified(office)
    case = new_case(officers=officers)
    if name == "SpotDecisionMade":
        case = lawful(case, fine=10_000)
        case.procedure, case.decision.decider = case_pb2.PROCEDURE_SUMMARY, "O-1"

    await office.tell(case, name, "2026-03-02 10:00")

    [warning] = await office.warnings(rule_id="EW-09")
    assert (warning.level, warning.state) == (RED, OPEN)
    assert warning.citation.code.startswith("APL-2021:42(1)") and str(len(officers)) in warning.detail_zh


async def test_evidence_by_one(office: Office) -> None:
    await certified(office)

    await collect(office, new_case(), "2026-03-03 10:00", "O-1")

    assert await office.found("EW-09") == [(RED, OPEN)]


async def test_one_named_twice_is_one(office: Office) -> None:
    await certified(office)

    await collect(office, new_case(), "2026-03-03 10:00", "O-1", "O-1")

    assert await office.found("EW-09") == [(RED, OPEN)]


@pytest.mark.parametrize(
    ("when", "warned"),
    [
        ("2026-03-03 08:59", [(RED, OPEN)]),
        ("2026-03-03 09:00", []),
        ("2026-09-03 08:59", []),
        ("2026-09-03 09:00", [(RED, OPEN)]),
    ],
)
async def test_certificate_holds_from_issue_to_expiry(office: Office, when: str, warned: list) -> None:
    await office.certify("O-1")
    await office.certify("O-2", issued="2026-03-03 09:00", expires="2026-09-03 09:00")

    await collect(office, new_case(), when, "O-1", "O-2")

    assert await office.found("EW-09") == warned


@pytest.mark.parametrize(
    ("when", "warned"),
    [
        ("2026-03-03 08:59", []),
        ("2026-03-03 09:00", [(RED, OPEN)]),
        ("2026-03-10 08:59", [(RED, OPEN)]),
        ("2026-03-10 09:00", []),
    ],
)
async def test_act_under_a_known_suspension(office: Office, when: str, warned: list) -> None:
    await certified(office)
    await office.suspend("O-2", "2026-03-03 09:00", "2026-03-10 09:00")

    await collect(office, new_case(), when, "O-1", "O-2")

    assert await office.found("EW-09") == warned


async def test_suspension_known_later_than_the_act(office: Office) -> None:
    await certified(office)
    before, after = new_case("C-1"), new_case("C-2")
    await collect(office, before, "2026-03-03 08:00", "O-1", "O-2")
    await collect(office, after, "2026-03-05 08:00", "O-1", "O-2")
    untouched = await office.warnings()

    await office.suspend("O-2", "2026-03-04 00:00")

    assert untouched == []
    [warning] = await office.warnings(rule_id="EW-09")
    assert warning.case_id == "C-2" and warning.occur_time.ToDatetime(at("2026-03-05 08:00").tzinfo) == at(
        "2026-03-05 08:00"
    )


async def test_revocation_ends_a_certificate_before_its_time(office: Office) -> None:
    await certified(office)
    await collect(office, new_case(), "2026-03-05 08:00", "O-1", "O-2")

    revoked = certificate_pb2.Certificate(
        certificate_number="4401O-2",
        officer_id="O-2",
        issue_time=at("2025-01-01 00:00"),
        expire_time=at("2026-03-05 08:00"),
        version=2,
    )
    await office.registry(registry.CertificateRevoked(certificate=revoked))

    assert await office.found("EW-09") == [(RED, OPEN)]


async def test_suspension_taken_back_withdraws(office: Office) -> None:
    await certified(office)
    await collect(office, new_case(), "2026-03-05 08:00", "O-1", "O-2")
    await office.suspend("O-2", "2026-03-04 00:00")

    await office.suspend("O-2", "2026-03-04 00:00", "2026-03-04 00:00", version=3)

    assert await office.found("EW-09") == [(RED, WITHDRAWN)]


async def test_old_news_of_a_certificate_changes_nothing(office: Office) -> None:
    await certified(office)
    await collect(office, new_case(), "2026-03-05 08:00", "O-1", "O-2")
    await office.suspend("O-2", "2026-03-04 00:00", version=3)

    await office.suspend("O-2", "2026-03-20 00:00", version=2)

    assert await office.found("EW-09") == [(RED, OPEN)]


async def test_certificate_of_somebody_else(office: Office) -> None:
    await certified(office)
    case = new_case()
    case.officers[1].certificate_number = case.officers[0].certificate_number

    await collect(office, case, "2026-03-05 08:00", "O-1", "O-2")

    assert await office.found("EW-09") == [(RED, OPEN)]


async def test_record_without_a_number_asks_for_any_certificate_of_the_officer(office: Office) -> None:
    await certified(office)

    await collect(office, without_numbers(), "2026-03-05 08:00", "O-1", "O-2")

    assert await office.warnings() == [] and office.running.rows(pending()) == []


async def test_certificate_that_is_on_its_way_is_waited_for(office: Office) -> None:
    await office.certify("O-1")
    await collect(office, new_case(), "2026-03-05 08:00", "O-1", "O-2")

    await office.certify("O-2")
    waiting = office.running.rows(pending())

    assert waiting == [] and await office.warnings() == []


async def test_officer_without_any_certificate(office: Office) -> None:
    await office.certify("O-1")

    await collect(office, new_case(), "2026-03-05 08:00", "O-1", "O-2")
    found = await office.until(lambda: office.found("EW-09"), "the officer is found out")

    assert found == [(RED, OPEN)]


async def test_certificate_that_comes_very_late_withdraws(office: Office) -> None:
    await office.certify("O-1")
    await collect(office, new_case(), "2026-03-05 08:00", "O-1", "O-2")
    await office.until(lambda: office.found("EW-09"), "the officer is found out")

    await office.certify("O-2")

    assert await office.found("EW-09") == [(RED, WITHDRAWN)]


async def test_a_department_cannot_issue_certificates(office: Office) -> None:
    forged = certificate_pb2.Certificate(
        certificate_number="4401O-2",
        officer_id="O-2",
        issue_time=at("2025-01-01 00:00"),
        expire_time=at("2029-01-01 00:00"),
    )

    await office.registry(registry.CertificateIssued(certificate=forged), node=ENVIRONMENT)

    assert office.running.parked() == 1


def pending() -> object:
    from sqlalchemy import select

    from services.supervision.deadline.firing import ACTS

    return select(ACTS.c.key).where(ACTS.c.pending)


@pytest.mark.parametrize(
    ("held", "place", "warned"),
    [
        ("440700", "440703", []),
        ("440703", "440703", []),
        ("440703", "440704", [(RED, OPEN)]),
        ("440703", "440700", [(RED, OPEN)]),
        ("", "440703", []),
        ("440703", "", []),
    ],
)
async def test_a_certificate_holds_in_its_area(office: Office, held: str, place: str, warned: list) -> None:
    await office.certify("O-1")
    await office.certify("O-2", area_code=held)

    await collect(office, new_case(), "2026-03-03 10:00", "O-1", "O-2", area=place)

    assert await office.found("EW-09") == warned
    assert all(place in w.detail_zh and "O-2" in w.detail_zh for w in await office.warnings())


async def test_what_a_case_says_of_its_place_holds_for_its_acts(office: Office) -> None:
    await office.certify("O-1", area_code="440703")
    await office.certify("O-2", area_code="440703")
    case = new_case()
    case.area_code = "440704"

    await office.tell(case, "OfficersAssigned", "2026-03-02 10:00")
    await collect(office, case, "2026-03-03 10:00", "O-1", "O-2", area="440703")

    assert await office.found("EW-09") == [(RED, OPEN), (RED, OPEN)]


async def test_who_was_designated_acts_there(office: Office) -> None:
    for officer in ("O-1", "O-2"):
        await office.certify(officer, area_code="440703")
    case = new_case()
    case.area_code, case.designation.case_id = "440704", case.case_id

    await office.tell(case, "OfficersAssigned", "2026-03-02 10:00")

    assert await office.found("EW-09") == []


async def test_a_certificate_of_that_area_that_comes_to_light_withdraws(office: Office) -> None:
    await office.certify("O-1")
    await office.certify("O-2", area_code="440704")
    await collect(office, without_numbers(), "2026-03-03 10:00", "O-1", "O-2", area="440703")

    wider = certificate_pb2.Certificate(
        certificate_number="4401O-2-2",
        officer_id="O-2",
        area_code="440700",
        issue_time=at("2025-01-01 00:00"),
        expire_time=at("2029-01-01 00:00"),
        version=1,
    )
    await office.registry(registry.CertificateIssued(certificate=wider))

    assert await office.found("EW-09") == [(RED, WITHDRAWN)]
