"""The procedures, those of the law and those that services run, as plain data and on a terminal."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from services.cli.law.explain import law_json
from services.cli.law.query import Unanswerable, near_names
from services.law.citation import cite
from services.law.procedures import clocks_of, names_of
from services.law.procedures import tables as tables_of_law
from services.law.process import Move, Process
from services.law.words import of_role

Plain = dict[str, Any]


@cache
def tables() -> Mapping[str, tuple[Process, str]]:
    """Every table by name with the service that runs it: `enforcement/ordinary`; those of the law by theirs."""
    from services.lawdocs import code  # here: the services' tables load their contracts

    run = {f"{service}/{p.name}": (p, service) for service, found in code.processes().items() for p in found}
    taken = {id(process) for process, _ in run.values()}
    of_law = {name: (table, "") for name, table in tables_of_law().items() if id(table) not in taken}
    return {**of_law, **run}


def procedure_named(name: str) -> str:
    """The full name of a table, which may be asked for without its service. Raises Unanswerable with near names."""
    wanted = name.strip().lower()
    if wanted in tables():
        return wanted
    short = [full for full in tables() if wanted and full.partition("/")[2] == wanted]
    if len(short) == 1:
        return short[0]
    names = dict.fromkeys([*tables(), *(full.partition("/")[2] for full in tables() if "/" in full)])
    near = short or near_names(wanted, list(names))
    zh, en = (f"是否指{'、'.join(near)}？", f"Did you mean {', '.join(near)}?") if near else (
        "用 yifa law procedures 查看全部流程。", "See yifa law procedures for all of them."
    )  # fmt: skip
    raise Unanswerable(f"没有名为“{name}”的流程；{zh}", f"There is no procedure {name!r}. {en}")


def as_json(name: str) -> Plain:
    """A table for programs."""
    process, _ = tables()[name]
    return {
        **summary_json(name),
        "states": [state for state in process.states if state],
        "ends": list(process.ends),
        "moves": [_move(m) for m in process.moves],
    }


def summary_json(name: str) -> Plain:
    process, run_by = tables()[name]
    return {
        "procedure": name,
        "title": {"zh": process.title_zh, "en": process.title_en},
        "run_by": run_by,
        "acts": len(process.acts),
    }


def _move(m: Move) -> Plain:
    starts, stops = _clocks(m)
    return {
        "act": str(m.act),
        "title": {"zh": m.title_zh, "en": m.title_en},
        "from": m.source,
        "to": m.target,
        "law": law_json(m.law),
        "roles": [{"id": role, "zh": of_role(role)[0], "en": of_role(role)[1]} for role in m.roles],
        "rules": [
            {"reason": r.reason, "severity": r.severity, "law": r.law, "zh": r.says_zh, "en": r.says}
            for r in m.rules
        ],
        "events": list(names_of(m)),
        "starts": starts,
        "stops": stops,
    }


def _clocks(m: Move) -> tuple[list[str], list[str]]:
    starts, stops = clocks_of(m)
    return [c.id for c in starts], [c.id for c in stops]


def print_all(out: Console) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("流程 procedure", no_wrap=True)
    table.add_column("名称 title", overflow="fold")
    table.add_column("行为", justify="right")
    for name in tables():
        told = summary_json(name)
        table.add_row(name, "\n".join(filter(None, told["title"].values())), str(told["acts"]))
    out.print(table)
    out.print(f"共{len(tables())}个流程 {len(tables())} procedures", highlight=False)
    out.print("名称前有服务的由该服务运行，其余尚无服务运行。", highlight=False)
    out.print("A service runs those it stands before; nobody runs the others yet.", highlight=False)


def print_table(out: Console, name: str) -> None:
    """The acts in their order: what each is called, from where to where, on which article, on which conditions."""
    process, run_by = tables()[name]
    out.print(Text(" ".join(filter(None, (name, process.title_zh, process.title_en))), "bold"))
    out.print(f"运行 run by: {run_by or '尚无服务运行 no service yet'}", highlight=False)
    acts: dict[tuple[str, str, str], list[Move]] = {}
    for m in process.moves:
        acts.setdefault((m.act, m.target if m.target != m.source else "=", m.law), []).append(m)
    for (act, target, law), moves in acts.items():
        sources = ", ".join(m.source or "–" for m in moves)
        out.print()
        out.print(Text(f"{moves[0].title_zh} {moves[0].title_en} ({act})", "cyan"))
        _indented(out, f"{sources} → {target}")
        _indented(out, f"{cite(law).text_zh} {cite(law).code}")
        for line in _rests(moves[0]):
            _indented(out, line)
    out.print()
    out.print(f"终结状态 ends: {', '.join(process.ends) or '–'}", highlight=False)


def _indented(out: Console, line: str) -> None:
    out.print(Padding(Text(line), (0, 0, 0, 4)))


def _rests(m: Move) -> list[str]:
    """Who does it, on which conditions, and which clocks it starts and stops."""
    starts, stops = _clocks(m)
    who = ["、".join(" ".join(of_role(role)) for role in m.roles)] if m.roles else []
    rules = [f"{'△' if r.severity == 'warn' else '·'} {r.says_zh} {r.says}" for r in m.rules]
    clocks = [" ".join([*(f"▶ {c}" for c in starts), *(f"■ {c}" for c in stops)])] if starts or stops else []
    return [*who, *rules, *clocks]
