"""From the clue to the filed case, and the ways a case ends before a decision."""

from collections.abc import Iterable
from datetime import datetime

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import enforcement_service_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.facts import Facts, put_moment
from services.enforcement.model import Body, Case
from services.enforcement.process import NAMES, step
from services.enforcement.rules.jurisdiction import matter_of
from services.enforcement.servicer.acts import act, legible, masked, next_number, open_case, when
from services.enforcement.servicer.gather import (
    confirmed,
    first_filed,
    jurisdiction,
    of_matter,
    powers,
    review_order,
)
from services.kit.refusal import Malformed
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.limitation import limitation_ends

SHA256_BYTES = 32


class Clues:
    @write(loads=(Body, "body_id"))
    def RegisterClue(self, request: pb.RegisterClueRequest, tx: Tx) -> pb.RegisterClueResponse:
        """Register a clue: the case begins (APL 54)."""
        at = when(request, "receive_time", tx.now)
        case = new_case(tx, request, cases.PROCEDURE_ORDINARY)
        case.clue.source, case.clue.summary = request.source, request.summary
        add_evidence(case, request.evidence)
        put_moment(case.clue.receive_time, at)
        facts = Facts(
            case,
            tx.now,
            at,
            body_confirmed=confirmed(tx.find, request.body_id, tx.node),
            **powers(tx.find, case, tx.now, named=False),
        )
        case.state = step("REGISTER_CLUE", facts)
        row = add_case(tx, case, request.party)
        return pb.RegisterClueResponse(case=act(tx, row, case, events.ClueRegistered(), at))

    @write(loads=(Case, "case_id"))
    def DeclineClue(self, request: pb.DeclineClueRequest, tx: Tx) -> pb.DeclineClueResponse:
        """Decide not to file, with the reason (SAMR 20)."""
        row, case = open_case(tx, request.case_id)
        case.state = step(
            "DECLINE_CLUE", Facts(case, tx.now, tx.now, caller=tx.caller.subject, cause=request.cause)
        )
        case.cause = request.cause
        return pb.DeclineClueResponse(case=act(tx, row, case, events.ClueNotFiled(cause=request.cause)))

    @write(loads=(Case, "case_id"))
    def FileCase(self, request: pb.FileCaseRequest, tx: Tx) -> pb.FileCaseResponse:
        """File the case under its number (APL 54(2)). Starts the 90 days of article 60."""
        row, case = open_case(tx, request.case_id)
        case.item_id = request.item_id or case.item_id
        case.area_code = request.area_code or case.area_code
        case.violation.law = request.law or case.violation.law
        add_evidence(case, request.evidence)
        case.matter = matter_of(case)
        before = filed_before(tx, case)
        facts = Facts(
            case,
            tx.now,
            tx.now,
            caller=tx.caller.subject,
            body_confirmed=confirmed(tx.find, case.body_id, tx.node),
            **powers(tx.find, case, tx.now, named=True),
            **jurisdiction(tx.find, case),
            filed_before=before,
            distinct_reason=request.distinct_reason,
            limitation_end=limitation_end(tx, case),
            first_evidence=bool(case.clue.evidence),
            punishable=bool(case.violation.law.strip() or case.violation.benchmark_id or case.item_id),
        )
        case.state = step("FILE", facts)
        if before is not None:
            case.distinct_case_id, case.distinct_reason = before.case_id, request.distinct_reason
        case.case_number = next_number(tx, tx.get(Body, case.body_id), "立", tx.now)
        put_moment(case.file_time, tx.now)
        case.review_order = review_order(tx.parameters, case.sector, tx.now)
        return pb.FileCaseResponse(case=act(tx, row, case, events.CaseFiled()))

    @write(loads=(Case, "case_id"))
    def TerminateCase(self, request: pb.TerminateCaseRequest, tx: Tx) -> pb.TerminateCaseResponse:
        """End the case without a decision (SAMR 47)."""
        row, case = open_case(tx, request.case_id)
        case.state = step("TERMINATE", Facts(case, tx.now, tx.now, caller=tx.caller.subject))
        case.cause = request.cause
        return pb.TerminateCaseResponse(case=act(tx, row, case, events.CaseTerminated(cause=request.cause)))


def new_case(
    tx: Tx, request: pb.RegisterClueRequest | pb.MakeSpotDecisionRequest, procedure: int
) -> cases.Case:
    """A case that nothing was done in yet. Raises Malformed for a violation at no possible time."""
    if request.violation.HasField("occur_time"):
        legible(request.violation, "occur_time", "violation.occur_time")
    case = cases.Case(
        case_id=tx.new_id("C-"),
        node=tx.node,
        body_id=request.body_id,
        procedure=procedure,
        source=cases.CASE_SOURCE_SYSTEM,
        party=request.party,
        violation=request.violation,
        item_id=request.item_id,
        area_code=request.area_code,
    )
    case.party.identity_number = masked(request.party.identity_number)
    body = tx.find(Body, request.body_id)
    case.sector = tx.sector_of(body.field if body else "")
    if body:
        case.body_name, case.in_name_of = body.name, body.mandator_name
        case.area_code = case.area_code or body.area_code
    return case


def add_evidence(case: cases.Case, evidence: Iterable[cases.FirstEvidence]) -> None:
    """Add what came with the clue or what its check found. Raises Malformed for a digest that is none."""
    for n, piece in enumerate(evidence):
        if piece.sha256 and len(piece.sha256) != SHA256_BYTES:
            said = ("is no SHA-256 digest of 32 bytes", "不是32字节的SHA-256摘要")
            raise Malformed({f"evidence[{n}].sha256": said})
        case.clue.evidence.append(piece)


def filed_before(tx: Tx, case: cases.Case) -> cases.Case | None:
    """The open case of the same matter that was filed before, if there is one (APL 25(1))."""
    if not case.matter:
        return None
    rows: list[Case] = tx.query(of_matter(case))
    return first_filed((row.record for row in rows), case)


def add_case(tx: Tx, case: cases.Case, party: cases.Party) -> Case:
    """The row of a new case; `act` fills in the record."""
    return tx.add(
        Case.new(
            case_id=case.case_id,
            state=NAMES[case.state],
            identity_number=party.identity_number,
            version=0,
            record=b"",
        )
    )


def limitation_end(tx: Tx, case: cases.Case) -> datetime | None:
    """The last moment for the violation to be discovered, when its time is known (APL 36)."""
    if not case.violation.HasField("occur_time"):
        return None
    occurred = legible(case.violation, "occur_time").astimezone(SHANGHAI)
    return limitation_ends(occurred, tx.calendar, harm_to_safety=case.violation.harm_to_safety).at
