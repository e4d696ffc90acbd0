"""Procedures as tables of moves, and the rules that the law puts on them."""

import re
from collections.abc import Callable, Iterable
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
    """One lawful act: from which state to which, under which article, if which rules hold, by whom."""

    act: str
    source: str
    target: str
    law: str
    rules: tuple[Rule, ...] = ()
    roles: tuple[str, ...] = ()
    title_zh: str = ""
    title_en: str = ""

    def __post_init__(self) -> None:
        cite(self.law)


class Process:
    """A table of moves. Raises ValueError when built with two moves of one act from one state."""

    def __init__(self, name: str, *moves: Move) -> None:
        self.name = name
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
        lines += [f"    {state} --> [*]" for state in self.states if state and not self.open(state)]
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
