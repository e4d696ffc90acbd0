"""The facts of a supervision matter at the city: the record with what the act hands in, and what the city's own records say."""

from datetime import datetime
from typing import Any

from sqlmodel import select
from yifa.enforcement.v1 import case_pb2
from yifa.enforcement.v1.supervision_answer_pb2 import (
    SUPERVISION_ANSWER_KIND_OBJECTION,
    SUPERVISION_ANSWER_KIND_REPORT,
    SUPERVISION_ANSWER_KIND_STATEMENT,
)
from yifa.supervision.v1 import supervision_order_pb2 as pb

from services.law.fine_target import sets_target
from services.law.moment import moment_at, moment_of
from services.law.procedure import whole
from services.law.procedures.penalty.remedy import lasting
from services.law.procedures.supervision_order.facts import (
    Finding,
    SupervisionDocument,
    SupervisionFacts,
    SupervisionRecord,
)
from services.law.process import Move
from services.law.rule import fact
from services.law.standing import Person
from services.supervision.body.model import Body
from services.supervision.case.model import CaseView
from services.supervision.case.part import concerned
from services.supervision.certificate.model import FieldAct
from services.supervision.certificate.office import supervisor_at
from services.supervision.head.model import Heads
from services.supervision.supervision_order.source import stands

SERVED = frozenset({"LETTER_SERVED", "OPINION_SERVED", "DECISION_SERVED"})


@whole
class Supervised(SupervisionFacts):
    """An act about a matter. `look` is a transaction or a view; `request` what the act hands in, None where nobody asks."""

    def __init__(self, record: pb.SupervisionOrder, look: Any, _move: Move, request: Any = None) -> None:
        self.order, self.look, self.now, self.request = record, look, look.now, request
        self.record = recorded(record, request, str(look.caller.subject))

    @fact
    def people(self) -> tuple[Person, ...]:
        return tuple(supervisor_at(self.look, person, self.now) for person in self.record.supervisors)

    def at(self) -> datetime:
        return self.now

    def sector(self) -> str:
        return self.order.sector

    def case(self) -> case_pb2.Case | None:
        view = self.look.find(CaseView, self.order.case_id) if self.order.case_id else None
        return view.case() if view is not None else None

    def source_stands(self) -> bool:
        return stands(self.look, self.order)

    def unit_known(self) -> bool:
        order = self.order
        body, case = self.look.find(Body, order.body_id), self.case()
        if body is None or body.from_time is None or body.node != order.node:
            return False
        return not order.case_id or (
            case is not None and (case.node, case.body_id) == (order.node, order.body_id)
        )

    def from_warning(self) -> bool:
        return bool(self.order.source.kind == pb.SUPERVISION_SOURCE_KIND_WARNING)

    def in_remedy(self) -> bool:
        """By the case, or by the paper with which a remedy that the city hears nothing of was accepted."""
        case = self.case()
        shown = bool(self.order.triage.remedy_document.strip())
        return shown or (case is not None and lasting(case) is not None)

    def person_asks(self) -> bool:
        return bool(self.order.source.kind == pb.SUPERVISION_SOURCE_KIND_COMPLAINT)

    def involved(self) -> frozenset[str]:
        case = self.case()
        if case is None:
            return frozenset()
        return concerned(self.look, case)

    def officer_known(self) -> bool:
        person = self.record.person
        if not person:
            return False
        heads = self.look.find(Heads, self.order.body_id)
        headed = heads is not None and any(term["officer"] == person for term in heads.terms)
        return person in self.involved() or headed or self._acted(person)

    def _acted(self, person: str) -> bool:
        """Whether it acted as an officer in a case of the department."""
        acts = self.look.query(select(FieldAct).where(FieldAct.officer_id == person).limit(50))
        views = (self.look.find(CaseView, act.case_id) for act in acts)
        return any(view is not None and view.node == self.order.node for view in views)

    def fine_target(self) -> bool:
        """That somebody set a target may be stated as a fact."""
        return bool(sets_target(self.record.document.correction))

    def overdue(self) -> bool:
        end = self.record.document.term_end_time
        state = pb.SupervisionOrderState.Name(self.order.state).removeprefix("SUPERVISION_ORDER_STATE_")
        return state in SERVED and end is not None and self.now >= end

    def proposal_open(self) -> bool:
        """Of a statement, that none was made before; of an answer, that there was none."""
        turn, kind = getattr(self.request, "turn", ""), getattr(self.request, "kind", 0)
        proposed = next((p for p in self.order.person_proposals if p.proposal_id == turn), None)
        if proposed is None or proposed.HasField("answer_time"):
            return False
        if kind != SUPERVISION_ANSWER_KIND_STATEMENT:
            return True
        stated = any(a.kind == kind and a.turn == turn for a in self.order.answers)
        return not stated and self.request.answerer == proposed.officer_id


def recorded(order: pb.SupervisionOrder, request: Any, caller: str) -> SupervisionRecord:
    """What a matter says, as its rules ask for it: of those of its parts of which there may be several, the last."""

    def said(*names: str) -> str:
        return next((str(text) for name in names if (text := getattr(request, name, ""))), "")

    checked = order.verifications[-1] if order.verifications else None
    report = next(
        (
            a
            for a in reversed(order.answers)
            if a.kind == SUPERVISION_ANSWER_KIND_REPORT and a.turn == str(order.rounds)
        ),
        None,
    )
    proposed = order.person_proposals[-1] if order.person_proposals else pb.PersonProposal()
    circulated = order.circulated[-1] if order.circulated else pb.CirculatedCriticism()
    return SupervisionRecord(
        person_tell_time=moment_at(order, "triage.person_tell_time"),
        supervisors=supervisors_of(order, request, caller),
        measure=order.measures[-1].record if order.measures else "",
        findings=tuple(
            Finding(pb.SupervisionFinding.Name(kind).removeprefix("SUPERVISION_FINDING_"))
            for kind in order.findings.kinds
            if kind
        ),
        major=order.major,
        document=document_of(order.document),
        report_time=moment_of(report.answer_time) if report is not None else None,
        report=said("text"),
        verifier=caller,
        examiner=caller,
        correct_time=moment_of(checked.verify_time) if checked is not None and checked.corrected else None,
        send_back_time=_sent_back(order),
        objection_open=waiting(order) is not None,
        prominent=circulated.prominent,
        person=proposed.officer_id,
        factors=proposed.factors,
        competent_body=said("receiver", "competent_body", "authority"),
        authority_document=said("document_number"),
        reasons=said("reasons", "text"),
    )


NAMING = (
    pb.AcceptSupervisionRequest,
    pb.BeginSupervisionInquiryRequest,
    pb.ReplaceSupervisorsRequest,
    pb.TakeInquiryMeasureRequest,
)
"""What names itself who supervises."""


def supervisors_of(order: pb.SupervisionOrder, request: Any, caller: str) -> tuple[str, ...]:
    """Those whom the act names; else who does it, with those of the matter."""
    named = request.supervisors if isinstance(request, NAMING) else (caller, *order.supervisors)
    return tuple(dict.fromkeys(name.strip() for name in named if name.strip()))


def _sent_back(order: pb.SupervisionOrder) -> datetime | None:
    """When a report was found wanting last."""
    wanting = [c for c in order.verifications if not c.corrected]
    return moment_of(wanting[-1].verify_time) if wanting else None


def document_of(document: pb.SupervisionDocument) -> SupervisionDocument:
    text = document.text
    return SupervisionDocument(
        number=document.document_number,
        facts=text.facts,
        basis=text.basis,
        correction=text.correction,
        term_days=text.term_days,
        term_end_time=moment_at(document, "term_end_time"),
        report_asked=text.report_asked,
        objection_right_told=text.objection_right_told,
        receipt=document.receipt,
        issuer=document.issuer,
    )


def waiting(order: pb.SupervisionOrder) -> str | None:
    """The objection that waits for its answer."""
    decided = {o.answer_id for o in order.objections}
    raised = (a.answer_id for a in order.answers if a.kind == SUPERVISION_ANSWER_KIND_OBJECTION)
    return next((answer for answer in raised if answer not in decided), None)
