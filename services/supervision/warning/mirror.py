"""The rules of the penalty procedure, judged again at the city: a broken one is the early warning that it names.

What the record shows of review, notice and decision is judged on every newer record; who took part in an act in the field is
judged when the act is told of, and again when a certificate changes.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from yifa.enforcement.v1 import case_pb2

from services.kit.tx import Tx
from services.law.moment import moment_at, put_moment
from services.law.procedures.penalty import EVENTS, PENALTY, table_of
from services.law.procedures.penalty.facts import MOMENTS
from services.law.procedures.penalty.inquiry import in_area, in_scope
from services.law.procedures.shared import certified, not_suspended
from services.law.process import Move, Rule, judge, told
from services.supervision.case.facts import SeenFacts, window_end
from services.supervision.case.model import CaseView
from services.supervision.warning.catalogue import MIRRORED, Finding, said
from services.supervision.warning.model import Warning
from services.supervision.warning.runner import end_others, put, warning_id

# What each officer is judged by, one by one; the other rules look at the act as a whole.
OF_AN_OFFICER = (certified, not_suspended, in_scope, in_area)
ORDINARY_ACTS = ("PASS_REVIEW", "SERVE_PRIOR_NOTICE", "MAKE_DECISION")
# A later review takes the place of the one before the notice in the record, so that one is judged with the decision only.
NOT_SHOWN = {("SERVE_PRIOR_NOTICE", "LEGAL_REVIEW_NOT_PASSED")}
# What a figure of a rule is called; those without a name are for machines.
FIGURES = {
    "count": ("人数", "officers"),
    "person": ("人员", "person"),
    "officer_id": ("执法人员", "officer"),
    "officers": ("执法人员", "officer"),
    "not_of_this_department": ("当时已不属于该部门", "no longer of this department"),
    "area_code": ("实施地", "place"),
    "window_end": ("期限届满", "window ends"),
    "threshold": ("听证标准（元）", "threshold in yuan"),
    "noticed": ("告知罚款（元）", "fine told"),
    "decided": ("决定罚款（元）", "fine decided"),
}


def act_of(type_name: str, case: case_pb2.Case) -> str:
    """The act that an event announces, empty for none of the procedure."""
    act = next((act for act, events in EVENTS.items() if events[0] == type_name), "")
    return "RETURN_REVIEW" if act == "PASS_REVIEW" and not case.review.passed else act


def move_of(act: str, case: case_pb2.Case) -> Move:
    """The act in the table that the case goes by; where the table has none, as another one names it."""
    return next((m for m in table_of(case).moves if m.act == act), PENALTY.named(act))


def judge_record(
    tx: Tx, view: CaseView, case: case_pb2.Case, just: tuple[str, datetime] | None = None
) -> None:
    """Raise what the record shows of review, notice and decision to be wrong; withdraw what turns out to be right.

    `just` is the act that is told of now, and when: it was done, even if the record gives no time of it.
    """
    if case.procedure == case_pb2.PROCEDURE_SUMMARY:
        return
    found: list[Finding] = []
    among: list[tuple[str, str]] = []
    judged = counted(case, tx)
    for act in ORDINARY_ACTS:
        at = moment_at(case, MOMENTS[act].done) or (just[1] if just and just[0] == act else None)
        if at is None:
            continue
        move = move_of(act_of(EVENTS[act][0], case), case)
        facts = SeenFacts(tx, judged, move, at)
        rules = [r for r in move.rules if r.warning and (act, r.reason) not in NOT_SHOWN]
        among += [(r.reason, r.law) for r in rules]
        found += [finding_of(r, move, facts, r.law) for r in judge(rules, facts).broken]
    raise_all(tx, view, found, among)


def raise_all(tx: Tx, view: CaseView, found: list[Finding], among: list[tuple[str, str]]) -> None:
    """Each finding once, under the warning that its rule names; what was judged and not found is withdrawn."""
    first = {(f.reason, f.about): f for f in reversed(found)}
    tx.load(Warning, [warning_id(reason, view.case_id, about) for reason, about in among])
    for finding in first.values():
        put(tx, MIRRORED[_warning[finding.reason]], view, finding)
    end_others(tx, view.case_id, found, among)


_warning = {
    rule.reason: rule.warning for t in PENALTY.tables for m in t.moves for rule in m.rules if rule.warning
}


def counted(case: case_pb2.Case, tx: Tx) -> case_pb2.Case:
    """The record with the party's window as it is counted here: the department's own count is no fact."""
    end = window_end(case, tx)
    if end is None or moment_at(case, "notice.window_end") == end:
        return case
    own = case_pb2.Case.FromString(case.SerializeToString())
    put_moment(own.notice.window_end, end)
    return own


def judge_officers(
    tx: Tx, case: case_pb2.Case, act: str, at: datetime, event: Any, awaited: Iterable[str]
) -> Iterator[Finding]:
    """What is wrong with who took part in one act in the field: of the act as a whole, and of each officer."""
    move = move_of(act, case)
    whole_act = SeenFacts(tx, case, move, at, event=event, awaited=frozenset(awaited))
    others = [r for r in move.rules if r.warning == "EW-09" and r not in OF_AN_OFFICER]
    yield from (finding_of(r, move, whole_act, "") for r in judge(others, whole_act).broken)
    its = [r for r in OF_AN_OFFICER if r in move.rules]
    for person in dict.fromkeys(whole_act.officer_ids()):
        facts = SeenFacts(tx, case, move, at, event=event, only=person, awaited=frozenset(awaited))
        yield from (finding_of(r, move, facts, person) for r in judge(its, facts).broken)


def finding_of(rule: Rule, move: Move, facts: SeenFacts, about: str) -> Finding:
    """A broken rule as people read it: which act, when, what is wrong, and the figures."""
    at, figures = facts.at(), told([rule], facts)
    names = {o.officer_id: o for o in facts.record.officers}
    zh, en = [], []
    for key, value in figures.items():
        if key in FIGURES and value:
            officer = names.get(value)
            shown = (
                f"{officer.name}（{officer.certificate_number or value}）"
                if officer and officer.name
                else value
            )
            zh.append(f"{FIGURES[key][0]}：{shown}")
            en.append(f"{FIGURES[key][1]}: {shown}")
    return Finding(
        at=at,
        zh=f"“{move.title_zh}”（{said(at)}）：{rule.says_zh}" + (f"（{'，'.join(zh)}）" if zh else ""),
        en=f"“{move.title_en}” on {said(at)}: {rule.says}" + (f" ({', '.join(en)})" if en else ""),
        about=about,
        reason=rule.reason,
        law=rule.law,
    )


def not_judged(
    look: Any, case: case_pb2.Case, told_of: Iterable[tuple[str, datetime, Any]]
) -> Iterator[tuple[Move, Rule]]:
    """The rules of the acts that a case was told of (type, when, event) which the city cannot judge, each once."""
    seen = set()
    for type_name, at, event in told_of:
        if not (act := act_of(type_name, case)):
            continue
        move = move_of(act, case)
        facts = SeenFacts(look, case, move, at, event=event)
        for rule in judge(move.rules, facts).unknown:
            if (move.act, rule.reason) not in seen:
                seen.add((move.act, rule.reason))
                yield move, rule
