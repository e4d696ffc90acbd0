"""Procedures as tables of moves, and the rules that the law puts on them."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from services.law.citation import cite

Facts = Any  # whatever the service hands to its own predicates: a row, a dataclass, a namespace

_REASON = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
_SEVERITIES = ("block", "warn")


@dataclass(frozen=True)
class Broken:
    """One rule that does not hold: why, under which article, and what the article says."""

    reason: str
    law: str
    says: str
    says_zh: str


class Unlawful(Exception):
    """An act that the law does not allow. `broken` lists every rule it breaks, never only the first."""

    def __init__(self, broken: Iterable[Broken], about: dict[str, str] | None = None) -> None:
        self.broken: list[Broken] = list(broken)
        self.about: dict[str, str] = dict(about or {})
        super().__init__("; ".join(f"{b.reason} ({b.law}): {b.says}" for b in self.broken))


@dataclass(frozen=True)
class Rule:
    """A condition that the law puts on an act. A `warn` rule is reported but does not stop the act."""

    reason: str
    law: str
    says: str
    says_zh: str
    holds: Callable[[Facts], bool] = field(compare=False)
    severity: str = "block"

    def __post_init__(self) -> None:
        if not _REASON.fullmatch(self.reason):
            raise ValueError(f"reason {self.reason!r} is not UPPER_SNAKE")
        if self.severity not in _SEVERITIES:
            raise ValueError(f"{self.reason}: severity {self.severity!r} is not one of {_SEVERITIES}")
        if not self.says or not self.says_zh:
            raise ValueError(f"{self.reason}: a rule is said in English (its docstring) and in Chinese (zh=)")
        cite(self.law)

    def broken(self) -> Broken:
        return Broken(self.reason, self.law, self.says, self.says_zh)


def rule(
    reason: str, *, law: str, zh: str, severity: str = "block"
) -> Callable[[Callable[[Facts], bool]], Rule]:
    """Make a predicate a Rule, its docstring being the English sentence. Raises ValueError if ill-formed."""

    def build(holds: Callable[[Facts], bool]) -> Rule:
        return Rule(reason, law, " ".join((holds.__doc__ or "").split()), zh, holds, severity)

    return build


@dataclass(frozen=True)
class Move:
    """One lawful act: from which state to which, under which article, if which rules hold, by whom.

    `events` are the names by which clocks know that the act was done.
    """

    act: str
    source: str
    target: str
    law: str
    rules: tuple[Rule, ...] = ()
    roles: tuple[str, ...] = ()
    title_zh: str = ""
    title_en: str = ""
    events: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        cite(self.law)


class Process:
    """A table of moves: what may be done next, and what stands against it.

    Raises ValueError when built with two moves of one act from one state, or, if it says which states
    it ends in (`ends`), when those are not the states that nothing leads out of.
    """

    def __init__(
        self,
        name: str,
        *moves: Move,
        titles: tuple[str, str] = ("", ""),
        ends: Iterable[str] | None = None,
    ) -> None:
        self.name = name
        self.title_zh, self.title_en = titles
        self.moves = moves
        self._moves: dict[tuple[str, str], Move] = {}
        self._open: dict[str, tuple[Move, ...]] = {}
        for move in moves:
            key = (str(move.act), str(move.source))
            if key in self._moves:
                raise ValueError(f"{name}: two moves of {key[0]} from {key[1]!r}")
            self._moves[key] = move
            self._open[key[1]] = (*self._open.get(key[1], ()), move)
        self.states: tuple[str, ...] = tuple(dict.fromkeys(s for m in moves for s in (m.source, m.target)))
        self.acts: tuple[str, ...] = tuple(dict.fromkeys(m.act for m in moves))
        left = {str(m.source) for m in moves if m.target != m.source}
        self.ends: tuple[str, ...] = tuple(s for s in self.states if s and s not in left)
        if ends is not None and (wrong := set(ends) ^ set(self.ends)):
            raise ValueError(f"{name}: {min(wrong)} is either no end or an end that is not said")

    @property
    def begins(self) -> tuple[str, ...]:
        """The states it begins in: before the first act, and those that time or another procedure brings."""
        entered = {m.target for m in self.moves if m.target != m.source}
        return tuple(s for s in self.states if s not in entered) or self.states[:1]

    def open(self, state: str) -> tuple[Move, ...]:
        """The moves that start from a state, whether or not their rules hold."""
        return self._open.get(str(state), ())

    def step(self, act: str, state: str, facts: Facts) -> Move:
        """The move that an act makes; raises Unlawful with all the rules it breaks, or ACT_NOT_OPEN."""
        broken = self.why_not(act, state, facts)
        if broken:
            raise Unlawful(broken, self._about(act, state))
        return self._moves[str(act), str(state)]

    def why_not(self, act: str, state: str, facts: Facts) -> list[Broken]:
        """What stands against an act, an empty list if nothing does. Never raises for an act not open."""
        move = self._moves.get((str(act), str(state)))
        if move is None:
            return [self._not_open(act, state)]
        return [r.broken() for r in move.rules if r.severity == "block" and not r.holds(facts)]

    def warnings(self, act: str, state: str, facts: Facts) -> list[Broken]:
        """The rules of severity `warn` that an open act does not keep."""
        move = self._moves.get((str(act), str(state)))
        rules = move.rules if move else ()
        return [r.broken() for r in rules if r.severity == "warn" and not r.holds(facts)]

    def mermaid(self, lang: str = "zh") -> str:
        """The table as a Mermaid state diagram, labelled in Chinese or English."""
        lines = ["stateDiagram-v2"]
        for m in self.moves:
            title = (m.title_zh if lang == "zh" else m.title_en) or m.act
            lines.append(f"    {m.source or '[*]'} --> {m.target or '[*]'}: {title}")
        lines += [f"    {state} --> [*]" for state in self.ends]
        return "\n".join(lines) + "\n"

    def _about(self, act: str, state: str) -> dict[str, str]:
        open_acts = ",".join(str(m.act) for m in self.open(state))
        return {"act": str(act), "state": str(state), "open_acts": open_acts}

    def _not_open(self, act: str, state: str) -> Broken:
        law = next((m.law for m in self.moves if str(m.act) == str(act)), self.moves[0].law)
        titles_en = ", ".join(m.title_en or str(m.act) for m in self.open(state)) or "nothing"
        titles_zh = "、".join(m.title_zh or str(m.act) for m in self.open(state)) or "无"
        return Broken(
            "ACT_NOT_OPEN",
            law,
            f"{act} is not open in state {state or 'NEW'}; open: {titles_en}.",
            f"当前状态“{state or '新建'}”下不能办理“{self._title_zh(act)}”；可办理：{titles_zh}。",
        )

    def _title_zh(self, act: str) -> str:
        return next((m.title_zh for m in self.moves if str(m.act) == str(act) and m.title_zh), str(act))


_Titles = tuple[str, str]
Line = (
    tuple[str, str, str, str, tuple[Rule, ...], str, _Titles]
    | tuple[str, str, str, str, tuple[Rule, ...], str, _Titles, str]
)


def table(
    name: str,
    *lines: Line,
    titles: _Titles = ("", ""),
    ends: str | None = None,
    events: Mapping[str, tuple[str, ...]] | None = None,
) -> Process:
    """A process from lines of act, sources, target, law, rules, roles, titles and, if clocks know it, events.

    Sources, roles and events are words in one text; a line makes one move from each source, and the
    target "=" means that the state stays. `events` gives those of acts whose lines name none. Raises
    ValueError as Process and Move do.
    """
    moves = []
    for line in lines:
        act, sources, target, law, rules, roles, (zh, en) = line[:7]
        known = tuple(line[7].split()) if len(line) == 8 else (events or {}).get(act, ())
        for source in sources.split() or [""]:
            goal = source if target == "=" else target
            moves.append(Move(act, source, goal, law, rules, tuple(roles.split()), zh, en, known))
    return Process(name, *moves, titles=titles, ends=None if ends is None else ends.split())
