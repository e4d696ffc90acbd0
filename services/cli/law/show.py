"""How answers about the law look on a terminal: Chinese first, English beside it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from rich import box
from rich.console import Console, JustifyMethod
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from services.cli.law.answer import Answer, next_day
from services.cli.law.days import name_of, weekday
from services.law.citation import cite
from services.law.clock import Clock
from services.law.words import CONDITIONS, DIRECTIONS, of_term

Plain = dict[str, Any]
DAY_COLUMNS: tuple[tuple[str, JustifyMethod], ...] = (
    ("日期 day", "left"),
    ("星期", "left"),
    ("第几", "right"),
    ("", "left"),
    ("计算 counting", "left"),
)
# How a day of the counting is shown: in Chinese, in English, in colour.
_SHOWN = {
    "START": ("起算日", "start", "cyan"),
    "MOMENT": ("自时刻起算", "from the moment", ""),
    "COUNTED": ("计入", "counted", ""),
    "REST_DAY": ("不计入", "not counted", "bright_black"),
    "EXCLUDED": ("扣除", "excluded", "magenta"),
    "CORRESPONDING": ("对应日", "corresponding day", ""),
    "MONTH_END": ("月末日", "end of the month", ""),
    "EXTENDED": ("延长自此起算", "the extension runs from here", "cyan"),
    "ROLLED": ("顺延", "rolls on", "yellow"),
    "EARLIER": ("提前", "moved earlier", "yellow"),
    "FIXED": ("固定日期", "fixed date", ""),
}


def print_answer(out: Console, a: Answer) -> None:
    """The clock, the counting day by day, and the day it comes to."""
    cited, (term_zh, term_en) = cite(a.clock.law), of_term(a.term)
    way_zh, way_en = DIRECTIONS[a.clock.direction]
    out.print(Text(f"{a.clock.id} {a.clock.title_zh} {a.clock.title_en}", "bold"))
    out.print(f"{cited.text_zh} {cited.text_en}", highlight=False)
    out.print(f"期限 term: {term_zh} {term_en}（{way_zh} {way_en}）", highlight=False)
    if a.layer != "national":
        out.print(f"由{a.layer}层确定。 Set by the layer {a.layer}.", highlight=False)
    out.print(_workings(a))
    for line in _articles(a):
        out.print(Text(line, "bright_black"))
    for broken in a.due.void:
        out.print(Text(f"✗ 延长无效 extension void: {broken.says_zh} {broken.says} ({broken.law})", "red"))
    out.print(Panel(_verdict(a), border_style="yellow" if a.due.provisional else "green", expand=False))


def _workings(a: Answer) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading, justify in DAY_COLUMNS:
        table.add_column(heading, justify=justify, no_wrap=bool(heading), overflow="fold")
    for step in a.due.workings:
        zh, en, style = _SHOWN[step.why]
        number = str(step.number) if step.counts else "–"
        kind = " ".join(name_of(step.day, a.calendar))
        table.add_row(str(step.day), " ".join(weekday(step.day)), number, kind, f"{zh} {en}", style=style)
    return table


def _articles(a: Answer) -> Iterable[str]:
    """What each kind of day rests on, once."""
    reasons = {step.why: step for step in a.due.workings if step.why != "COUNTED"}
    for why, step in reasons.items():
        yield f"{_SHOWN[why][0]}：{step.says_zh} {step.says} ({step.law})"


def _verdict(a: Answer) -> Text:
    lines = [(f"届满 due: {_said(a)}", "bold")]
    if a.due.block is not None and a.due.warn is not None and a.clock.direction == "before":
        lines = [
            (f"最迟 at the latest: {_day(a.due.block)}", "bold"),
            (f"稳妥 safe by: {_day(a.due.warn)}（其间整日计足 all days between are clear）", ""),
        ]
    elif a.due.warn is not None and a.due.warn != a.due.day:
        lines.append((f"届满前最后一个工作日 last working day that meets it: {_day(a.due.warn)}", ""))
    if a.clock.direction == "min_wait":
        lines.append((f"可以实施 lawful from: {_day(next_day(a.due))}", "bold"))
    if a.due.provisional:
        years = "、".join(map(str, a.unproclaimed))
        lines.append((f"暂定：{years}年节假日安排尚未公布，公布后重新计算。", "yellow"))
        lines.append(
            (f"provisional: the holidays of {years} are not proclaimed yet; counted anew then.", "yellow")
        )
    return Text("\n").join(Text(line, style) for line, style in lines)


def _said(a: Answer) -> str:
    if a.by_hours:
        return f"{a.due.at:%Y-%m-%d %H:%M:%S} {' '.join(weekday(a.due.day))}（北京时间 Asia/Shanghai）"
    return f"{_day(a.due.day)}，至24时 until midnight"


def _day(day: date) -> str:
    return f"{day} {' '.join(weekday(day))}"


def print_explained(out: Console, told: Plain) -> None:
    """A clock as the law gives it."""
    out.print(Text(f"{told['clock']} {told['title']['zh']} {told['title']['en']}", "bold"))
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(style="cyan", no_wrap=True)
    table.add_column()
    for name, lines in _facts(told):
        for n, line in enumerate(lines):
            table.add_row("" if n else name, Text(line))
    out.print(table)


def print_why(out: Console, told: Plain) -> None:
    """Every layer that says something of a clock, first who is asked first."""
    now = told["in_force"]
    out.print(Text(f"{told['clock']} {told['title']['zh']} {told['title']['en']}", "bold"))
    out.print(f"{told['in_force_on']}，领域 sector: {told['sector'] or '–'}", highlight=False)
    table = Table("层级 layer", "长度 term", "依据 law", "效力", pad_edge=False)
    for link in now["chain"]:
        style, said = (
            ("green", "✓ 适用 counts") if link["counts"]
            else ("", "· 被上一层代替 replaced by the one above") if link["binds"]
            else ("bright_black", "✗ 不约束本处 does not bind here")
        )  # fmt: skip
        table.add_row(link["layer"], _both(link), link["law"], said, style=style)
    out.print(table)
    if now["term"] is None:
        out.print(Text(NOBODY, "yellow"))
    else:
        cited = cite(now["law"])
        out.print(f"{cited.text_zh}\n{cited.text_en}", highlight=False)


def _facts(told: Plain) -> Iterable[tuple[str, list[str]]]:
    now = told["in_force"]
    yield "条文 article", [told["law"]["zh"], told["law"]["en"]]
    yield "方向 kind", [_both(told["direction"])]
    yield "历次 terms", [f"{t['since']} 起 since: {_both(t)}" for t in told["terms"]]
    yield f"现行 {told['in_force_on']}", [_both(now["term"]) if now["term"] else NOBODY]
    yield "层级 layers", [_link(link) for link in now["chain"]]
    yield "地方可调 local", ["可以 may be set" if told["configurable"] else "不可以 fixed by the statute"]
    yield "起算 starts", [_moved(m) for m in told["starts"]] or ["每年 every year"]
    yield "停止 stops", [_moved(m) for m in told["stops"]] or ["–"]
    if told["only_if"]:
        yield "条件 only if", [" ".join(CONDITIONS[told["only_if"]])]
    yield "责任 who", [_both(told["who"])]
    yield (
        "延长 extension",
        [f"{_both(e)}，{_both(e['by'])} ×{e['times']} ({e['law']['code']})" for e in told["extensions"]]
        or ["无 none"],
    )
    for name, key in (("扣除 excluded", "excluded"), ("后果 if late", "consequence"), ("说明 note", "note")):
        if told[key]["zh"]:
            yield name, [told[key]["zh"], told[key]["en"]]


NOBODY = "无人规定，须由本机关确定 set by nobody: for the agency to order"


def _link(link: Plain) -> str:
    """What one layer says, and whether that binds here and counts."""
    mark = "✓" if link["counts"] else "·" if link["binds"] else "✗ 不约束本处 does not bind here:"
    return f"{mark} {link['layer']}: {_both(link)} ({link['law']})"


def _both(pair: Plain) -> str:
    return f"{pair['zh']} {pair['en']}"


def _moved(by: Plain) -> str:
    return f"{by['id']} {by['zh']} {by['en']}".strip()


def print_list(out: Console, clocks: list[Clock]) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("编号 id", "期限 clock", "长度 term", "条文 law"):
        table.add_column(heading, no_wrap="clock" not in heading, overflow="fold")
    for c in clocks:
        table.add_row(c.id, f"{c.title_zh}\n{c.title_en}", "\n".join(of_term(c.term)), c.law)
    out.print(table)
    out.print(f"共{len(clocks)}项期限 {len(clocks)} clock(s)", highlight=False)
