"""Inspections judged at the city by the rules of their procedure, from the events as they are kept (EW-09, EW-24)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlmodel import select
from yifa.enforcement.v1 import inspection_pb2 as pb

from services.kit.arrival import message_class
from services.kit.tx import Tx
from services.law.procedures.elsewhere import INSPECTION as KEPT
from services.law.procedures.elsewhere import from_the_archive, gone_through, in_force, of_its_day
from services.law.procedures.inspection import INSPECTION, TABLE
from services.law.procedures.inspection.acts import ACTS
from services.law.process import Move
from services.law.rule import Facts, NotAsked, Rule, Unknown, told
from services.supervision.event.model import Received
from services.supervision.inspection.facts import SeenInspection
from services.supervision.inspection.model import InspectionView
from services.supervision.warning.catalogue import Finding, kinds, said, watching
from services.supervision.warning.model import Warning
from services.supervision.warning.runner import OPEN, WITHDRAWN, end, id_of, raise_about

# Which act it was, where one event announces several.
BY_RESULT: Mapping[int, str] = {
    pb.INSPECTION_RESULT_NOTHING_FOUND: "FIND_NOTHING",
    pb.INSPECTION_RESULT_CORRECTED: "VERIFY_CORRECTION",
    pb.INSPECTION_RESULT_REFERRED: "REFER_CLUE",
}
STATES = {
    number: name.removeprefix("INSPECTION_STATE_") if number else ""
    for name, number in pb.InspectionState.items()
}
OUT_OF_TURN = "ACT_NOT_OPEN"


@dataclass(frozen=True)
class Done:
    """An act that an event told of, with the record after it, and before it, where that is known."""

    act: str
    after: pb.Inspection
    actor: str
    before: pb.Inspection | None = None


@dataclass(frozen=True)
class SeenVisit:
    """An inspection, as a warning that watches inspections looks at it."""

    look: Any
    view: Any


@cache
def acts_by_event() -> Mapping[str, str]:
    """The act that each event announces, by its full name."""
    return {each.events[0]: each.act for each in ACTS.values() if each.event != "InspectionConcluded"}


def act_of(event: Any) -> str:
    """The act that an event tells of, empty for none."""
    name = event.DESCRIPTOR.full_name
    if event.DESCRIPTOR.name == "InspectionConcluded":
        return BY_RESULT.get(event.inspection.conclusion.result, "")
    return acts_by_event().get(name, "")


def move_of(done: Done) -> Move | None:
    """The move that an act made; None where the record before it shows that it was not open."""
    if done.before is not None:
        return TABLE.move(done.act, STATES[done.before.state])
    if done.act == "OPEN_INSPECTION":
        return TABLE.move(done.act, "")
    moves = [move for move in TABLE.moves if move.act == done.act]
    after = STATES.get(done.after.state, "")
    return next((move for move in moves if after in (move.target, move.source)), moves[0])


def broken_rules(facts: Facts, rules: Iterable[Rule]) -> Iterator[tuple[Rule, str]]:
    """The rules that are not kept; with why where that cannot be said here."""
    for rule in rules:
        try:
            if not rule.holds(facts):
                yield rule, ""
        except (Unknown, NotAsked) as missing:
            yield rule, str(missing)


def judged(look: Any, done: Done) -> tuple[list[tuple[str, Finding]], list[dict[str, str]]]:
    """What stands against an act, each as the early warning that it is, and what could not be judged."""
    move = move_of(done)
    named = INSPECTION.named(done.act)
    facts = SeenInspection(look, done.after, move or named, actor=done.actor, before=done.before)
    if move is None and not in_force(named.law, facts.at()) and done.after.origin.system:
        return [], []  # nobody had to go that way then
    if move is None:
        state = STATES[done.before.state] if done.before is not None else ""
        not_open = TABLE.not_open(done.act, state)
        return [
            ("EW-24", _finding(facts, not_open.reason, not_open.law, not_open.says_zh, not_open.says))
        ], []
    found: list[tuple[str, Finding]] = []
    unknown: list[dict[str, str]] = []
    held, not_yet = of_its_day([r for r in move.rules if r.warning], done.after, facts.at())
    unknown += [
        {"act": move.method, "reason": r.reason, "about": "", "why": "the law of that day"} for r in not_yet
    ]
    for rule, why in broken_rules(facts, held):
        if why:
            unknown.append({"act": move.method, "reason": rule.reason, "about": "", "why": why})
        else:
            law = facts.parameters.cited(rule.law, facts.sector(), rule.name)
            figures = told([rule], facts)
            found.append((rule.warning, _finding(facts, rule.reason, law, rule.says_zh, rule.says, figures)))
    return found, unknown


def _finding(
    facts: SeenInspection, reason: str, law: str, zh: str, en: str, figures: Mapping[str, str] | None = None
) -> Finding:
    at, move = facts.at(), facts.move
    more = "; ".join(
        f"{name}: {text}" for name, text in sorted((figures or {}).items()) if text and name != "at"
    )
    return Finding(
        at=at,
        zh=f"“{move.title_zh}”（{said(at)}）：{zh}" + (f"（{more}）" if more else ""),
        en=f"“{move.title_en}” on {said(at)}: {en}" + (f" ({more})" if more else ""),
        about=move.act,
        reason=reason,
        law=law,
    )


def history(look: Any, view: InspectionView) -> list[Done]:
    """The acts of an inspection. Of one that another system keeps, and that was not told in order, the newest record tells them
    better, by when they were done; one from the archive that is over warns nobody any more.
    """
    record = pb.Inspection.FromString(view.record)
    if from_the_archive(KEPT, record):
        return []
    if not record.origin.reordered:
        return told_in_order(look, view.inspection_id)
    return [Done(gone.act, gone.after, "", gone.before) for gone in gone_through(KEPT, record)]


def told_in_order(look: Any, inspection_id: str) -> list[Done]:
    """The acts that the stored events of an inspection tell of, in the order of its department's journal."""
    stored = select(Received).where(Received.case_id == inspection_id, Received.service == "enforcement")
    acts: list[Done] = []
    before: pb.Inspection | None = None
    for row in look.query(stored.order_by(Received.journal_seq)):
        event: Any = message_class(row.type).FromString(row.data)  # type: ignore[union-attr]
        if before is not None and before.version != event.inspection.version - 1:
            before = None
        if act := act_of(event):
            acts.append(Done(act, event.inspection, row.actor, before))
        before = event.inspection
    return acts


def judge(tx: Tx, view: InspectionView) -> None:
    """Judge all of an inspection: raise what is wrong, withdraw what turns out to be right."""
    found: list[tuple[str, Finding]] = []
    unknown: list[dict[str, str]] = []
    for done in history(tx, view):
        wrong, open_ = judged(tx, done)
        found, unknown = [*found, *wrong], [*unknown, *open_]
    for kind in () if from_the_archive(KEPT, view.inspection()) else watching("inspection"):
        found += [(kind.id, finding) for finding in kind.find(SeenVisit(tx, view))]
    standing: dict[str, tuple[str, Finding]] = {}
    for rule_id, finding in found:
        standing.setdefault(id_of(kinds()[rule_id], view.inspection_id, finding), (rule_id, finding))
    for rule_id, finding in standing.values():
        raise_about(tx, kinds()[rule_id], view, finding)
    open_ones = select(Warning).where(Warning.inspection_id == view.inspection_id, Warning.state == OPEN)
    for row in tx.query(open_ones):
        if row.warning_id not in standing and not row.clock_id:
            end(tx, row, WITHDRAWN)
    view.warned = len(standing)
    listed = tuple({tuple(sorted(each.items())): each for each in unknown}.values())
    if tuple(view.not_judged) != listed:
        view.not_judged = listed
