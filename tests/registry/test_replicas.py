"""Replicas: who may announce what, and that order and repetition do not matter."""

from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from yifa.journal.v1 import parked_pb2
from yifa.registry.v1 import body_pb2, certificate_pb2, officer_pb2, quota_pb2, reason_pb2
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import qualification_pb2 as qualifications

from services.kit.tx import Tx
from services.law.procedures.body import BODY_TABLE as BODY
from services.law.procedures.certificate import CERTIFICATE_TABLE as CERTIFICATE
from services.law.procedures.officer import QUALIFICATION_TABLE as QUALIFICATION
from services.lawdocs import code
from services.registry.certificate.model import Certificate
from services.registry.certificate.reactions import keep_certificate
from services.registry.measure.model import Measure, Suspension
from services.registry.measure.reactions import on_decided
from services.registry.qualification.model import Qualification
from services.registry.qualification.reactions import keep_qualification
from tests.registry.town import CITY


async def parked(town, node: str, kind: str) -> list[str]:
    """What is parked at a node of one type of event; the errors."""
    request = parked_pb2.ListParkedRequest(service="registry")
    reply = await town.call(node, "journal", "ListParked", request, "SYSTEM")
    return [p.error for p in reply.events if p.entry.type.endswith(kind)]


async def test_a_department_cannot_issue_a_certificate_to_itself_or_others(town):
    officer = await town.register(await town.body("chengguan"))
    forged = certificate_pb2.Certificate(certificate_number="440700000100099", officer_id=officer.officer_id)
    event = events.CertificateIssued(certificate=forged)

    for node in ("huanbao", "city"):
        await town.announce("chengguan", event, to=node)
        place = CITY if node == "city" else node
        await town.seen(lambda place=place: parked(town, place, "CertificateIssued"), bool)

    for node in (CITY, "huanbao"):
        found = await town.pages(
            node, "ListCertificates", certificate_pb2.ListCertificatesRequest(page_size=50)
        )
        assert forged.certificate_number not in {c.certificate_number for c in found}


async def test_what_says_too_little_or_cites_no_law_is_parked_as_what_it_is(town):
    """Nobody asks for an exam for no officers, and no quota rests on what is no article."""
    quota = quota_pb2.YearQuota(clock_id="TRN-01", subject_id="O-1", node="huanbao", year=2026, needed=40)
    quota.citation.code, quota.version = "\x1b[31m", 1

    before_the_first = officer_pb2.Officer(officer_id="O-none", node="huanbao", version=-2)
    for event in (
        events.ExamEntryRequested(),
        events.YearQuotaOpened(quota=quota),
        events.OfficerRegistered(officer=before_the_first),
    ):
        await town.announce("huanbao", event)
        kind = type(event).__name__
        errors = await town.seen(lambda kind=kind: parked(town, CITY, kind), bool)
        assert all(error.startswith("Unfit") for error in errors), errors

    asked = quota_pb2.ListYearQuotasRequest(year=2026)
    await town.call(CITY, "registry", "ListYearQuotas", asked, "OVERSIGHT")


async def test_a_department_cannot_change_another_departments_officer(town):
    officer = await town.register(await town.body("huanbao"))
    await town.known(CITY, officer, "TRAINING")
    stolen = officer_pb2.Officer()
    stolen.CopyFrom(officer)
    stolen.training_hours, stolen.version, stolen.id_number = 400, 99, ""

    for node in ("huanbao", "chengguan"):
        stolen.node = node
        before = len(await parked(town, CITY, "TrainingRecorded"))
        await town.announce("chengguan", events.TrainingRecorded(officer=stolen, hours=400))
        await town.seen(
            lambda: parked(town, CITY, "TrainingRecorded"), lambda found, before=before: len(found) > before
        )

    invented = officer_pb2.Officer(officer_id="O-invented", node="huanbao", version=1)
    await town.announce("chengguan", events.OfficerRegistered(officer=invented))
    await town.seen(lambda: parked(town, CITY, "OfficerRegistered"))

    at_city = await town.get_officer(CITY, officer)
    assert (at_city.officer.node, at_city.qualification.training_hours) == ("huanbao", 0)


def versions() -> list[events.CertificateSuspended]:
    """A certificate as it was issued, suspended, restored, and suspended again."""
    history = []
    for version, ends in enumerate(([], [None], [20], [20, None]), 1):
        certificate = certificate_pb2.Certificate(certificate_number="N", version=version, officer_id="O-1")
        for n, end in enumerate(ends):
            suspension = certificate.suspensions.add(cause=f"原因{n}", law="EX-CERT")
            suspension.from_time.seconds = 10 + 20 * n
            if end is not None:
                suspension.until_time.seconds = end
        history.append(events.CertificateSuspended(certificate=certificate))
    return history


class Undone(Exception):
    """Raised to leave no trace in the town's database."""


async def after(town, keep, received: list, what) -> list:
    """What a department would keep after receiving events in this order."""
    seen = []

    def work(tx: Tx) -> None:
        for event in received:
            keep(event, tx)
        seen[:] = what(tx)  # once more where the batch is done again
        raise Undone

    with pytest.raises(Undone):
        await town.city.nodes["huanbao"].running("registry").do(work)
    return seen


def certificates(tx: Tx) -> list:
    [certificate] = tx.query(select(Certificate).where(Certificate.certificate_number == "N"))
    rows = tx.query(select(Suspension).where(Suspension.certificate_number == "N"))
    spans = sorted((s.ordinal, s.from_time, s.until_time, s.cause) for s in rows)
    return [certificate.version, *spans]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 3), max_size=6), st.permutations(range(4)))
async def test_repeated_and_reordered_events_leave_the_newest_certificate(town, repeats, order):
    history = versions()
    received = [history[n] for n in (*repeats, *order)]

    expected = await after(town, keep_certificate, history, certificates)
    found = await after(town, keep_certificate, received, certificates)

    assert found == expected
    assert found[0] == 4 and len(found) == 3


async def test_reordered_endings_leave_the_newest(town):
    """Issued, found void from a date, and that undone: the dates of the last word hold, whatever comes when."""
    history = []
    for version, (expire, state) in enumerate(((100, "ACTIVE"), (40, "VOID"), (100, "ACTIVE")), 1):
        certificate = certificate_pb2.Certificate(certificate_number="N", version=version, officer_id="O-1")
        certificate.state = f"CERTIFICATE_STATE_{state}"
        certificate.expire_time.seconds, certificate.term_time.seconds = expire, 100
        measure = certificate_pb2.Measure(measure_id="N/m1", certificate_number="N", version=version)
        for name in ("decide_time", "from_time", "remedy_due_time"):
            getattr(measure, name).seconds = 10
        history.append(events.CertificateVoided(certificate=certificate, measure=measure))

    def ends(tx: Tx) -> list:
        row = tx.get(Certificate, "N")
        return [row.version, row.ending, row.expire_time.timestamp(), tx.get(Measure, "N/m1").version]

    for last in (2, 3):
        for received in permutations(history[:last]):
            found = await after(town, on_decided, [*received, history[0]], ends)
            assert found == [last, "VOID" if last == 2 else "EXPIRED", 40.0 if last == 2 else 100.0, last]


async def test_reordered_qualifications_leave_the_newest(town):
    history = [
        events.ExamRecorded(
            qualification=qualifications.Qualification(officer_id="O-x", state=n, version=n, failures=n)
        )
        for n in (1, 2, 3)
    ]

    for received in permutations(history):
        found = await after(
            town, keep_qualification, list(received), lambda tx: [tx.get(Qualification, "O-x").failures]
        )
        assert found == [3]


def test_every_reason_of_a_rule_is_in_the_contract():
    known = set(reason_pb2.Reason.keys())
    reasons = {held.rule.reason for held in code.rules() if held.service == "registry"}

    assert reasons and {f"REASON_{reason}" for reason in reasons} <= known


def test_states_are_those_of_the_contract():
    for process, enum, prefix in (
        (BODY, body_pb2.BodyState, "BODY_STATE_"),
        (QUALIFICATION, qualifications.QualificationState, "QUALIFICATION_STATE_"),
        (CERTIFICATE, certificate_pb2.CertificateState, "CERTIFICATE_STATE_"),
    ):
        assert {prefix + state for state in process.states if state} <= set(enum.keys())
