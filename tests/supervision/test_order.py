"""Repeats and reordering: however events arrive, the same rows stand in the end."""

from collections.abc import AsyncIterator, Mapping
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2, evidence_pb2
from yifa.law.v1 import law_pb2
from yifa.registry.v1 import certificate_pb2
from yifa.registry.v1 import events_pb2 as registry
from yifa.supervision.v1 import filing_pb2 as pb

from services.given.filing import verdicts
from services.kit.journal import Envelope, from_headers
from services.kit.tx import Tx
from services.supervision.case.model import CaseView
from services.supervision.certificate.model import Certificate, FieldAct
from services.supervision.deadline.model import Clock
from services.supervision.event.model import Received
from services.supervision.filing.model import Filing
from services.supervision.warning.model import Warning
from tests.supervision.office import (
    CITY,
    MARKET,
    SETTLED,
    WITHDRAWN,
    Office,
    at,
    lawful,
    new_case,
    number_of,
    running_office,
)

NUMBERS = count()
CHUNK = 6
# What differs with the order of arrival and may: when a thing was noticed, and how often it was corrected.
NOTICED = {"raise_time", "end_time", "receive_time", "position", "entry"}


@pytest.fixture(scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    folder: Path = tmp_path_factory.mktemp("order")
    async with running_office(folder, supervision={"certificate_grace_seconds": 1000}) as office:
        yield office


def story(office: Office, mark: str) -> list[Envelope]:
    """A case with much that is wrong, as its department and the city's registry tell of it, in order."""
    case = new_case(f"C-{mark}", MARKET, officers=(f"O-{mark}-1", f"O-{mark}-2"))
    deliveries = [
        office.journal(CITY, "registry").entry(issued(f"O-{mark}-1"), at("2026-01-05 09:00")),
        office.journal(CITY, "registry").entry(issued(f"O-{mark}-2"), at("2026-01-05 09:00")),
    ]

    def act(name: str, when: str, **more: Any) -> None:
        deliveries.append(office.told(case, name, when, **more))

    def collected(when: str, *collectors: str) -> None:
        evidence = evidence_pb2.Evidence(collector_ids=collectors, collect_time=at(when))
        act("EvidenceRecorded", when, evidence=evidence)

    act("ClueRegistered", "2026-02-27 09:00")
    act("CaseFiled", "2026-03-02 10:00")
    act("OfficersAssigned", "2026-03-02 11:00")
    collected("2026-03-03 10:00", f"O-{mark}-1", f"O-{mark}-2")
    collected("2026-03-04 10:00", f"O-{mark}-1")
    act("ReviewSubmitted", "2026-03-05 10:00")
    act("ReviewConcluded", "2026-03-06 10:00")
    act("ReviewSubmitted", "2026-03-09 10:00")
    case.notice.serve_time.FromDatetime(at("2026-03-10 10:00"))
    act("PriorNoticeServed", "2026-03-10 10:00")
    lawful(case, fine=12_000_000, when="2026-03-12 10:00").ClearField("defence")
    case.review.reviewer = f"O-{mark}-2"
    act("DecisionMade", "2026-03-12 10:00")
    act("DecisionServed", "2026-03-13 10:00")
    case.report_time.FromDatetime(at("2026-03-16 10:00"))
    act("MajorPenaltyFiled", "2026-03-16 10:00")
    act("PaymentCompleted", "2026-03-17 10:00")
    case.state = case_pb2.CASE_STATE_CLOSED
    act("CaseClosed", "2026-03-18 10:00")
    suspended = issued(f"O-{mark}-2", suspended="2026-03-03 00:00")
    deliveries.append(office.journal(CITY, "registry").entry(suspended, at("2026-03-19 09:00")))
    return [from_headers(d.headers, d.data, d.sender, "", d.position) for d in deliveries]


def issued(officer: str, suspended: str = "") -> Any:
    certificate = certificate_pb2.Certificate(
        certificate_number=number_of(officer),
        officer_id=officer,
        officer_name=officer,
        issue_time=at("2026-01-05 00:00"),
        expire_time=at("2031-01-05 00:00"),
        version=2 if suspended else 1,
    )
    if suspended:
        certificate.suspensions.add().from_time.FromDatetime(at(suspended))
    kind = registry.CertificateSuspended if suspended else registry.CertificateIssued
    return kind(certificate=certificate)


async def arrive(office: Office, events: list[Envelope]) -> None:
    """A few events a transaction, as after a reader was made to read again."""

    def some(tx: Tx, chunk: list[Envelope]) -> None:
        for e in chunk:
            office.running.reactor.apply(tx, e, e.trace)

    for n in range(0, len(events), CHUNK):
        await office.running.do(partial(some, chunk=events[n : n + CHUNK]))


def rows(office: Office, mark: str) -> dict[str, list[dict[str, Any]]]:
    """All that is kept about a case, its name taken out."""
    found = {}
    for kind, column in (
        (CaseView, "case_id"),
        (Clock, "subject"),
        (Warning, "case_id"),
        (Filing, "case_id"),
        (FieldAct, "case_id"),
        (Received, "case_id"),
    ):
        table = kind.__table__
        wanted = select(table).where(table.c[column] == f"C-{mark}")
        found[kind.__name__] = sorted(
            (plain(row, mark, kind) for row in office.running.view().rows(wanted)), key=repr
        )
    held = Certificate.__table__
    wanted = select(held).where(held.c.officer_id.contains(f"-{mark}-"))
    found["Certificate"] = sorted(
        (plain(row, mark, Certificate) for row in office.running.view().rows(wanted)), key=repr
    )
    return found


def plain(row: Any, mark: str, kind: type) -> dict[str, Any]:
    """A row without what tells one run from another."""
    left_out = NOTICED | {
        "warning_id",
        "filing_id",
        "key",
        "event_id",
        "journal_seq",
        "hash",
        "number",
        "prev_hash",
        "signature",
        "record",
        "data",
    }
    if kind is Warning:
        left_out |= {"version"}
    return {name: masked(value, mark) for name, value in row._mapping.items() if name not in left_out}


def masked(value: Any, mark: str) -> Any:
    """A value with the name of the case taken out, in a list of objects too."""
    if isinstance(value, tuple):
        return [
            {name: masked(each, mark) for name, each in one.items()}
            if isinstance(one, Mapping)
            else masked(one, mark)
            for one in value
        ]
    return value.replace(mark, "*") if isinstance(value, str) else value


async def test_in_any_order_and_repeated(office: Office) -> None:
    await arrive(office, story(office, "straight"))
    expected = rows(office, "straight")
    assert {w["rule_id"] for w in expected["Warning"]} == {"EW-05", "EW-07", "EW-09", "EW-33"}
    clocks = {c["clock_id"] for c in expected["Clock"]}
    assert clocks == {f"PEN-{n:02}" for n in (3, 9, 10, 11, 15, 16, 19, 23, 25, 27, 28, 31)}
    assert len(expected["Clock"]) == 12 and len(expected["Received"]) == 14

    length = len(story(office, "measured"))

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def shuffled(data: Any) -> None:
        numbers = list(range(length))
        numbers += data.draw(st.lists(st.sampled_from(numbers), max_size=8), "repeats")
        orders.append(data.draw(st.permutations(numbers), "order"))

    orders: list[list[int]] = []
    shuffled()

    for order in orders:
        # Told here: while examples are drawn, chance is seeded, and two stories of one moment would share their ids.
        mark = f"n{next(NUMBERS)}"
        told = story(office, mark)
        events = [told[n] for n in order]
        await arrive(office, events)
        standing = rows(office, mark)
        standing["Warning"] = [w for w in standing["Warning"] if w["state"] != WITHDRAWN]
        names = [f"{e.type.rpartition('.')[2]} {e.seq}" for e in events]
        for kind, found in standing.items():
            assert found == expected[kind], (kind, names)


async def test_late_start_of_a_clock_that_stopped(office: Office) -> None:
    case = new_case("C-late")
    first = office.told(case, "CaseFiled", "2026-03-02 10:00")
    second = office.told(lawful(case), "DecisionMade", "2026-03-20 10:00")
    backwards = [from_headers(d.headers, d.data, d.sender, "", 0) for d in (second, first)]

    await arrive(office, backwards)

    clocks = {d.clock_id: d.state for d in (await office.case("C-late")).deadlines}
    assert clocks == {"PEN-15": 2, "PEN-16": 1, "PEN-23": 1}


async def test_concluded_review_stays_when_an_old_event_comes(office: Office) -> None:
    case = new_case("C-filed")
    filed = office.told(case, "CaseFiled", "2026-03-02 10:00")
    await office.tell(lawful(case, fine=12_000_000), "DecisionMade", "2026-03-20 10:00")
    case.report_time.FromDatetime(at("2026-03-25 10:00"))
    await office.tell(case, "MajorPenaltyFiled", "2026-03-25 10:00")
    filing = (await office.case("C-filed")).filing.filing_id
    asked = pb.RegisterFilingRequest(request_id="r-registered", filing_id=filing)
    said = verdicts((await office.call("RegisterFiling", asked)).filing.items)
    accept = pb.AcceptFilingRequest(request_id="r-filed", filing_id=filing, verdicts=said)
    await office.call("AcceptFiling", accept)

    await arrive(office, [from_headers(filed.headers, filed.data, filed.sender, "", 0)])

    clocks = {d.clock_id: d.state for d in (await office.case("C-filed")).deadlines}
    assert clocks["PEN-28"] == law_pb2.CLOCK_STATE_MET


async def test_settled_stays_settled_when_an_old_event_comes(office: Office) -> None:
    case = new_case("C-old")
    filed = office.told(case, "CaseFiled", "2026-03-02 10:00")
    await office.take(office.told(lawful(case), "DecisionMade", "2026-03-03 10:00"))
    office.clock("2026-03-30 09:00")
    await office.ticked()
    served = await office.tell(case, "DecisionServed", "2026-03-20 10:00")

    await arrive(office, [from_headers(d.headers, d.data, d.sender, "", 0) for d in (filed, served)])

    warnings = [w for w in (await office.case("C-old")).warnings if w.clock_id == "PEN-16"]
    assert [w.state for w in warnings] == [SETTLED]


async def test_an_act_is_judged_again_when_the_record_before_it_comes_late(office: Office) -> None:
    """The second legal review comes after the party's window; only the record before it says that it is the second."""
    office.clock("2026-03-25 09:00")
    case = new_case("C-before")
    case.state = case_pb2.CASE_STATE_RECHECKED
    case.notice.serve_time.FromDatetime(at("2026-03-09 10:00"))
    before = office.told(case, "DefenceRechecked", "2026-03-10 09:00")
    case.state = case_pb2.CASE_STATE_REVIEWING
    case.review.submit_time.FromDatetime(at("2026-03-10 10:00"))
    after = office.told(case, "ReviewSubmitted", "2026-03-10 10:00")
    backwards = [from_headers(d.headers, d.data, d.sender, "", 0) for d in (after, before)]

    await arrive(office, backwards[:1])
    table = CaseView.__table__
    [row] = office.running.rows(select(table.c.not_judged).where(table.c.case_id == "C-before"))
    unheard = {w.rule_id for w in (await office.case("C-before")).warnings}
    await arrive(office, backwards[1:])

    assert unheard == set() and "the record before the act" in {each["why"] for each in row.not_judged}
    assert {w.rule_id for w in (await office.case("C-before")).warnings} == {"EW-05"}
    [row] = office.running.rows(select(table.c.not_judged).where(table.c.case_id == "C-before"))
    assert "the record before the act" not in {each["why"] for each in row.not_judged}
