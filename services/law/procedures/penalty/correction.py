"""Corrections of clerical slips (补正、更正): which places of a record, by whom, and what they can never change (APL 75(2))."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from yifa.enforcement.v1.case_pb2 import (
    RECORD_CORRECTION_STATE_APPROVED,
    RECORD_CORRECTION_STATE_PENDING,
    Case,
    RecordCorrection,
)

from services.law.calendar import SHANGHAI
from services.law.moment import moment_at, put_moment
from services.law.procedures.penalty.acts import ACTS
from services.law.procedures.penalty.facts import PenaltyFacts, apart
from services.law.rule import rule

_LAW = "MOHURD-2022:28(2);MOHURD-2022:28(3);ENV-2023:85(1);APL-2021:75(2)"
_WRITTEN = "MOHURD-2022:28(4);ENV-2023:85(2);APL-2021:75(2)"


class Place(NamedTuple):
    """A place of a record that can be corrected. `act`: that whose time it is, by which clocks run; `after` and `before`: the
    times in the record between which it lies. served: the party has a paper that says it. public: so does what is published.
    fillable: it may be left out at first, and be put in by a correction.
    """

    zh: str
    en: str
    act: str = ""
    after: str = ""
    before: str = ""
    served: bool = False
    public: bool = False
    fillable: bool = False

    @property
    def is_time(self) -> bool:
        return bool(self.after or self.before)


_ANSWERS = (
    "defence.statement_time defence.waive_time defence.hearing_request_time defence.hearing_time decision.decide_time "
    "no_penalty.decide_time"
)
CORRECTABLE: Mapping[str, Place] = MappingProxyType(
    {
        "violation.title": Place("违法行为名称", "name of the act", served=True, public=True),
        "violation.place": Place("违法行为地点", "place of the act", served=True),
        "violation.law": Place("违反的规定", "article violated", served=True, public=True),
        "violation.occur_time": Place(
            "违法行为时间", "time of the act", before="clue.receive_time decision.decide_time", served=True
        ),
        "party.legal_representative": Place("法定代表人", "legal representative", served=True),
        "party.address": Place("当事人住所（住址）", "address of the party", served=True, fillable=True),
        "clue.summary": Place("案情摘要", "summary of the clue"),
        "report": Place("调查终结报告", "report of the inquiry"),
        "review.opinion": Place("法制审核意见", "opinion of the review"),
        "notice.facts": Place("告知的事实", "facts told", served=True, public=True),
        "notice.reasons": Place("告知的理由", "reasons told", served=True),
        "notice.basis": Place("告知的依据", "basis told", served=True, public=True),
        "notice.serve_time": Place(
            "告知书送达时间",
            "service of the notice",
            act="SERVE_PRIOR_NOTICE",
            after="inquiry_end_time review.conclude_time",
            before=_ANSWERS,
        ),
        "defence.hearing_record": Place("听证笔录", "record of the hearing"),
        "service.receipt": Place("送达凭证", "receipt of service"),
        "service.serve_time": Place(
            "决定书送达时间",
            "service of the decision",
            act="SERVE_DECISION",
            after="decision.decide_time no_penalty.decide_time",
            before="perform_time close_time",
        ),
        "publish_address": Place("公开地址", "where it was made public"),
        "close_report": Place("结案报告", "closing report"),
    }
)
INSTEAD: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "party": ("当事人认定错误的，应当依法撤销后重新作出", "set the decision aside and decide anew"),
        "decision.penalty": ("处罚内容应当依法变更或者撤销", "have the decision changed or set aside (RecordOutcome)"),
        "decision.decider": ("决定人不得更改，应当依法撤销后重新作出", "set the decision aside and decide anew"),
        "decision": ("处罚决定应当依法变更或者撤销", "have the decision changed or set aside (RecordOutcome)"),
        "no_penalty": ("不予处罚决定应当依法变更或者撤销", "have the decision changed or set aside"),
        "officers": ("应当重新指定承办人员", "assign other officers (AssignOfficers)"),
        "state": ("办理结果应当依程序改变", "take the step of the procedure that leads there"),
        "proposal": ("应当退回补充调查后重新提出", "have the case returned and submit another report"),
        "payments": ("应当与银行核对后另行登记", "record what the bank reports (RecordPayment)"),
    }
)  # fmt: skip
"""What is done instead where something is no slip."""


def value_of(record: Any, path: str) -> str:
    """What a record says at a place that can be corrected; a time in Asia/Shanghai, empty where there is none."""
    if CORRECTABLE[path].is_time:
        at = moment_at(record, path)
        return at.astimezone(SHANGHAI).isoformat() if at is not None else ""
    for name in path.split("."):
        record = getattr(record, name)
    return str(record)


def put_value(record: Any, path: str, text: str) -> None:
    """Put a value there."""
    *way, name = path.split(".")
    for part in way:
        record = getattr(record, part)
    if (time := moment_in(text)) is not None and CORRECTABLE[path].is_time:
        put_moment(getattr(record, name), time)
    else:
        setattr(record, name, text)


def moment_in(text: str) -> datetime | None:
    """A time as it stands in a correction; None for what is none."""
    try:
        at = datetime.fromisoformat(text)
        return at.astimezone(SHANGHAI) if at.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def set_right(record: Case, corrections: Any) -> None:
    """Put into an earlier state of a record what was corrected later, where it had the slip."""
    for done in corrections:
        held = done.state == RECORD_CORRECTION_STATE_APPROVED and done.field in CORRECTABLE
        if held and value_of(record, done.field) == done.before:
            put_value(record, done.field, done.after)


def _place(f: PenaltyFacts) -> Place | None:
    return CORRECTABLE.get(f.correction().field)


def _instead(f: PenaltyFacts) -> dict[str, str]:
    field = f.correction().field
    known = next((name for name in INSTEAD if field == name or field.startswith(f"{name}.")), "")
    zh, en = INSTEAD.get(known, ("该事项不属于文字错误", "it is no slip of the pen"))
    return {"field": field, "instead": en, "instead_zh": zh, "correctable": ",".join(CORRECTABLE)}


@rule(
    "NOT_CORRECTABLE",
    guard="G-92",
    warning="EW-33",
    law=_LAW,
    zh="该事项不得以补正、更正方式修改：当事人、处罚内容、决定人和办理结果有误的，应当依法变更、撤销或者重新作出。",
    en="This is no slip that can be corrected: who is penalised, how, by whom and with what outcome is changed or set "
    "aside by law (see instead).",
    tells=_instead,
)
def correctable(f: PenaltyFacts) -> bool:
    """Only the places of a closed list can be corrected; who, what, by whom and how it ended is not among them."""
    return _place(f) is not None


@rule(
    "CORRECTION_NOT_REASONED",
    guard="G-92",
    warning="EW-33",
    law=_WRITTEN,
    zh="补正、更正应当说明理由，并载明证明正确内容的材料。",
    en="It is not said how the slip came about (reason), or which paper shows what is right (proof). State both.",
)
def slip_shown(f: PenaltyFacts) -> bool:
    """A correction says how the slip came about, and which paper shows what is right."""
    return bool(f.correction().reason.strip() and f.correction().proof.strip())


@rule(
    "CORRECTION_STALE",
    guard="G-92",
    law=_LAW,
    zh="记录中的现有内容与所载更正前内容不一致，或者更正前后内容相同，请重新核对。",
    en="The record does not say what the correction takes it to say (before), or says already what is right. Read it again.",
    tells=lambda f: {"field": f.correction().field},
)
def still_wrong(f: PenaltyFacts) -> bool:
    """What is corrected stands in the record as it is said, and differs from what is right; an empty place is no slip, but for
    one that may be filled in later.
    """
    asked = f.correction()
    if _place(f) is None:
        return False
    said = moment_in(asked.before) if CORRECTABLE[asked.field].is_time else None
    before = said.isoformat() if said is not None else asked.before
    filled = bool(before) or CORRECTABLE[asked.field].fillable
    return filled and value_of(f.case, asked.field) == before and not _alike(asked)


def _alike(asked: RecordCorrection) -> bool:
    return asked.before == asked.after or (
        moment_in(asked.before) is not None and moment_in(asked.before) == moment_in(asked.after)
    )


@rule(
    "ACTS_OUT_OF_ORDER",
    guard="G-92",
    law="APL-2021:47",
    zh="更正后的时间应当是明确的时间，不得晚于现在，也不得早于其所依据的行为、晚于以其为依据的行为。",
    en="What is right is no time, lies in the future, or outside what was done before and after. Correct the time.",
    tells=lambda f: {"field": f.correction().field, "after": f.correction().after},
)
def in_its_place(f: PenaltyFacts) -> bool:
    """A time is corrected to one that lies after what the act built on, and before what was built on it."""
    place = _place(f)
    if place is None or not place.is_time:
        return place is not None
    right = moment_in(f.correction().after)
    if right is None or right > f.now:
        return False
    earlier = (moment_at(f.case, path) for path in place.after.split())
    later = (moment_at(f.case, path) for path in place.before.split())
    return all(at is None or at <= right for at in earlier) and all(at is None or right <= at for at in later)


@rule(
    "CORRECTION_NOT_PENDING",
    guard="G-92",
    law=_WRITTEN,
    zh="该补正、更正申请已经决定。",
    en="This correction was decided already.",
)
def correction_pending(f: PenaltyFacts) -> bool:
    """A correction is decided once."""
    waits = any(each.state == RECORD_CORRECTION_STATE_PENDING for each in f.case.corrections)
    return waits and bool(f.correction().state == RECORD_CORRECTION_STATE_PENDING)


@rule(
    "SOD_VIOLATION",
    guard="G-11 G-92",
    warning="EW-33",
    law="CITY-ERS:6(4)",
    zh="提出更正的人员和本案承办人员不得批准该更正。",
    en="Who proposed the correction, or handles the case, does not approve it. Let another head decide.",
    tells=lambda f: {"person": f.caller()},
)
def another_approves(f: PenaltyFacts) -> bool:
    """A correction is approved by somebody else than who proposed it, and nobody who handled the case."""
    return apart(f) and f.caller() != f.correction().proposer


def driven_by(path: str) -> tuple[str, ...]:
    """The events by which clocks know the act whose time stands at a place; none where no clock runs by it."""
    act = CORRECTABLE[path].act
    return ACTS[act].events if act else ()
