"""Procedures as tables of moves: which acts are open in a state, and what stands against them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from services.law.citation import cite
from services.law.rule import Broken, Facts, Rule, Unlawful, told


@dataclass(frozen=True)
class Move:
    """One lawful act: from which state to which, under which article, if which rules hold, by whom.

    `events` are the names by which clocks know that the act was done; `rpc` names the method that does it where its name is
    not the act's.
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
    rpc: str = ""

    def __post_init__(self) -> None:
        cite(self.law)

    @cached_property
    def blocking(self) -> tuple[Rule, ...]:
        """Those of the rules that stop the act when they do not hold."""
        return tuple(r for r in self.rules if r.severity == "block")

    @property
    def name(self) -> str:
        """The name under which sectors have articles of their own for it."""
        return f"act.{self.act}"

    @cached_property
    def method(self) -> str:
        """The RPC that does it: named, or the act's own words, MAKE_DECISION as MakeDecision."""
        return self.rpc or "".join(word.capitalize() for word in str(self.act).split("_"))


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

    def step(self, act: str, state: str, facts: Any) -> Move:
        """The move that an act makes; raises Unlawful with all the rules it breaks, or ACT_NOT_OPEN."""
        move = self.move(act, state)
        if move is None:
            raise Unlawful([self.not_open(act, state)], self._about(act, state), _sector_of(facts))
        broken = [r for r in move.blocking if not r.holds(facts)]
        if broken:
            about = self._about(act, state) | told(broken, facts)
            raise Unlawful([r.broken() for r in broken], about, _sector_of(facts))
        return move

    def move(self, act: str, state: str) -> Move | None:
        """The move of an act from a state, if it is open there."""
        return self._moves.get((str(act), str(state)))

    def why_not(self, act: str, state: str, facts: Any) -> list[Broken]:
        """What stands against an act, an empty list if nothing does. Never raises for an act not open."""
        move = self.move(act, state)
        if move is None:
            return [self.not_open(act, state)]
        return [r.broken() for r in move.blocking if not r.holds(facts)]

    def warnings(self, act: str, state: str, facts: Any) -> list[Broken]:
        """The rules of severity `warn` that an open act does not keep."""
        move = self.move(act, state)
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
        open_acts = ",".join(dict.fromkeys(m.method for m in self.open(state)))
        return {"act": self.named(act).method, "state": str(state), "open_acts": open_acts}

    def not_open(self, act: str, state: str) -> Broken:
        """What is said of an act that is not open."""
        named, here = self.named(act), self.open(state)
        open_en = ", ".join(dict.fromkeys(f"{m.title_en or m.act} ({m.method})" for m in here)) or "nothing"
        open_zh = "、".join(dict.fromkeys(m.title_zh or str(m.act) for m in here)) or "无"
        return Broken(
            "ACT_NOT_OPEN",
            named.law,
            f"{named.title_en or named.act} ({named.method}) is not open at this stage; open now: {open_en}.",
            f"现阶段不能办理“{named.title_zh or named.act}”；可办理：{open_zh}。",
            named.name,
        )

    def named(self, act: str) -> Move:
        """A move of the act, from whatever state; for an act that the table does not know, one that only names it."""
        return next(
            (m for m in self.moves if str(m.act) == str(act)), Move(str(act), "", "", self.moves[0].law)
        )


def _sector_of(facts: Any) -> str:
    return facts.sector() if isinstance(facts, Facts) else ""


_Titles = tuple[str, str]
Line = tuple[Any, ...]
"""act, sources, target, law, rules, roles, (title zh, title en) and, where they differ from the act's own, events and RPC."""


def table(
    name: str,
    *lines: Line,
    titles: _Titles = ("", ""),
    ends: str | None = None,
) -> Process:
    """A process from lines of act, sources, target, law, rules, roles, titles and, if clocks know it, events, and an RPC that
    is named otherwise than the act.

    Sources, roles and events are words in one text; a line makes one move from each source, and the
    target "=" means that the state stays. Raises ValueError as Process and Move do.
    """
    moves = []
    for line in lines:
        act, sources, target, law, rules, roles, (zh, en) = line[:7]
        known = tuple(line[7].split()) if len(line) > 7 else ()
        rpc = line[8] if len(line) > 8 else ""
        for source in sources.split() or [""]:
            goal = source if target == "=" else target
            moves.append(Move(act, source, goal, law, rules, tuple(roles.split()), zh, en, known, rpc))
    return Process(name, *moves, titles=titles, ends=None if ends is None else ends.split())
