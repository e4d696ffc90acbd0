"""The pages of the procedures of the law: the diagram, the acts with the clocks they move, and the rules on them."""

from collections.abc import Iterable

from services.law.citation import cite
from services.law.clock import Clock
from services.law.declared import Group, declared
from services.law.procedure import Procedure
from services.law.procedures import clocks_of, names_of, procedures
from services.law.procedures.outcomes import DECISION, OUTCOMES, SURCHARGE
from services.law.process import Move, Process
from services.law.rule import Rule
from services.law.words import of_role
from services.lawdocs import code
from services.lawdocs.markdown import both, page, relative, table

NOT_RUN = (
    "法定流程表，尚无服务运行；日后运行它的服务直接引用此表。",
    "A table of the law that no service runs yet; the service that comes for it imports this table.\n",
)

OUTCOMES_PAGE = "procedures/outcomes.md"
LEGEND = "▶ 起算 starts，■ 停止 stops\n"


def procedure_page(name: str) -> str:
    return f"procedures/{name}.md"


def pages() -> dict[str, str]:
    """Every page of a procedure by its path under the documents, and that of the outcomes of remedies."""
    return {
        **{procedure_page(name): _procedure(p) for name, p in procedures().items()},
        OUTCOMES_PAGE: _outcomes(),
    }


def moving(clock: Clock) -> tuple[str, ...]:
    """The procedures with an act that starts or stops a clock."""
    waited_for = {*clock.starts, *clock.stops, *clock.resumes}
    return tuple(
        name
        for name, p in procedures().items()
        if any(waited_for.intersection(names_of(move)) for table in p.tables for move in table.moves)
    )


def _procedure(p: Procedure) -> str:
    first, here = p.tables[0], procedure_page(p.name)
    source = f"{p.facts.__module__.removesuffix('.facts').replace('.', '/')}"
    source += "/__init__.py" if p.facts.__module__.endswith(".facts") else ".py"
    rules = {id(r): r for t in p.tables for m in t.moves for r in m.rules}.values()
    return page(
        f"{first.title_zh} {first.title_en}",
        *run_by(p),
        f"来源 source: [{source}]({relative(source, here)})\n",
        *(part for t in p.tables for part in _table(t)),
        f"## 规则 Rules ({len(rules)})\n",
        table(("拒绝理由 reason", "内容 sentence", "条文 article"), map(_rule, rules)),
    )


def run_by(p: Procedure) -> tuple[str, ...]:
    """Which service runs a procedure, or that none does yet."""
    if not (service := ran_by(p)):
        return NOT_RUN
    return f"由 {service} 服务办理。", f"Run by the service {service}, which imports this table.\n"


def ran_by(p: Procedure) -> str:
    """The service that runs a procedure; empty where none does yet."""
    return next((name for name, run in code.processes().items() if any(t in run for t in p.tables)), "")


def _table(process: Process) -> Iterable[str]:
    """The diagrams of a table and its acts."""
    yield f"## 状态图\n\n```mermaid\n{process.mermaid('zh')}```\n"
    yield f"## State diagram\n\n```mermaid\n{process.mermaid('en')}```\n"
    yield f"## 办理行为 Acts ({len(process.acts)})\n"
    yield table(
        (
            "行为 act",
            "名称 title",
            "从 from",
            "到 to",
            "条文 article",
            "规则 rules",
            "责任 who",
            "期限 clocks",
        ),
        _acts(process.moves),
    )
    yield LEGEND


def _acts(moves: Iterable[Move]) -> Iterable[tuple[str, ...]]:
    """One row for an act that does the same from several states."""
    rows: dict[tuple[str, ...], list[str]] = {}
    for m in moves:
        key = (
            f"`{m.act}`",
            both(m.title_zh, m.title_en),
            m.target if m.target != m.source else "=",
            "<br>".join(cite(m.law).text_zh.split("、")),
            "<br>".join(f"`{r.reason}`" for r in m.rules) or "–",
            "<br>".join(both(*of_role(role)) for role in m.roles),
            "<br>".join(moved(m)) or "–",
        )
        rows.setdefault(key, []).append(m.source or "–")
    for (act, title, target, *rest), sources in rows.items():
        yield act, title, ", ".join(sources), target, *rest


def moved(m: Move) -> Iterable[str]:
    """The clocks that an act starts and stops."""
    starts, stops = clocks_of(m)
    yield from (f"▶ {c.id}" for c in starts)
    yield from (f"■ {c.id}" for c in stops)


def _rule(r: Rule) -> tuple[str, ...]:
    warns = "（提示 warns）" if r.severity == "warn" else ""
    return f"`{r.reason}`{warns}", both(r.says_zh, r.says), cite(r.law).code


def _outcomes() -> str:
    source = "services/law/procedures/outcomes.py"
    rows = [
        (
            both(o.title_zh, o.title_en),
            "<br>".join(cite(o.law).code.split(";")),
            both(*DECISION[o.decision]),
            both(*SURCHARGE[o.surcharge]),
            "、".join(o.starts) or "–",
            "<br>".join(_also(o.publication_withdrawn, o.refund, o.again, o.not_the_same, o.accountability)) or "–",
            both(o.note_zh, o.note_en) or "–",
        )
        for o in OUTCOMES
    ]  # fmt: skip
    return page(
        "复议、诉讼结果对案件的影响 What a remedy does to the case",
        *NOT_RUN,
        f"来源 source: [{source}]({relative(source, OUTCOMES_PAGE)})\n",
        table(
            (
                "结果 outcome", "条文 article", "原决定 decision", "加处罚款 surcharge", "起算期限 clocks",
                "还须 besides", "说明 note",
            ),
            rows,
        ),
    )  # fmt: skip


def _also(*flags: bool) -> Iterable[str]:
    said = (
        "撤回公开信息 withdraw the publication",
        "退还罚没款 refund",
        "可以责令重作 may be ordered anew",
        "不得作出相同行为 not the same again",
        "转责任追究 accountability",
    )
    return (text for flag, text in zip(flags, said, strict=True) if flag)


def links(names: Iterable[str]) -> str:
    """Links to procedures from a page at the top of the documents."""
    return "、".join(f"[{name}]({procedure_page(name)})" for name in names)


def index() -> str:
    """The procedures of the law, the names that nothing announces yet, and the clocks that do not run."""
    rows = [
        (
            links([name]),
            ran_by(p) or "–",
            both(p.tables[0].title_zh, p.tables[0].title_en),
            str(sum(len(t.states) - 1 for t in p.tables)),
            str(len({act for t in p.tables for act in t.acts})),
            str(len({id(r) for t in p.tables for m in t.moves for r in m.rules})),
        )
        for name, p in procedures().items()
    ]
    said = declared()
    return "\n".join(
        [
            table(
                ("流程 procedure", "运行 run by", "名称 title", "状态 states", "行为 acts", "规则 rules"),
                rows,
            ),
            f"[复议、诉讼结果 outcomes of remedies]({OUTCOMES_PAGE})\n",
            "### 尚无来源的事件 Names that nothing announces yet\n",
            table(("原因 why", "事件 names"), map(_group, said.names)),
            "### 另行保证、不运行的期限 Clocks that are held in another way\n",
            table(("原因 why", "期限 clocks"), map(_group, said.clocks)),
        ]
    )


def _group(group: Group) -> tuple[str, str]:
    return both(group.zh, group.en), "、".join(f"`{name}`" for name in group.ids)
