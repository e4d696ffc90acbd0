"""A lawful penalty case for the rules to look at, and one way to break each rule on it.

Each file of the procedure has one of its name here: there a new rule has its break (BREAKS), and a new act how the record stands
before it, where that is otherwise than in any decided case (BEFORE).
"""

from collections.abc import Mapping
from types import MappingProxyType

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import party_pb2 as parties

from services.given.case import verified
from services.law.procedures.penalty import SUMMARY
from services.law.process import Move, Process
from tests.law.penalty import (
    archive,
    beside,
    body,
    collection,
    correction,
    decision,
    defence,
    deferral,
    discretion,
    ending,
    gains,
    heads,
    hearing,
    inquiry,
    law_then,
    lenience,
    no_penalty,
    outcome,
    own_correction,
    performance,
    proving,
    publicity,
    questioning,
    recusal,
    refund,
    remedy,
    same_act,
    service,
    shared,
    spot,
    stay,
    suspension,
    taking,
    transfer,
)
from tests.law.penalty.change import Before, Breaks, put
from tests.law.penalty.known import AREA, BODY, OWNER_ITEM, PAPER, Known, penalty

FILES = (
    shared, beside, body, inquiry, taking, law_then, no_penalty, lenience, gains, proving, questioning, decision,
    discretion, defence, ending, deferral, performance,
    collection, transfer, recusal, publicity, refund, remedy, same_act, service, spot, correction, heads, hearing, outcome,
    own_correction,
    stay, suspension, archive,
)  # fmt: skip


def _all(name: str) -> Mapping:
    """The entries of all files. Raises ValueError for what two of them have."""
    found = [(key, value) for file in FILES for key, value in getattr(file, name, {}).items()]
    if len({key for key, _ in found}) < len(found):
        raise ValueError(f"{name}: two files say the same")
    return MappingProxyType(dict(found))


BREAKS: Breaks = _all("BREAKS")
BEFORE: Before = _all("BEFORE")


def lawful(table: Process, move: Move) -> Known:
    """The facts of a lawful act."""
    return Known(move, record(table, move))


def record(table: Process, move: Move) -> cases.Case:
    """The record as it lawfully stands before an act."""
    summary = table is SUMMARY
    case = cases.Case(
        case_id="C-1", node="huanbao", body_id=BODY, item_id=OWNER_ITEM, area_code=AREA, evidence_count=1,
        evidence_marks=verified(1),
        procedure=cases.PROCEDURE_SUMMARY if summary else cases.PROCEDURE_ORDINARY, source=cases.CASE_SOURCE_SYSTEM,
        state=cases.CaseState.Value(f"CASE_STATE_{move.source}") if move.source else 0,
        party={"kind": parties.PARTY_KIND_ORGANISATION, "name": "示例企业", "identity_number": "914***********001X",
               "address": PAPER.address},
        clue={"evidence": [{"title": "照片"}]}, violation={"title": "示例违法行为", "law": "示例法第一条"},
        officers=[{"officer_id": "O-1"}, {"officer_id": "O-2"}],
    )  # fmt: skip
    put(case, "violation.occur_time", 90)
    put(case, "clue.receive_time", 80)
    if summary:
        case.decision.penalty.fine.fen = 100
        put(case, "decision.decide_time", 2)
        put(case, "spot_report_time", 1)
    elif move.source not in ("", "CLUE"):
        carry_on(case)
    if move.act in BEFORE:
        BEFORE[move.act](case)
    return case


def carry_on(case: cases.Case) -> None:
    """What a case holds once it was reviewed, told and decided."""
    case.proposal.CopyFrom(penalty())
    case.review.passed, case.review.reviewer = True, "reviewer-1"
    put(case, "review.conclude_time", 60)
    case.notice.penalty.CopyFrom(penalty())
    case.notice.facts, case.notice.reasons, case.notice.basis = "事实", "理由", "依据"
    put(case, "notice.serve_time", 50)
    put(case, "notice.window_end", 40)
    case.decision.penalty.CopyFrom(penalty())
    case.decision.decider, case.decision.major = "head-1", True
    case.decision.document_number = "示罚决〔2026〕1号"
    put(case, "decision.decide_time", 20)
