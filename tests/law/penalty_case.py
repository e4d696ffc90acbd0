"""A lawful penalty case for the rules to look at, and one way to break each rule on it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.enforcement.v1.benchmark_pb2 import Band
from yifa.enforcement.v1.case_pb2 import (
    RECUSAL_ASKER_PARTY,
    RECUSAL_ASKER_SELF,
    RECUSAL_STATE_GRANTED,
    RECUSAL_STATE_PENDING,
    Recusal,
)
from yifa.registry.v1.power_pb2 import POWER_KIND_PENALTY, POWER_LEVEL_CITY, POWER_LEVEL_DISTRICT

from services.law.areas import covers
from services.law.calendar import SHANGHAI, china
from services.law.moment import put_moment
from services.law.parameters import Layers, national
from services.law.procedures.penalty import SUMMARY
from services.law.procedures.penalty.facts import Discussion, PenaltyFacts, SpotForm, Told
from services.law.process import Move, Process
from services.law.standing import Person

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=SHANGHAI)
AREA, ELSEWHERE = "440700", "110100"
BODY, OWNER_ITEM = "B-1", "I-1"
IN_TRANSFER = {"ACKNOWLEDGE_TRANSFER", "DISPUTE_TRANSFER", "REFER_DISPUTE"}
FULL = Discussion("记录", ("head-1", "head-2"))


def body(**more: Any) -> Any:
    values = {
        "body_id": BODY, "node": "huanbao", "field": "", "kind": 1, "area_code": AREA, "confirmed": True, "listed": True,
        "from_time": None, "until_time": None, "mandator_id": "", "mandate_items": (), "mandate_from": None,
        "mandate_until": None, "predecessors": (),
    }  # fmt: skip
    return SimpleNamespace(**(values | more))


def item(**more: Any) -> Any:
    values = {"body_id": BODY, "kind": POWER_KIND_PENALTY, "level": POWER_LEVEL_CITY, "from_time": NOW - timedelta(365),
              "until_time": None}  # fmt: skip
    return SimpleNamespace(**(values | more))


class Known(PenaltyFacts):
    """Every fact as the test says."""

    def __init__(self, table: Process, move: Move) -> None:
        self.table, self.move, self.now = table, move, NOW
        self.parameters, self.calendar = Layers(national()), china()
        self.case = record(table, move)
        person = Person("O-1", "甲", "C-1", True), Person("O-2", "乙", "C-2", True)
        self.known: dict[str, Any] = {
            "at": NOW,
            "caller": "O-1" if "HANDLING_OFFICER" in move.roles else "head-1",
            "roles": frozenset(move.roles),
            "handled": {"O-1", "O-2"} if "HANDLING_OFFICER" in move.roles else set(),
            "body": {BODY: body(), "B-2": body(body_id="B-2", node="chengguan", predecessors=(BODY,))},
            "item": {OWNER_ITEM: item()},
            "stood": {p.officer_id: p for p in person},
            "officer_ids": ("O-1", "O-2"),
            "place": AREA,
            "certificate_shown": True,
            "evidence_source": "当事人提供",
            "told_when_taken": True,
            "cause": "理由",
            "distinct_reason": "",
            "penalty": self.case.notice.penalty if move.act == "MAKE_DECISION" else penalty(move.act),
            "told": Told("事实", "理由", "依据", True),
            "waiver": "书面声明",
            "discussion": FULL,
            "receipt": "回证",
            "amount": 100,
            "bank_reference": "BANK-1",
            "form": SpotForm("F-1", True, True),
            "recusal": recusal(move.act),
            "receiver": body(body_id="B-2", predecessors=(BODY,)),
            "band": Band(code="1", min_fine={"fen": 100_000_00}, max_fine={"fen": 300_000_00}),
            "filed_before": None,
            "birth_date": date(1980, 1, 1),
        }

    def at(self) -> datetime:
        return self.known["at"]

    def caller(self) -> str:
        return self.known["caller"]

    def roles(self) -> frozenset[str]:
        return self.known["roles"]

    def handled(self, person: str) -> bool:
        return person in self.known["handled"]

    def body(self, body_id: str) -> Any:
        return self.known["body"].get(body_id)

    def item(self, item_id: str) -> Any:
        return self.known["item"].get(item_id)

    def stood(self, person: str, at: datetime, scope: Any) -> Person:
        covers(
            "440000", scope.place or scope.place.strip()
        )  # no place and no moment at all is looked at nowhere
        assert at.tzinfo
        return self.known["stood"].get(person, Person(person))

    def officer_ids(self) -> tuple[str, ...]:
        return self.known["officer_ids"]

    def place(self) -> str:
        return self.known["place"]

    def certificate_shown(self) -> bool:
        return self.known["certificate_shown"]

    def evidence_source(self) -> str:
        return self.known["evidence_source"]

    def told_when_taken(self) -> bool:
        return self.known["told_when_taken"]

    def cause(self) -> str:
        return self.known["cause"]

    def distinct_reason(self) -> str:
        return self.known["distinct_reason"]

    def penalty(self) -> penalties.Penalty:
        return self.known["penalty"]

    def told(self) -> Told:
        return self.known["told"]

    def waiver(self) -> str:
        return self.known["waiver"]

    def discussion(self) -> Discussion:
        return self.known["discussion"]

    def receipt(self) -> str:
        return self.known["receipt"]

    def amount(self) -> int:
        return self.known["amount"]

    def bank_reference(self) -> str:
        return self.known["bank_reference"]

    def form(self) -> SpotForm:
        return self.known["form"]

    def recusal(self) -> Recusal:
        return self.known["recusal"]

    def receiver(self) -> Any:
        return self.known["receiver"]

    def band(self) -> Band | None:
        return self.known["band"]

    def filed_before(self) -> cases.Case | None:
        return self.known["filed_before"]

    def birth_date(self) -> date | None:
        return self.known["birth_date"]


def penalty(act: str = "") -> penalties.Penalty:
    """A major fine of 150,000 yuan; on the spot a warning."""
    if act == "MAKE_SPOT_DECISION":
        return penalties.Penalty(kinds=[penalties.PENALTY_KIND_WARNING], correction_order="立即改正")
    return penalties.Penalty(
        kinds=[penalties.PENALTY_KIND_FINE], fine={"fen": 150_000_00}, benchmark_id="示例法:1", band_code="1",
        correction_order="立即改正",
    )  # fmt: skip


def recusal(act: str) -> Recusal:
    if act == "DECIDE_RECUSAL":
        return Recusal(recusal_id="R-1", officer_id="O-2", of_head=True, state=RECUSAL_STATE_PENDING)
    return Recusal(officer_id="O-1", asker=RECUSAL_ASKER_PARTY, state=RECUSAL_STATE_PENDING)


def record(table: Process, move: Move) -> cases.Case:
    """The record as it lawfully stands before an act."""
    act, summary = move.act, table is SUMMARY
    case = cases.Case(
        case_id="C-1", node="huanbao", body_id=BODY, item_id=OWNER_ITEM, area_code=AREA, evidence_count=1,
        procedure=cases.PROCEDURE_SUMMARY if summary else cases.PROCEDURE_ORDINARY, source=cases.CASE_SOURCE_SYSTEM,
        state=cases.CaseState.Value(f"CASE_STATE_{move.source}") if move.source else 0,
        party={"kind": parties.PARTY_KIND_ORGANISATION, "name": "示例企业", "identity_number": "914***********001X"},
        clue={"evidence": [{"title": "照片"}]}, violation={"title": "示例违法行为", "law": "示例法第一条"},
        officers=[{"officer_id": "O-1"}, {"officer_id": "O-2"}],
    )  # fmt: skip
    put_moment(case.violation.occur_time, NOW - timedelta(90))
    put_moment(case.clue.receive_time, NOW - timedelta(80))
    if act in IN_TRANSFER:
        case.transfer.to_case_id = case.case_id
    if act in ("REFER_DISPUTE", "TAKE_BACK_CLUE", "TAKE_BACK_CASE"):
        put_moment(case.transfer.dispute_time, NOW - timedelta(1))
    if act == "PASS_CASE":
        put_moment(case.body_end_time, NOW - timedelta(1))
    if act == "DECIDE_RECUSAL":
        case.recusals.append(recusal(act))
    if summary:
        if act != "REPORT_SPOT_DECISION":
            put_moment(case.spot_report_time, NOW - timedelta(1))
        case.decision.penalty.fine.fen = 100
        put_moment(case.decision.decide_time, NOW - timedelta(2))
    elif act not in ("REGISTER_CLUE", "DECLINE_CLUE", "FILE_CASE"):
        carried_on(case, act)
    if act in ("RECORD_PAYMENT", "COMPLETE_PAYMENT"):
        case.decision.penalty.fine.fen = 100
    if act == "WITHDRAW_PUBLICATION":
        put_moment(case.publish_time, NOW - timedelta(1))
        case.set_aside.document = "示府行复〔2026〕8号"
    if act == "CLOSE_CASE":
        case.paid.fen = case.decision.penalty.fine.fen
    return case


def carried_on(case: cases.Case, act: str) -> None:
    """What a case holds once it was reviewed, told and decided."""
    case.proposal.CopyFrom(penalty())
    case.review.passed, case.review.reviewer = True, "reviewer-1"
    put_moment(case.review.conclude_time, NOW - timedelta(60))
    case.notice.penalty.CopyFrom(penalty())
    put_moment(case.notice.serve_time, NOW - timedelta(50))
    put_moment(
        case.notice.window_end, NOW + timedelta(2) if act == "REQUEST_HEARING" else NOW - timedelta(40)
    )
    if act != "MAKE_DECISION":
        case.decision.penalty.CopyFrom(penalty())
        case.decision.decider, case.decision.major = "head-1", True
        put_moment(case.decision.decide_time, NOW - timedelta(20))


# fmt: off
def _set(**known: Any) -> Callable[[Known], None]:
    return lambda f: f.known.update(known)


def _penalty(**values: Any) -> Callable[[Known], None]:
    def change(f: Known) -> None:
        changed = penalties.Penalty.FromString(f.known["penalty"].SerializeToString())
        for name, value in values.items():
            if isinstance(value, list):
                del getattr(changed, name)[:]
                getattr(changed, name).extend(value)
            elif isinstance(value, int):
                getattr(changed, name).fen = value
            else:
                setattr(changed, name, value)
        f.known["penalty"] = changed
    return change


def _case(change: Callable[[cases.Case], Any]) -> Callable[[Known], None]:
    return lambda f: change(f.case)


def _stood(**values: Any) -> Callable[[Known], None]:
    return lambda f: f.known["stood"].update({"O-2": Person("O-2", "乙", "C-2", True)._replace(**values)})


def _heard(f: Known) -> None:
    put_moment(f.case.defence.hearing_request_time, NOW - timedelta(45))


def _said(f: Known) -> None:
    put_moment(f.case.defence.statement_time, NOW - timedelta(45))


def _aside(f: Known) -> None:
    f.case.recusals.add(officer_id=f.known["caller"], state=RECUSAL_STATE_GRANTED)


def _one_left(f: Known) -> None:
    f.case.recusals.add(officer_id="O-9", state=RECUSAL_STATE_GRANTED)
    del f.case.officers[1:]


def _late(f: Known) -> None:
    """Before what the act builds on, whatever that is."""
    f.known["at"] = NOW - timedelta(3650)
    for path in ("clue.receive_time", "review.conclude_time", "notice.serve_time", "decision.decide_time"):
        part, name = path.split(".")
        put_moment(getattr(getattr(f.case, part), name), NOW - timedelta(1))
    put_moment(f.case.defence.hearing_request_time, NOW - timedelta(1))


def _mandate(f: Known) -> None:
    f.known["body"] = {
        BODY: body(mandator_id="B-0", mandate_from=NOW - timedelta(20), mandate_until=NOW - timedelta(1)),
        "B-0": body(body_id="B-0"),
    }
    f.known["item"] = {OWNER_ITEM: item(body_id="B-0")}


def _time(field: str) -> Callable[[Known], None]:
    return lambda f: put_moment(getattr(f.case, field), NOW - timedelta(5))


def _transfer(field: str) -> Callable[[Known], None]:
    return lambda f: put_moment(getattr(f.case.transfer, field), NOW - timedelta(5))


BREAKS: dict[str, Callable[[Known], None]] = {
    "body_confirmed": lambda f: f.known["body"].update({BODY: body(confirmed=False)}),
    "body_lasts": _case(lambda c: put_moment(c.body_end_time, NOW - timedelta(1))),
    "named_successor": _set(receiver=body(body_id="B-2")),
    "item_held": _set(item={}),
    "within_mandate": _mandate,
    "place_inside": _case(lambda c: setattr(c, "area_code", ELSEWHERE)),
    "level_competent": _set(item={OWNER_ITEM: item(level=POWER_LEVEL_DISTRICT)}),
    "first_to_file": _set(filed_before=cases.Case(case_id="C-0")),
    "cause_given": _set(cause=" "),
    "first_evidence": _case(lambda c: c.clue.ClearField("evidence")),
    "punishable": _case(lambda c: (c.violation.Clear(), setattr(c, "item_id", ""))),
    "within_limitation": _case(lambda c: put_moment(c.violation.occur_time, NOW - timedelta(900))),
    "by_handling_officers": _set(caller="O-9", roles=frozenset()),
    "collected_on_case": _set(officer_ids=("O-1", "O-9")),
    "by_officer_named": _set(caller="O-9"),
    "two_officers": _set(officer_ids=("O-1", "O-1")),
    "certified": _stood(certified=False),
    "not_suspended": _stood(suspended=True),
    "in_scope": _stood(outside=True),
    "in_area": _stood(elsewhere=True),
    "certificate_shown": _set(certificate_shown=False),
    "rights_told": _set(told_when_taken=False),
    "admissible": _set(evidence_source=" "),
    "evidence_recorded": _case(lambda c: setattr(c, "evidence_count", 0)),
    "notice_complete": _set(told=Told("事实", " ", "依据", True)),
    "hearing_right_told": _set(told=Told("事实", "理由", "依据", False)),
    "request_in_time": _case(lambda c: put_moment(c.notice.window_end, NOW - timedelta(microseconds=1))),
    "waived_in_writing": _set(waiver="  "),
    "window_over": _case(lambda c: put_moment(c.notice.window_end, NOW)),
    "hearing_held": _heard,
    "defence_rechecked": _said,
    "not_heard_yet": _case(lambda c: put_moment(c.defence.hearing_time, NOW - timedelta(5))),
    "host_apart": lambda f: f.known["handled"].add(f.known["caller"]),
    "reviewer_apart": lambda f: f.known["handled"].add(f.known["caller"]),
    "decider_apart": _case(lambda c: setattr(c.review, "reviewer", "head-1")),
    "reviewer_qualified": lambda f: setattr(f, "parameter", lambda key, at: 1),
    "review_passed": _case(lambda c: setattr(c.review, "passed", False)),
    "correction_ordered": _penalty(correction_order=" "),
    "kinds_allowed": _penalty(kinds=[99]),
    "band_stated": _set(band=None),
    "inside_band": _penalty(fine=999_999_00),
    "not_heavier": _penalty(fine=151_000_00),
    "heads_apart": lambda f: f.known["handled"].add(f.known["discussion"].members[0]),
    "discussed": _set(discussion=Discussion(" ", ("head-1", "head-2"))),
    "within_spot_limit": _penalty(fine=3_001_00, kinds=[penalties.PENALTY_KIND_FINE]),
    "form_complete": _set(form=SpotForm("F-1", True, False)),
    "receipt_given": _set(receipt=" "),
    "paid_to_bank": _set(bank_reference=" "),
    "not_overpaid": _set(amount=101),
    "major": _case(lambda c: setattr(c.decision, "major", False)),
    "not_filed_yet": _time("report_time"),
    "decision_made": _case(lambda c: c.ClearField("decision")),
    "stands": _case(lambda c: setattr(c.set_aside, "document", "行复决字〔2026〕1号")),
    "to_be_withdrawn": _case(lambda c: c.ClearField("set_aside")),
    "not_published_yet": _time("publish_time"),
    "not_reported_yet": _time("spot_report_time"),
    "settled": _case(lambda c: (setattr(c.paid, "fen", 0), setattr(c.decision.penalty.fine, "fen", 100))),
    "receiver_qualified": _set(receiver=body(body_id="B-2", confirmed=False)),
    "not_sent_on": _case(lambda c: setattr(c.transfer, "to_case_id", c.case_id)),
    "not_given_away": _case(lambda c: setattr(c.designation, "case_id", c.case_id)),
    "transferred_in": _case(lambda c: c.transfer.ClearField("to_case_id")),
    "not_acknowledged": _transfer("acknowledge_time"),
    "not_disputed_yet": _transfer("dispute_time"),
    "not_referred_yet": _transfer("refer_time"),
    "dispute_open": _transfer("settle_time"),
    "not_settled": _transfer("settle_time"),
    "undisputed": _transfer("dispute_time"),
    "recorded_by_case": _set(caller="O-9", roles=frozenset({"LEGAL_REVIEWER"})),
    "own_declaration": _set(recusal=Recusal(officer_id="O-7", asker=RECUSAL_ASKER_SELF)),
    "not_asked_yet": _case(lambda c: c.recusals.add(officer_id="O-1", state=RECUSAL_STATE_PENDING)),
    "recusal_pending": _set(recusal=Recusal(recusal_id="R-1", officer_id="O-2", of_head=True)),
    "another_decides": lambda f: f.known["recusal"].__setattr__("officer_id", f.known["caller"]),
    "heads_together": _set(discussion=Discussion("记录", ("head-1",))),
    "none_pending": _case(lambda c: c.recusals.add(officer_id="O-7", state=RECUSAL_STATE_PENDING)),
    "not_recused": _aside,
    "replaced": _one_left,
    "not_in_future": _set(at=NOW + timedelta(microseconds=1)),
    "in_order": _late,
}
# fmt: on
