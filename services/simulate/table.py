"""What a simulated year showed, as tables."""

from datetime import timedelta
from functools import partial

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from services.simulate.wanted import Played
from services.supervision.warning.catalogue import kinds

SHOWN = 60


def show(played: Played, out: Console) -> None:
    """The confusion table, what was missed or false, what could not be injected, and the figures."""
    out.print(confusion(played))
    verdict, told = played.verdict, partial(out.print, markup=True)
    for expected in verdict.missed[:SHOWN]:
        told(
            f"[red]未发现 missed[/red] {expected.rule_id} {escape(expected.plot)} at {expected.node}, {expected.subject}, "
            f"since {expected.since:%Y-%m-%d %H:%M}"
        )
    for expected in verdict.unsettled[:SHOWN]:
        told(f"[red]未随事实办结 not settled[/red] {expected.rule_id} at {expected.node}, {expected.subject}")
    for late, delay in verdict.late[:SHOWN]:
        told(f"[red]迟 late[/red] {late.rule_id} {escape(late.plot)} at {late.node}: {said(delay)}")
    for warning in verdict.false[:SHOWN]:
        told_for = played.book.about.get(warning.case_id, "—")
        told(f"[red]误报 false[/red] {warning.rule_id} ({escape(told_for)}) {escape(warning.detail_en)}")
    for problem in played.book.problems[:SHOWN]:
        told(f"[yellow]未能完成 broke off[/yellow] {escape(problem)}")
    for left in played.left_out:
        told(f"[yellow]未排入 left out[/yellow] {escape(left)}")
    out.print(figures(played))


def confusion(played: Played) -> Table:
    wanted = played.wanted
    title = f"seed {wanted.seed}, {wanted.departments} departments, {wanted.days} days"
    table = Table(title=title)
    table.add_column("预警\nwarning", no_wrap=True)
    table.add_column("", no_wrap=True)
    for name in (
        "注入\ninjected",
        "发现\nfound",
        "未发现\nmissed",
        "相近\nnear",
        "误报\nfalse",
        "最长\nlongest",
    ):
        table.add_column(name, justify="right", no_wrap=True)
    for rule_id, kind in kinds().items():
        line = played.verdict.lines.get(rule_id)
        if line is None:
            table.add_row(rule_id, kind.title_zh, *["—"] * 6, style="dim")
            continue
        row = (line.injected, line.found, line.missed, line.near, line.false, said(line.longest))
        table.add_row(rule_id, kind.title_zh, *map(str, row), style="" if line.good else "red")
    return table


def said(delay: timedelta) -> str:
    minutes = round(delay.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02}"


def figures(played: Played) -> str:
    verdict, book = played.verdict, played.book
    return (
        f"查全率 recall {verdict.recall:.1%} · 查准率 precision {verdict.precision:.1%} · "
        f"{len(book.expected)} breaches, {sum(book.near.values())} near misses, {book.lawful} lawful cases, "
        f"{played.events:,} records in {played.seconds:.0f} s (set up in {played.set_up:.0f} s)"
    )
