"""Corrections of clerical slips (补正、更正) in the records of inspections, measures and referrals, proposed with a
reason, approved by another, and what was is kept for ever (APL 75(2)). Only words are corrected: no time, no person, no outcome.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from yifa.enforcement.v1.case_pb2 import RECORD_CORRECTION_STATE_PENDING as _PENDING
from yifa.enforcement.v1.case_pb2 import RecordCorrection

from services.law.moment import moment_of
from services.law.rule import rule

LAW = "APL-2021:75(2)"
Words = tuple[str, str]
# fmt: off
PLACES: Mapping[str, Mapping[str, Words]] = MappingProxyType({
    "inspection": MappingProxyType({
        "scope": ("检查方案", "scope"), "alone_reason": ("单独检查的理由", "why it is made alone"),
        "site_record.findings": ("现场检查笔录", "record of the visit"), "site_record.present": ("在场人员", "who was there"),
        "site_record.signature_note": ("签字备注", "note on the signature"),
        "site_record.location": ("笔录存放位置", "where the record is kept"), "file_number": ("备案号", "filing number"),
        "conclusion.text": ("检查结论", "conclusion"), "publish_address": ("公开地址", "where it was made public"),
    }),
    "measure": MappingProxyType({
        "reasons": ("申请理由", "reasons of the request"), "urgency": ("紧急情况", "why it could not wait"),
        "refuse_reason": ("不予批准的理由", "why it was refused"), "execution.witness": ("见证人", "witness"),
        "execution.decision.address": ("当事人地址", "address of the party"),
        "execution.decision.reasons": ("决定书理由", "reasons of the decision"),
    }),
    "referral": MappingProxyType({
        "suspicion": ("涉嫌犯罪事实", "facts of the suspicion"), "report": ("移送报告", "report"),
        "reasons": ("不移送的理由", "why it is not referred"), "police": ("受移送机关", "to whom it was sent"),
        "supervision": ("立案监督建议", "what the procuratorate was told"), "things": ("移交物品清单", "things handed over"),
    }),
})
# fmt: on


@dataclass(frozen=True)
class Slip:
    """A correction that is proposed or decided. known: whether the place can be corrected; said: what the record says there;
    took_part: those who did what is recorded.
    """

    known: bool = False
    said: str = ""
    before: str = ""
    after: str = ""
    reason: str = ""
    proof: str = ""
    proposer: str = ""
    approver: str = ""
    pending: bool = False
    took_part: frozenset[str] = frozenset()


def slip_of(record: Any, kind: str, act: str, took_part: Collection[str]) -> Slip:
    """The correction that an act handed into a record, or decided; an empty one where there is none."""
    if act.startswith("DECIDE_"):
        decided = [
            (moment_of(c.decide_time), c.state == _PENDING, n, c)
            for n, c in enumerate(record.corrections)
            if c.HasField("decide_time")
        ]
        told = max(decided, key=lambda each: each[:3])[-1] if decided else RecordCorrection()
    else:
        told = record.corrections[-1] if record.corrections else RecordCorrection()
    known = told.field in PLACES[kind]
    return Slip(
        known,
        value_at(record, told.field) if known else "",
        told.before,
        told.after,
        told.reason,
        told.proof,
        told.proposer,
        told.approver,
        told.state == _PENDING,
        frozenset(person for person in took_part if person),
    )


def value_at(record: Any, path: str) -> str:
    for name in path.split("."):
        record = getattr(record, name)
    return str(record)


def put_at(record: Any, path: str, text: str) -> None:
    *way, name = path.split(".")
    for part in way:
        record = getattr(record, part)
    setattr(record, name, text)


@rule(
    "NOT_CORRECTABLE",
    guard="G-92",
    law=LAW,
    zh="该事项不得以补正、更正方式修改：人员、时间、财物和办理结果有误的，应当依法重新办理、解除或者撤销。",
    en="This is no slip that can be corrected: persons, times, things and outcomes are changed by acts of the procedure.",
)
def words_only(f: Any) -> bool:
    """Only the places of a closed list of words can be corrected."""
    return bool(f.slip().known)


@rule(
    "CORRECTION_NOT_REASONED",
    guard="G-92",
    law=LAW,
    zh="补正、更正应当说明理由，并载明证明正确内容的材料。",
    en="It is not said how the slip came about (reason), or which paper shows what is right (proof). State both.",
)
def slip_reasoned(f: Any) -> bool:
    """A correction says how the slip came about, and which paper shows what is right."""
    slip = f.slip()
    return bool(slip.reason.strip() and slip.proof.strip())


@rule(
    "CORRECTION_STALE",
    guard="G-92",
    law=LAW,
    zh="记录中的现有内容与所载更正前内容不一致，或者更正前后内容相同，请重新核对。",
    en="The record does not say what the correction takes it to say (before), or says already what is right. Read it again.",
)
def says_it_still(f: Any) -> bool:
    """What is corrected stands in the record as it is said, and differs from what is right; an empty place is no slip."""
    slip = f.slip()
    return (
        bool(slip.before.strip())
        and slip.said == slip.before
        and bool(slip.after.strip())
        and slip.after != slip.before
    )


@rule(
    "CORRECTION_NOT_PENDING",
    guard="G-92",
    law=LAW,
    zh="该补正、更正申请已经决定。",
    en="This correction was decided already.",
)
def waits_for_approval(f: Any) -> bool:
    """A correction is decided once."""
    return bool(f.slip().pending)


@rule(
    "SOD_VIOLATION",
    guard="G-11 G-92",
    law="CITY-ERS:6(4)",
    zh="提出更正的人员和办理该事项的人员不得批准该更正。",
    en="Who proposed the correction, or did what is recorded, does not approve it. Let another head decide.",
    tells=lambda f: {"person": f.slip().approver},
)
def approved_by_another(f: Any) -> bool:
    """A correction is approved by somebody else than who proposed it, and nobody who did what is recorded."""
    slip = f.slip()
    known = bool(slip.approver.strip()) and bool(slip.proposer.strip()) and bool(slip.took_part)
    return known and slip.approver not in slip.took_part | {slip.proposer}


PROPOSED = (words_only, slip_reasoned, says_it_still)
DECIDED = (waits_for_approval, *PROPOSED, approved_by_another)
PROPOSERS = "HANDLING_OFFICER UNIT_HEAD CLERK"
