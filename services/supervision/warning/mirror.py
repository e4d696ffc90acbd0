"""The rules of the penalty procedure held again at the city: one that was broken and that nobody refused is an early warning.

An act is judged from the record before and after it. What the record goes on to show (who reviewed, how it was decided) is judged
from the newest snapshot, as it stood at the act, so that what comes to light later counts. A rule that the city cannot judge is
listed as that, never taken for kept.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple

from yifa.enforcement.v1.case_pb2 import REMEDY_OWN, Case, CaseState

from services.law.citation import INTERNAL
from services.law.moment import moment_at
from services.law.parameters import Layers
from services.law.procedures.elsewhere import KEPT, of_its_day
from services.law.procedures.penalty import table_of
from services.law.procedures.penalty.acts import ACTS
from services.law.procedures.penalty.outcome import as_it_was
from services.law.procedures.penalty.own_correction import APPROVING
from services.law.procedures.penalty.recorded import REPORTS, as_it_stood, report_of
from services.law.procedures.shared import certified
from services.law.process import Move, Process
from services.law.rule import NotAsked, Rule, Unknown, told
from services.supervision.beside.mirrored import Kind, kind_of, moves_of
from services.supervision.case.facts import SeenFacts
from services.supervision.warning.catalogue import Finding, said
from services.supervision.warning.figures import said_figures

# What the record goes on to show.
SHOWN = ("PASS_REVIEW", "RETURN_REVIEW", "MAKE_DECISION")
NO_RECORD = "the record before the act"


@dataclass(frozen=True)
class Done:
    """An act that an event told of. `before` is None where the record before it is not known."""

    act: str
    after: Any
    event: Any = None
    at: datetime | None = None
    before: Any = None
    pending: frozenset[str] = frozenset()
    kind: Kind | None = None
    """The procedure beside the case that it is an act of; None for the case itself."""

    def names_officers(self) -> bool:
        """Whether it asks for the certificates of those who do it."""
        return any(r.holds is certified.holds for r, _, _ in mirrored(self))

    def waiting_for(self, pending: frozenset[str]) -> "Done":
        return replace(self, pending=pending)


class NotJudged(NamedTuple):
    """A rule that could not be judged here, of which officer and act, and why. They sort as they are listed."""

    about: str
    act: str
    reason: str
    why: str


class Judged(NamedTuple):
    """What came of holding the rules of an act again: each broken one as the early warning that it names."""

    broken: list[tuple[str, Finding]]
    not_judged: list[NotJudged]


@cache
def acts_by_event() -> Mapping[str, tuple[str, ...]]:
    """The acts that an event may tell of, by its full name."""
    found: dict[str, tuple[str, ...]] = {}
    for each in ACTS.values():
        found[each.events[0]] = (*found.get(each.events[0], ()), each.act)
    return found


def done_beside(event: Any, at: datetime, before: Any, type_name: str) -> Done | None:
    """The act about a measure or a referral that an event tells of, if one of its rules is an early warning."""
    kind = kind_of(event)
    if kind is None:
        return None
    moves = moves_of(kind, event, kind.state(before) if before is not None else "")
    if not moves:
        return None
    done = Done(moves[0].act, getattr(event, kind.name), event, at, before, kind=kind)
    return done if mirrored(done) else None


Mirrored = tuple[tuple[Rule, Move, bool], ...]


def mirrored(done: Done) -> Mirrored:
    """The rules of an act that are early warnings, in the state in which it was done where that is known."""
    return mirrored_of(*stood_in(done))


def stood_in(done: Done) -> tuple[Process, str, str]:
    """The table of an act, the act, and the state in which it was done; empty where that is not known."""
    if done.kind is None:
        state = _state(done.before.state) if done.before is not None else ""
        return table_of(done.after), done.act, state
    return done.kind.table, done.act, done.kind.state(done.before) if done.before is not None else ""


@cache
def _state(number: int) -> str:
    return CaseState.Name(number).removeprefix("CASE_STATE_")


def act_of(event: Any) -> str:
    """The act that an event tells of, if one of its rules is an early warning and the record does not go on to show it."""
    if not (acts := acts_by_event().get(event.DESCRIPTOR.full_name)):
        return ""
    table, told = table_of(event.case), getattr(event, "outcome", None)
    own = told is not None and told.remedy == REMEDY_OWN
    for act in acts:
        if act in SHOWN or (told is not None and (act in APPROVING) != own):
            continue
        if mirrored_of(table, act, "") and not (act in REPORTS and act != report_of(event.case)):
            return act
    return ""


@cache
def mirrored_of(table: Process, act: str, state: str) -> Mirrored:
    """The rules of an act that are early warnings, each with its move, and whether it is sure to hold for the act.

    Where the state before the act is not known, or the act is not open there, only what all its moves ask is sure.
    """
    moves = [m for m in table.moves if m.act == act]
    here = [m for m in moves if m.source == state]
    if here:
        return tuple((r, here[0], True) for r in here[0].rules if r.warning)
    rules = {id(r): (r, m) for m in reversed(moves) for r in m.rules if r.warning}
    return tuple((r, m, all(r in each.rules for each in moves)) for r, m in rules.values())


class Held(NamedTuple):
    """How a rule of an act stands when it is held again: about which officer, if any, whether it was kept, and why that cannot be
    said.
    """

    rule: Rule
    move: Move
    facts: Any
    about: str = ""
    kept: bool = True
    why: str = ""


def held(look: Any, done: Done, *, kept_too: bool = True) -> Iterator[Held]:
    """Hold the rules of one act again. Nearly all were kept, and who asks for the others only is told of no more than those."""
    asked = accusing(look.parameters, done.after.sector, *stood_in(done))
    if not asked:
        return
    facts = facts_of(look, done, asked[0][1])
    dated = done.kind is not None and done.kind.name in KEPT
    for rule, move, sure in asked:
        if dated and not of_its_day([rule], done.after, facts.at())[0]:
            yield Held(rule, move, facts, "", False, "the law of that day")
            continue
        if not sure:
            yield Held(rule, move, facts, "", False, NO_RECORD)
            continue
        facts.asked = done.kind is not None
        try:  # as `outcome` does: nearly every rule of nearly every act comes by here, and is kept
            kept, why = rule.holds(facts), ""
        except (Unknown, NotAsked) as missing:
            kept, why = False, why_not_known(missing)
        if kept:
            if kept_too:
                yield Held(rule, move, facts)
            continue
        against_it = [*against(rule, facts, why)]
        if not against_it and kept_too:
            yield Held(rule, move, facts)
        for about, why_not in against_it:
            yield Held(rule, move, facts, about, False, why_not)


@lru_cache(16384)
def accusing(parameters: Layers, sector: str, table: Process, act: str, state: str) -> Mirrored:
    """The rules of an act that are early warnings. What only the agency orders for itself accuses nobody."""
    found = mirrored_of(table, act, state)
    return tuple(each for each in found if parameters.cited(each[0].law, sector, each[0].name) != INTERNAL)


def judge(look: Any, done: Done) -> Judged:
    """What is wrong with one act, and what cannot be said of it."""
    broken: list[tuple[str, Finding]] = []
    unknown: list[NotJudged] = []
    for rule, move, facts, about, kept, why in held(look, done, kept_too=False):
        if why:
            unknown.append(NotJudged(about, move.method, rule.reason, why))
        elif not kept:
            broken.append((rule.warning, finding(rule, facts, about)))
    return Judged(broken, unknown)


def facts_of(look: Any, done: Done, move: Move) -> Any:
    """The facts of an act; where the record before it is not known, what the one after it shows of then."""
    if done.kind is not None:
        return done.kind.facts(look, done.after, move, done.at, done.pending)

    def seen(before: Case) -> SeenFacts:
        return SeenFacts(look, before, done.after, move, event=done.event, at=done.at, pending=done.pending)

    if done.before is not None:
        return seen(done.before)
    # what the record shows was done at the time that it says
    facts = None if done.event is None and done.act in SHOWN else seen(done.after)
    before = as_it_stood(done.after, facts.at() if facts is not None else done.at)
    return seen(before) if facts is None or before is not done.after else facts


def against(rule: Rule, facts: Any, why: str) -> Iterator[tuple[str, str]]:
    """What stands against a rule that is not known to be kept: the officer that it is about, if any, and why it cannot be said
    (of all of them `why`), empty if it is broken.

    A rule that holds where nobody acts asks something of each officer, and is judged for each. Nothing where each kept it. A rule
    that did not ask who acts says the same whoever does.
    """
    if facts.asked and outcome(rule, facts.alone())[0]:
        for officer in dict.fromkeys(facts.officer_ids()):
            kept, why = outcome(rule, facts.alone(officer))
            if not kept:
                yield officer, why
    else:
        yield "", why


def outcome(rule: Rule, facts: Any) -> tuple[bool, str]:
    """Whether a rule was kept; or else why that cannot be said, empty if it was broken."""
    try:
        return rule.holds(facts), ""
    except (Unknown, NotAsked) as missing:
        return False, why_not_known(missing)


def why_not_known(missing: Exception) -> str:
    return str(missing) or type(missing).__name__


def shown(case: Case) -> Iterator[Done]:
    """The acts that the newest record shows, those of decisions that were to be made anew too."""
    for n in range(len(case.earlier_decisions)):
        yield from _of_round(as_it_was(case, n))
    yield from _of_round(case)


def _of_round(case: Case) -> Iterator[Done]:
    if not (case.HasField("review") or case.HasField("decision")):
        return
    table = table_of(case)
    for act in SHOWN:
        at = moment_at(case, ACTS[act].done)
        other = act in ("PASS_REVIEW", "RETURN_REVIEW") and case.review.passed != (act == "PASS_REVIEW")
        if at is not None and not other and act in table.acts:
            yield Done(act, case, at=at)


def finding(rule: Rule, facts: Any, about: str) -> Finding:
    """A broken rule as a warning: the act, what the rule says, and the figures that it tells."""
    figures = told([rule], facts.alone(about) if about else facts)
    at, move = facts.at(), facts.move
    zh, en = (said_figures(figures, facts, language) for language in (0, 1))
    return Finding(
        at=at,
        zh=f"“{move.title_zh}”（{said(at)}）：{rule.says_zh}" + (f"（{zh}）" if zh else ""),
        en=f"“{move.title_en}” on {said(at)}: {rule.says}" + (f" ({en})" if en else ""),
        about=about,
        reason=rule.reason,
        rule=rule.name,
        law=facts.parameters.cited(rule.law, facts.sector(), rule.name),
    )
