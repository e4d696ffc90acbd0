"""From the clue to the filed case (APL 54)."""

from collections.abc import Iterable

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import clue_pb2 as clues
from yifa.enforcement.v1 import decision_pb2 as decisions
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.body.model import Body
from services.enforcement.case.act import act, check_digest
from services.enforcement.case.facts import legible
from services.enforcement.case.party import mask_party, sound_party
from services.enforcement.paper.number import next_number
from services.enforcement.party_file.model import FILES
from services.kit.act import Do
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.moment import put_moment
from services.law.parameters import Layers
from services.law.party_file import of_case
from services.law.procedures.penalty import PENALTY
from services.law.procedures.penalty.body import matter_of


def new_case(
    tx: Tx, request: clues.RegisterClueRequest | decisions.MakeSpotDecisionRequest, procedure: int
) -> cases.Case:
    """A case that nothing was done in yet. Raises Malformed for a violation at no possible time, a party's wrong number."""
    sound_party(request.party, tx.now.astimezone(SHANGHAI).date())
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
    body = tx.find(Body, request.body_id)
    case.sector = tx.sector_of(body.field if body else "")
    if body:
        case.body_name, case.in_name_of = body.name, body.mandator_name
        case.area_code = case.area_code or body.area_code
    return case


def keep_party(case: cases.Case, do: Do) -> None:
    """Keep the party's identity number in the row alone; the record shows it masked, as replies and events do."""
    do.row.identity_number = case.party.identity_number
    mask_party(case.party, case.party.identity_number, do.now.astimezone(SHANGHAI).date())
    FILES.file(do.tx, of_case(case, do.row.identity_number))


def add_evidence(case: cases.Case, evidence: Iterable[cases.FirstEvidence]) -> None:
    """Add what came with the clue or what its check found. Raises Malformed for a digest that is none."""
    for n, piece in enumerate(evidence):
        check_digest(piece, f"evidence[{n}].")
        case.clue.evidence.append(piece)


def _clue(request: clues.RegisterClueRequest, tx: Tx) -> cases.Case:
    case = new_case(tx, request, cases.PROCEDURE_ORDINARY)
    case.clue.source, case.clue.summary = request.source, request.summary
    add_evidence(case, request.evidence)
    return case


@act(PENALTY.REGISTER_CLUE, begins=_clue, loads=((Body, "body_id"),))
def register_clue(_request: clues.RegisterClueRequest, case: cases.Case, do: Do) -> events.ClueRegistered:
    """Register a clue: the case begins (APL 54)."""
    put_moment(case.clue.receive_time, do.at)
    keep_party(case, do)
    return events.ClueRegistered()


def clue_of_inspection(tx: Tx, request: clues.RegisterClueRequest, inspection_id: str) -> str:
    """Register what an inspection found, in its transaction; the case that begins. Raises Unlawful, Malformed."""
    case = _clue(request, tx)
    case.clue.inspection_id = inspection_id
    put_moment(case.clue.receive_time, tx.now)

    def keep(_request: clues.RegisterClueRequest, case: cases.Case, do: Do) -> events.ClueRegistered:
        keep_party(case, do)
        return events.ClueRegistered()

    act.do(tx, PENALTY.REGISTER_CLUE, case, request, keep)
    return case.case_id


@act(PENALTY.DECLINE_CLUE)
def decline_clue(request: clues.DeclineClueRequest, case: cases.Case, _do: Do) -> events.ClueNotFiled:
    """Decide not to file, with the reason (SAMR 20)."""
    case.cause = request.cause
    return events.ClueNotFiled(cause=request.cause)


def _what_is_filed(request: clues.FileCaseRequest, case: cases.Case, _tx: Tx) -> None:
    case.item_id = request.item_id or case.item_id
    case.area_code = request.area_code or case.area_code
    case.violation.law = request.law or case.violation.law
    if request.HasField("occur_time"):
        legible(request, "occur_time")
        case.violation.occur_time.CopyFrom(request.occur_time)
    add_evidence(case, request.evidence)
    case.matter = matter_of(case)


@act(PENALTY.FILE_CASE, takes=_what_is_filed)
def file_case(request: clues.FileCaseRequest, case: cases.Case, do: Do) -> events.CaseFiled:
    """File the case under its number (APL 54(2)). Starts the 90 days of article 60."""
    if (before := do.facts.filed_before()) is not None:
        case.distinct_case_id = before.case_id
    case.distinct_reason = request.distinct_reason
    case.case_number = next_number(do.tx, case.body_id, "filing", do.now)
    put_moment(case.file_time, do.now)
    case.filer = do.caller
    case.review_order = review_order(do.tx.parameters, case.sector, do.now)
    return events.CaseFiled()


def review_order(parameters: Layers, sector: str, at: object) -> int:
    """When legal review comes in the procedure of a sector, on a day."""
    after = parameters.value("review.after_defence", at.astimezone(SHANGHAI).date(), sector).value
    return cases.REVIEW_ORDER_AFTER_DEFENCE if after else cases.REVIEW_ORDER_BEFORE_NOTICE
