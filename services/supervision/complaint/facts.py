"""The facts of a complaint: the record with what the act hands in, and what the city knows of unit, people and case."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from typing import Any

from sqlmodel import select
from yifa.supervision.v1 import complaint_pb2 as pb

from services.kit.sealing import held_for_somebody, may_unseal
from services.law.moment import moment_at
from services.law.procedures.complaint import ComplaintFacts, ComplaintRecord, Conclusion, Identity, Way
from services.law.procedures.open_answer import tells_who
from services.law.procedures.penalty.remedy import lasting
from services.law.process import Move
from services.law.rule import NotAsked, fact
from services.supervision.body.model import Body
from services.supervision.case.model import CaseView
from services.supervision.certificate.model import Certificate
from services.supervision.complaint.model import Complaint
from services.supervision.head.model import Heads

IN_HAND = frozenset({"REGISTERED", "ACCEPTED", "ASSIGNED", "INVESTIGATING", "FOUND"})
"""The states in which a complaint is being handled, so that another can be handled with it."""
REMEDIES = frozenset({pb.COMPLAINT_REMEDY_RECONSIDERATION, pb.COMPLAINT_REMEDY_LITIGATION})


def word(kind: Any, value: int, lead: str, into: Any) -> Any:
    """A choice of the contract as the law calls it; None where none is made."""
    return into(kind.Name(value).removeprefix(lead)) if value else None


def state_of(complaint: pb.Complaint) -> str:
    name = str(pb.ComplaintState.Name(complaint.state)).removeprefix("COMPLAINT_STATE_")
    return "" if name == "UNSPECIFIED" else name


def act_key(about: pb.ComplainedAct) -> str:
    """What tells a unit and its act: by the case, or by the day and the words. Empty where the record tells of neither."""
    unit, act = about.body_id or about.body_name, "".join(about.act.split()).casefold()
    if not (about.case_number or about.day):
        return ""
    told = f"case/{about.case_number}" if about.case_number else f"day/{about.day}/{act}"
    return sha256(f"{unit}\0{told}".encode()).hexdigest()


def record_of(complaint: pb.Complaint, request: Any) -> ComplaintRecord:
    """What the rules ask of the record, with what the request adds to it."""
    return ComplaintRecord(
        number=complaint.number,
        identity=word(pb.ComplaintIdentity, complaint.identity, "COMPLAINT_IDENTITY_", Identity),
        person_tell_time=moment_at(complaint, "tell_time"),
        transferred_to=complaint.transferred_to,
        way=word(pb.ComplaintWay, complaint.way, "COMPLAINT_WAY_", Way),
        merged_with=complaint.merged_with,
        handlers=tuple(complaint.handlers),
        evidence=tuple(complaint.evidence),
        conclusion=word(pb.ComplaintConclusion, complaint.conclusion, "COMPLAINT_CONCLUSION_", Conclusion),
        reasons=complaint.reasons,
        document=getattr(request, "document", ""),
        answer=complaint.answer,
        new_facts=getattr(request, "new_facts", ""),
        unseal_reason=getattr(request, "reason", ""),
        rated=complaint.HasField("rating"),
        notice=complaint.acceptance_notice,
        sender_answer=complaint.sender_answer,
        sender_paper=complaint.sender_document,
        extension_count=len(complaint.extensions) - isinstance(request, pb.ExtendPetitionRequest),
        complexity=str(getattr(request, "complexity", "")),
        open_wanted=complaint.open_wanted,
        question=str(getattr(request, "question", "")),
        public_answer=str(getattr(request, "answer", "")),
        in_public=in_public(complaint) is not None,
    )


def in_public(complaint: pb.Complaint) -> pb.ComplaintPublication | None:
    """What of it is public now."""
    last = complaint.publications[-1] if complaint.publications else None
    return None if last is None or last.HasField("withdraw_time") else last


class DoneComplaint(ComplaintFacts):
    """The facts of an act that is done. `look` is a transaction."""

    def __init__(self, complaint: pb.Complaint, look: Any, move: Move, request: Any = None) -> None:
        self.complaint, self.look, self.request = complaint, look, request
        self.now = look.now
        self.record = record_of(complaint, request)

    def at(self) -> datetime:
        return self.look.now  # type: ignore[no-any-return]

    def done_by(self) -> str:
        return self.look.caller.subject  # type: ignore[no-any-return]

    @fact
    def sealed(self) -> bool:
        """By the seals themselves: that each is there, and that somebody who is named has its key."""
        return all(held_for_somebody(self.look, seal_id) for seal_id in self.complaint.seal_ids)

    def holds_identity(self) -> bool:
        return bool(self.complaint.seal_ids)

    def named_to_unseal(self) -> bool:
        return may_unseal(self.look, self.done_by())

    @fact
    def number_taken(self) -> bool:
        same = select(Complaint).where(
            Complaint.number == self.complaint.number, Complaint.complaint_id != self.complaint.complaint_id
        )
        return bool(self.look.query(same))

    @fact
    def own_matter(self) -> bool:
        """Enforcement, by a unit that the city's registry knows, with standing or without: not by what the person calls it."""
        body = self.look.find(Body, self.complaint.about.body_id) if self.complaint.about.body_id else None
        enforcement = self.complaint.matter == pb.COMPLAINT_MATTER_ENFORCEMENT
        return enforcement and body is not None

    @fact
    def in_remedy(self) -> bool:
        """As the register says, or as the case that is complained of shows."""
        return self.complaint.remedy in REMEDIES or any(
            lasting(view.case()) is not None for view in self.cases()
        )

    def same_act(self) -> bool:
        """By unit and act as both records tell them."""
        other = self.look.find(Complaint, self.complaint.merged_with)
        mine = act_key(self.complaint.about)
        return (
            other is not None
            and other.complaint_id != self.complaint.complaint_id
            and other.state in IN_HAND
            and bool(mine)
            and other.act_key == mine
        )

    def cases(self) -> list[CaseView]:
        """The cases that go by the number that is complained of."""
        number = self.complaint.about.case_number
        return self.look.query(select(CaseView).where(CaseView.case_number == number)) if number else []

    @fact
    def involved(self) -> frozenset[str]:
        """The unit by its id and its name, the people complained of, who heads the unit or holds a certificate there, and who
        handles the case.
        """
        return frozenset(self._involved()) - {""}

    def _involved(self) -> Iterator[str]:
        about = self.complaint.about
        yield from (about.body_id, about.body_name, *about.officer_ids)
        if about.body_id:
            body, heads = self.look.find(Body, about.body_id), self.look.find(Heads, about.body_id)
            yield body.name if body is not None else ""
            yield from (term["officer"] for term in (heads.terms if heads is not None else ()))
            holders = select(Certificate).where(Certificate.body_id == about.body_id)
            yield from (row.officer_id for row in self.look.query(holders))
        for view in self.cases():
            yield from (officer.officer_id for officer in view.case().officers)

    def petition(self) -> bool:
        return is_petition(self.complaint)

    def passed_on(self) -> bool:
        return self.petition() and bool(self.complaint.source_unit.strip())

    @fact
    def names_somebody(self) -> bool:
        """By the names on the certificates of who is complained of, and by what a text holds."""
        said = (self.record.question, self.record.public_answer)
        held = select(Certificate).where(Certificate.officer_id.in_(list(self.complaint.about.officer_ids)))  # type: ignore[attr-defined]
        people = {row.officer_name for row in self.look.query(held)} | {*self.complaint.about.officer_ids}
        return tells_who(*said) or any(name and name in text for name in people for text in said)

    def receipt_shown(self) -> bool:
        if self.request is None:
            raise NotAsked
        return by_receipt(self.complaint, self.request.receipt)


def is_petition(complaint: pb.Complaint) -> bool:
    return bool(complaint.source == pb.COMPLAINT_SOURCE_PETITION)


def conditions(complaint: pb.Complaint) -> frozenset[str]:
    """Which conditions of clocks hold: those of petitions, and of petitions whose author can be told."""
    if not is_petition(complaint):
        return frozenset()
    named = complaint.identity == pb.COMPLAINT_IDENTITY_NAMED
    return frozenset({"petition", *(["petition_by_name"] if named else [])})


def by_receipt(complaint: pb.Complaint, code: str) -> bool:
    """Whether a code is the receipt of a complaint."""
    return bool(complaint.receipt_hash) and compare_digest(complaint.receipt_hash, hash_of(code))


def hash_of(code: str) -> str:
    return sha256(code.encode()).hexdigest()
