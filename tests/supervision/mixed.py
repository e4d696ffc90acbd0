"""What two departments and the registry tell in some weeks: lawful acts and unlawful ones, in order and late, some twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from google.protobuf.message import Message
from yifa.enforcement.v1 import benchmark_pb2 as benchmarks
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.enforcement.v1 import evidence_pb2
from yifa.registry.v1 import body_pb2, certificate_pb2, post_pb2, power_pb2
from yifa.registry.v1 import events_pb2 as registry

from services.kit.journal import Envelope, from_headers
from services.law.procedures.penalty.body import matter_of
from tests.supervision.office import CITY, ENVIRONMENT, URBAN, Journal, at, lawful, new_case, number_of

NODES = (ENVIRONMENT, URBAN)
ITEM, BAND = "BM-mixed", "2"
Told = tuple[str, str, Message, str, str]
"""Node, service, event, moment and subject."""


def mixed(many: int) -> list[Envelope]:
    """The events of so many cases, as they come: those of a case mostly in order, and between them those of the others."""
    journals: dict[tuple[str, str], Journal] = {}
    entries = []
    for node, service, event, when, subject in arranged(many):
        journal = journals.setdefault((node, service), Journal(node, service))
        d = journal.entry(event, at(when), subject)
        entries.append(from_headers(d.headers, d.data, d.sender, "", d.position))
    again = [entries[n] for n in range(5, len(entries), 23)]
    return [*entries, *again]


def arranged(many: int) -> Iterator[Told]:
    yield from registered()
    lives = [[*life(n)] for n in range(many)]
    for n, told in enumerate(lives):
        if n % 5 == 2:  # told late: the fourth act comes when the seventh is known
            told.insert(6, told.pop(3))
        if n % 7 == 3:  # nobody told of the beginning before the end
            told.append(told.pop(0))
    late = [*of_late()]
    while any(lives):
        for n in range(0, len(lives), 3):
            for told in lives[n : n + 3]:
                # some cases have several events at once, as when a link was cut
                for _ in range(1 + 4 * (n % 2)):
                    if told:
                        yield told.pop(0)
            if late and n % 2:
                yield late.pop(0)
    yield from late


def registered() -> Iterator[Told]:
    """Most certificates, the bodies, and an item of a benchmark."""
    for node in NODES:
        for n in range(4):
            yield certificate(f"O-{node}-{n}", node)
        body = body_pb2.EnforcementBody(
            body_id=f"B-{node}",
            node=node,
            name=node,
            version=1,
            unified_social_credit_code="11440703007000000X",
            seal="示章001",
        )
        yield CITY, "registry", registry.BodyConfirmed(body=body), "2026-01-05 09:00", body.body_id
    item = benchmarks.Benchmark(
        benchmark_id=ITEM, code="1-1", statute="环境影响评价法", violation="未批先建", version=1,
        publish_time=at("2026-01-01 09:00"),
        bands=[benchmarks.Band(code=BAND, level="一般", standard="罚款", min_fine={"fen": 100}, max_fine={"fen": 2_000_000})],
        statute_fines=[benchmarks.Fine(low={"value": 0}, high={"value": 5_000_000})],
    )  # fmt: skip
    yield ENVIRONMENT, "enforcement", enforcement.BenchmarkPublished(benchmark=item), "2026-01-06 09:00", ITEM


def of_late() -> Iterator[Told]:
    """What changes how acts of before are judged: heads, an item, certificates that came, or were suspended."""
    yield certificate(f"O-{URBAN}-9", URBAN)
    for node in NODES:
        for head in ("H-1", "H-2"):
            held = post_pb2.Appointment(
                appointment_id=f"AP-{node}-{head}", body_id=f"B-{node}", node=node, officer_id=head, version=1,
                from_time=at("2020-01-01 00:00"), rank=post_pb2.POST_RANK_CHIEF,
            )  # fmt: skip
            event = registry.OfficerAppointed(appointment=held)
            yield node, "registry", event, "2026-03-10 09:00", held.appointment_id
    item = power_pb2.PowerItem(
        item_id="I-mixed", body_id=f"B-{URBAN}", name="示例事项", kind=1, version=1, penalty_kinds=[3]
    )
    yield CITY, "registry", registry.PowerItemChanged(item=item), "2026-03-10 10:00", item.item_id
    yield certificate(f"O-{ENVIRONMENT}-1", ENVIRONMENT, suspended="2026-03-04 09:00")


def certificate(officer: str, node: str, suspended: str = "") -> Told:
    held = certificate_pb2.Certificate(
        certificate_number=number_of(officer), officer_id=officer, officer_name=officer, node=node,
        issue_time=at("2025-01-05 00:00"), expire_time=at("2031-01-05 00:00"), version=2 if suspended else 1,
    )  # fmt: skip
    if suspended:
        held.suspensions.add().from_time.FromDatetime(at(suspended))
    kind = registry.CertificateSuspended if suspended else registry.CertificateIssued
    return CITY, "registry", kind(certificate=held), "2026-03-11 09:00", held.certificate_number


@dataclass
class Life:
    """A case as its department goes on telling of it; what is wrong with it goes by its number."""

    n: int
    case: cases.Case

    def act(self, name: str, when: str, state: int = 0, **more: Any) -> Told:
        case, late = self.case, self.n % 9 == 4
        case.version, case.state = case.version + 1, state or case.state  # type: ignore[assignment]
        case.update_time.FromDatetime(at(when))
        case.last_act.actor = "O-1"
        case.last_act.act_time.FromDatetime(at(when))
        case.last_act.record_time.FromDatetime(at(when) + timedelta(hours=50 if late else 1))
        event = getattr(enforcement, name)(case=case, **more)
        return case.node, "enforcement", event, when, case.case_id

    def collected(self, when: str, *collectors: str) -> Told:
        n = self.n
        found = evidence_pb2.Evidence(
            evidence_id=f"E-{n}", case_id=self.case.case_id, collector_ids=collectors, collect_time=at(when),
            source="" if n % 10 == 7 else "现场检查", certificate_shown=n % 11 != 6,
        )  # fmt: skip
        return self.act("EvidenceRecorded", when, evidence=found)


def life(n: int) -> Iterator[Told]:
    """A case from its clue to its closing."""
    node = NODES[n % 2]
    officers = (f"O-{node}-{n % 4}", f"O-{node}-{9 if n % 6 == 1 else (n + 1) % 4}")
    case = new_case(f"C-mixed-{n}", node, officers)
    case.state, case.body_id, case.area_code = cases.CASE_STATE_CLUE, f"B-{node}", "440703"
    case.party.name, case.party.identity_number = f"示例公司{n // 4}", "914***********0016"
    case.violation.occur_time.FromDatetime(at("2026-02-20 10:00") + timedelta(days=n % 3))
    case.item_id = "I-mixed" if n % 8 == 5 else ""
    yield from inquired(Life(n, case), officers)
    yield from decided(Life(n, case))


def inquired(its: Life, officers: tuple[str, ...]) -> Iterator[Told]:
    yield its.act("ClueRegistered", "2026-02-27 09:00")
    its.case.file_time.FromDatetime(at("2026-03-02 10:00") + timedelta(minutes=its.n))
    its.case.matter = matter_of(its.case)
    yield its.act("CaseFiled", "2026-03-02 10:00", cases.CASE_STATE_FILED)
    yield its.act("OfficersAssigned", "2026-03-02 11:00", cases.CASE_STATE_INVESTIGATING)
    yield its.collected("2026-03-03 10:00", *officers)
    yield its.collected("2026-03-04 10:00", *officers[: 1 if its.n % 6 == 0 else 2])
    yield its.act("ReviewSubmitted", "2026-03-05 10:00", cases.CASE_STATE_REVIEWING)


def decided(its: Life) -> Iterator[Told]:
    n, case = its.n, its.case
    then = cases.Case.FromString(case.SerializeToString())
    lawful(then, 1_000_000 + 7_000_000 * (n % 4), "2026-03-20 10:00")
    case.review.CopyFrom(then.review)
    case.review.reviewer = case.officers[0].officer_id if n % 13 == 8 else "O-9"
    yield its.act("ReviewConcluded", "2026-03-06 10:00", cases.CASE_STATE_REVIEWED)
    case.party.CopyFrom(then.party)
    if n % 7 != 5:
        case.notice.CopyFrom(then.notice)
    yield its.act("PriorNoticeServed", "2026-03-09 10:00", cases.CASE_STATE_NOTICED)
    case.defence.CopyFrom(then.defence)
    case.decision.CopyFrom(then.decision)
    if n % 2 == 0:
        case.decision.penalty.benchmark_id, case.decision.penalty.band_code = ITEM, BAND
    yield its.act("DecisionMade", "2026-03-20 10:00", cases.CASE_STATE_DECIDED)
    case.service.CopyFrom(then.service)
    case.service.serve_time.FromDatetime(at("2026-03-21 10:00"))
    yield its.act("DecisionServed", "2026-03-21 10:00", cases.CASE_STATE_SERVED)
    if n % 4 == 1:
        case.report_time.FromDatetime(at("2026-03-22 10:00"))
        yield its.act("MajorPenaltyFiled", "2026-03-22 10:00")
    if n % 7 != 6:
        yield remedied(its, "2026-03-23 10:00")
    case.close_time.FromDatetime(at("2026-03-24 10:00"))
    yield its.act("CaseClosed", "2026-03-24 10:00", cases.CASE_STATE_CLOSED)


def remedied(its: Life, when: str) -> Told:
    annulled = its.n % 5 == 4
    outcome = its.case.outcomes.add(
        kind=cases.OUTCOME_KIND_ANNULLED if annulled else cases.OUTCOME_KIND_UPHELD,
        remedy=cases.REMEDY_RECONSIDERATION, authority="示例市人民政府", document=f"{its.n}号",
    )  # fmt: skip
    outcome.outcome_time.FromDatetime(at(when))
    if annulled:
        its.case.set_aside.kind = cases.SET_ASIDE_KIND_ANNULLED
        its.case.set_aside.set_aside_time.FromDatetime(at(when))
    return its.act("DecisionAnnulled" if annulled else "DecisionUpheld", when, outcome=outcome)
