"""Inspections, measures, referrals and permits that a department keeps in a system of its own: what their record shows of the
acts that were reported, each as it stood then, and which acts nobody reported.

Acts are gone through by when they were done, whatever the order in which they were told.
"""

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from yifa.enforcement.v1 import measure_pb2 as measures

from services.law.calendar import SHANGHAI
from services.law.citation import statute_of
from services.law.moment import moment_at, moment_of
from services.law.paper_form import name_at
from services.law.procedures.inspection import TABLE as INSPECTIONS
from services.law.procedures.measure import TABLE as MEASURES
from services.law.procedures.penalty.stages import clear, given
from services.law.procedures.permit import TABLE as PERMITS
from services.law.procedures.referral import TABLE as REFERRALS
from services.law.procedures.referral.recorded import ANSWERS
from services.law.process import Move, Process
from services.law.rule import Broken, Rule

_END = "end"


@dataclass(frozen=True)
class Kept:
    """A procedure whose records other systems may keep. `parts`: what of the record each act fills; `lists`: to which list an act
    adds, and which of its fields says when. `byways`: acts that nobody misses, for there is a plainer way.
    """

    name: str
    table: Process
    parts: Mapping[str, str]
    lists: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    byways: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        return f"{self.name}_id"


# fmt: off
_TAKEN = "execution officers document_number"
INSPECTION = Kept("inspection", INSPECTIONS, MappingProxyType({
    "OPEN_INSPECTION": "open_time opener", "APPROVE_INSPECTION": "approval number",
    "REQUEST_INSPECTION_CODE": "code_ask_time", "NOTICE_INSPECTION": "notice", "CHECK_IN": "check_in",
    "CHECK_IN_URGENTLY": "check_in urgency", "MAKE_GOOD_INSPECTION": "approval number",
    "RECORD_INSPECTION": "site_record recording_due",
    "RECORD_INSPECTION_OUTSIDE": "site_record recording_due", "FILE_INSPECTION_OUTSIDE": "file_time file_number",
    "FIND_NOTHING": "conclusion", "ORDER_CORRECTION": "correction",
    "VERIFY_CORRECTION": "correction.verify_time correction.verification conclusion", "REFER_CLUE": "conclusion case_id",
    "TELL_RESULT": "result_notice", "PUBLISH_RESULT": "publish_time publish_address", "CLOSE_INSPECTION": "close_time",
    "CALL_OFF_INSPECTION": "call_off_time call_off_cause",
}), byways=frozenset({"CHECK_IN_URGENTLY", "RECORD_INSPECTION_OUTSIDE", "CALL_OFF_INSPECTION"}))
MEASURE = Kept("measure", MEASURES, MappingProxyType({
    "REQUEST": "request_time requester reasons", "APPROVE": "approve_time approver", "REFUSE": "refuse_time refuse_reason",
    "SEAL": _TAKEN, "SEIZE": _TAKEN, "FREEZE": _TAKEN,
    "SEAL_URGENTLY": f"{_TAKEN} urgency request_time requester reasons",
    "SEIZE_URGENTLY": f"{_TAKEN} urgency request_time requester reasons",
    "APPROVE_AFTERWARDS": "approve_time approver",
    "DELIVER_FREEZING_DECISION": "execution.decision_deliver_time execution.decision execution.things",
    "SEND_TO_APPRAISAL": "", "RECEIVE_APPRAISAL": "", "EXTEND": "", "RELEASE": "release",
    "PUBLISH": "publication",
    **dict.fromkeys(("CONFISCATE", "DESTROY", "AUCTION", "DISPOSE", "HAND_OVER"), _END),
}), MappingProxyType({"EXTEND": ("extensions", "approve_time"), "SEND_TO_APPRAISAL": ("appraisals", "from_time")}),
    frozenset({"SEAL_URGENTLY", "SEIZE_URGENTLY"}))
REFERRAL = Kept("referral", REFERRALS, MappingProxyType({
    "FLAG": "flag_time flagger suspicion standard amount", "REPORT": "report_time report officers officer_ids",
    "APPROVE": "decide_time chief reasons", "REJECT": "decide_time chief reasons",
    "SEND": "send_time document_number papers police copy_time", **dict.fromkeys(ANSWERS, ""),
    "ASK_RECONSIDERATION": "reconsider_request_time", "SUGGEST_SUPERVISION": "supervision_time supervision",
    "RESUME_CASE": "resume_time", "HAND_OVER": "hand_over_time things list_time",
    "TAKE_BACK": "outcome resume_time", "CONVICT": "outcome",
}), MappingProxyType(dict.fromkeys(ANSWERS, ("answers", "receive_time"))))
PERMIT = Kept("permit", PERMITS, MappingProxyType({
    "RECEIVE": "receive_time receiver number", "TELL_SUPPLEMENT": "supplement",
    "SUPPLEMENT": "supplement.supplied supplement.supply_time",
    "ACCEPT": "acceptance promise.due_time promise.break_time", "NOT_ACCEPT": "ending", "WITHDRAW": "ending",
    "ASSIGN_INSPECTORS": "inspectors", "EXCLUDE": "", "RESUME": "", "EXTEND": "",
    "TELL_HEARING_RIGHT": "hearing.told hearing.tell_time", "REQUEST_HEARING": "hearing.requester hearing.request_time",
    "NOTIFY_HEARING": "hearing.host hearing.place hearing.hold_at hearing.notify_time",
    "HOLD_HEARING": "hearing.presider hearing.public hearing.minutes hearing.signed hearing.hold_time",
    "REVIEW": "review", "SEND_UP": "send_up_time", "GRANT": "decision", "REFUSE": "decision", "ISSUE": "certificate",
    "PUBLISH": "publication",
    "COMPENSATE": "promise.compensation promise.compensator promise.compensate_time",
    "ASK_RENEWAL": "", "RENEW": "", "DECLINE_RENEWAL": "", "WITHHOLD": "withholding", "CHECK_HOLDER": "", "TELL_REVERSAL": "",
    "HEAR_HOLDER": "", "REVOKE": "", "RECALL": "", "ALTER": "", "ASK_CHANGE": "", "CHANGE": "", "DECLINE_CHANGE": "",
    "CLAIM_INDEMNITY": "", "MEET_ON_INDEMNITY": "", "DECIDE_INDEMNITY": "", "PAY_INDEMNITY": "", "DEREGISTER": "leaving",
}), MappingProxyType({
    "EXCLUDE": ("exclusions", "from_time"), "EXTEND": ("extensions", "extend_time"), "ASK_RENEWAL": ("renewals", "apply_time"),
    "CHECK_HOLDER": ("checks", "check_time"), "TELL_REVERSAL": ("reversals", "tell_time"),
    "ASK_CHANGE": ("changes", "apply_time"),
}), frozenset({"TELL_SUPPLEMENT", "SUPPLEMENT", "DEEM_ACCEPTED", "NOT_ACCEPT", "WITHDRAW", "DEEM_RENEWED"}))
# fmt: on
KEPT: Mapping[str, Kept] = MappingProxyType({e.name: e for e in (INSPECTION, MEASURE, REFERRAL, PERMIT)})
_BY_KIND: Mapping[int, str] = {
    measures.MEASURE_KIND_SEAL: "SEAL",
    measures.MEASURE_KIND_SEIZE: "SEIZE",
    measures.MEASURE_KIND_FREEZE: "FREEZE",
}


class Arrival(NamedTuple):
    """An act on its way: its move, what is said of it where it is not open, where the record stands after it, and the acts that
    nobody told of and that lead to where it is open.
    """

    move: Move
    not_open: Broken | None
    state: str
    missing: tuple[Move, ...] = ()


class Gone(NamedTuple):
    """An act that a record shows: the record before it, and with it."""

    act: str
    at: datetime
    before: Any
    after: Any
    arrival: Arrival


def arrive(kept: Kept, act: str, state: str, kind: int = 0) -> Arrival:
    """How an act is done from a state, by a table of which acts may be missing. Past where it is open it changes no state."""
    table = kept.table
    if (move := table.move(act, state)) is not None:
        return Arrival(move, None, move.target)
    barred = frozenset(_BY_KIND.values()) - {_BY_KIND[kind]} if kind else frozenset()
    way = _way(table, state, act, barred | kept.byways)
    way = _way(table, state, act, barred) if way is None else way
    not_open = table.not_open(act, state)
    if way is None:
        return Arrival(table.named(act), not_open, state)
    found = table.move(act, way[-1].target)
    assert found is not None
    return Arrival(found, not_open, found.target, tuple(m for m in way if m.roles != ("SYSTEM",)))


@cache
def _way(table: Process, state: str, act: str, barred: frozenset[str]) -> tuple[Move, ...] | None:
    """The fewest moves that lead from a state to where an act is open; None where none do."""
    seen: set[str] = {state}
    waiting: deque[tuple[str, tuple[Move, ...]]] = deque([(state, ())])
    while waiting:
        at, way = waiting.popleft()
        if way and table.move(act, at) is not None:
            return way
        for move in table.open(at):
            if move.target not in seen and move.act not in barred:
                seen.add(move.target)
                waiting.append((move.target, (*way, move)))
    return None


def coded(kept: Kept, record: Any, state: str, at: datetime) -> str:
    """Where a record stands by when an act is done: an inspection once the city gave it the code, a permit once it was renewed by
    silence, or ended.
    """
    if kept is PERMIT:
        return _turned(record, state, at)
    given_at = moment_at(record, "code.issue_time") if kept is INSPECTION and record.code.code else None
    return "CODED" if state == "CODE_ASKED" and given_at is not None and given_at <= at else state


def _turned(permit: Any, state: str, at: datetime) -> str:
    last = permit.renewals[-1] if permit.renewals else None
    if state == "RENEWAL_ASKED" and last is not None and last.silent and moment_of(last.decide_time) <= at:
        state = "ISSUED"
    lapsed = moment_at(permit, "lapse_time")
    return (
        "LAPSED" if state in ("ISSUED", "RENEWAL_DECLINED") and lapsed is not None and lapsed <= at else state
    )


def as_seen(kept: Kept, record: Any, at: datetime) -> Any:
    """The record as an act of some moment finds it: without the code that the city gave later."""
    given_at = moment_at(record, "code.issue_time") if kept is INSPECTION else None
    if given_at is None or given_at <= at:
        return record
    seen = copy(record)
    seen.ClearField("code")
    return seen


def gone_through(kept: Kept, record: Any) -> Iterator[Gone]:
    """The acts of which a department told, in the order of their times, each on the record as it stood then."""
    told = [(each.act, moment_of(each.act_time)) for each in record.origin.told]
    state = ""
    for n, (act, at) in enumerate(told):
        state = coded(kept, record, state, at)
        arrival = arrive(kept, act, state, getattr(record, "kind", 0))
        before = stood(kept, record, told, n, state)
        state = arrival.state
        yield Gone(act, at, before, stood(kept, record, told, n + 1, state), arrival)


def stood(kept: Kept, record: Any, told: list[tuple[str, datetime]], n: int, state: str) -> Any:
    """A record with the first acts told of, and none of those after them."""
    then = without(kept, record, told[n:], [act for act, _ in told[:n]])
    last = told[n - 1][1] if n else None
    then.state = _number(then, state)
    return as_seen(kept, then, last) if last is not None else then


def without(
    kept: Kept, record: Any, acts: Collection[tuple[str, datetime]], stay: Collection[str] = ()
) -> Any:
    """A copy without what some acts filled, but for what others that stay filled too."""
    left = copy(record)
    kept_parts = {part for act in stay for part in kept.parts.get(act, "").split()}
    for act, at in acts:
        for part in kept.parts.get(act, "").split():
            if part not in kept_parts:
                clear(left, part)
        if act in kept.lists:
            field_name, time = kept.lists[act]
            entries = [e for e in getattr(left, field_name) if moment_at(e, time) != at]
            left.ClearField(field_name)
            getattr(left, field_name).extend(entries)
        if act == "RECEIVE_APPRAISAL":
            for each in left.appraisals:
                if moment_at(each, "until_time") == at:
                    each.ClearField("until_time")
                    each.ClearField("result")
    return left


def missing(kept: Kept, record: Any) -> list[Move]:
    """The acts of which nobody told, that the procedure has before those told of, and that were law on their day."""
    if not record.HasField("origin"):
        return []
    told = {each.act for each in record.origin.told}
    found: dict[str, Move] = {}
    for gone in gone_through(kept, record):
        if gone.arrival.not_open is None or not in_force(gone.arrival.not_open.law, gone.at):
            continue
        for move in gone.arrival.missing:
            shown = any(given(record, part) for part in kept.parts.get(move.act, "").split()[:1])
            if move.act not in told and not shown:
                found.setdefault(move.act, move)
    return list(found.values())


def in_force(law: str, at: datetime) -> bool:
    """Whether all that a rule rests on was law at a moment: what was done before is held against no rule of today."""
    return _in_force(law, at.astimezone(SHANGHAI).date())


@cache
def _in_force(law: str, day: date) -> bool:
    return all(statute_of(part).in_force_on(day) for part in law.split(";"))


def of_its_day(rules: Collection[Rule], record: Any, at: datetime) -> tuple[list[Rule], list[Rule]]:
    """The rules that were law when an act was done that another system keeps, and those that were not yet."""
    if not record.origin.system:
        return list(rules), []
    held = [rule for rule in rules if in_force(rule.law, at)]
    return held, [rule for rule in rules if rule not in held]


def from_the_archive(kept: Kept, record: Any) -> bool:
    """Whether a record came from the archive and is over: what its acts broke stands in it, and warns nobody any more."""
    return record.origin.imported and name_at(record, "state") in kept.table.ends


def copy(record: Any) -> Any:
    return type(record).FromString(record.SerializeToString())


def _number(record: Any, state: str) -> int:
    kind = record.DESCRIPTOR.fields_by_name["state"].enum_type
    lead = kind.values[0].name.removesuffix("UNSPECIFIED")
    return int(kind.values_by_name[f"{lead}{state or 'UNSPECIFIED'}"].number)
