"""The pages: one for each statute and each service's processes."""

from collections.abc import Iterable, Iterator

from services.law.citation import Statute, cite, cites, statute_of, statutes
from services.law.clock import Clock, catalogue
from services.law.event import announcers, events
from services.law.procedures import tables
from services.law.procedures.outcomes import OUTCOMES
from services.law.process import Process
from services.law.requirement import Requirement, checklist, guards
from services.law.words import CONDITIONS, DIRECTIONS, of_amount, of_person, of_term
from services.lawdocs import code, coverage
from services.lawdocs.markdown import both, code_link, page, relative, statute_page, table
from services.lawdocs.procedures import LEGEND, moved

LEVELS = {
    "law": ("法律", "law"),
    "regulation": ("行政法规", "regulation"),
    "rule": ("部门规章", "rule"),
    "local": ("地方规定", "local"),
    "policy": ("政策文件", "policy"),
    "internal": ("内部规定", "internal rule"),
}


def cited() -> list[Statute]:
    """The statutes that a clock, a rule or a requirement rests on."""
    asked = (*guards().values(), *checklist().values())
    laws = [
        *(c.law for c in catalogue().values()),
        *(h.rule.law for h in code.rules()),
        *(r.law for r in asked),
        *(m.law for _, p in _tables() for m in p.moves),
        *(o.law for o in OUTCOMES),
    ]
    used = {statute_of(part).code for law in laws for part in law.split(";")}
    return [s for s in statutes().values() if s.code in used]


def statute(s: Statute) -> str:
    """What of a statute is in the system: clocks, acts, rules, guards and rows."""
    here = statute_page(s.code)
    clocks = [c for c in catalogue().values() if cites(c.law, s.code)]
    asked = [r for r in (*guards().values(), *checklist().values()) if cites(r.law, s.code)]
    days = s.working_days
    counted = "" if days is None else (
        f"工作日的计算依据 working days by {cite(f'{s.code}:{days.article}').text_zh}"
    )  # fmt: skip
    level_zh, level_en = LEVELS[s.level]
    return page(
        f"{s.title_zh} {s.title_en}",
        f"`{s.code}` · {level_zh} {level_en} · {s.in_force} 起施行 in force\n\n{counted}".rstrip() + "\n",
        f"## 期限 Clocks ({len(clocks)})\n",
        *(_clock(c, here) for c in sorted(clocks, key=lambda c: c.id)),
        "## 办理行为 Acts\n",
        table(("流程 process", "行为 act", "从 from", "到 to", "条文 article"), _acts(s)),
        "## 规则 Rules in code\n",
        table(("拒绝理由 reason", "内容 sentence", "条文 article", "位置 where"), _rules(s, here)),
        "## 要求 Requirements\n",
        table(("编号", "内容", "条文 article", "状态 state"), (_asked(r) for r in asked)),
    )


def _clock(c: Clock, here: str) -> str:
    state = coverage.clocks()[c.id].state
    terms = "；".join(f"{since} 起 {zh} ({en})" for since, t in c.terms for zh, en in [of_term(t)])
    facts = [
        ("条文 article", both(cite(c.law).text_zh, cite(c.law).text_en)),
        ("期限 term", terms),
        ("计算 counting", " ".join(DIRECTIONS[c.direction])),
        ("起算 starts", "、".join(map(_event, c.starts))),
        ("停止 stops", "、".join(map(_event, c.stops))),
        ("续算 runs on", "、".join(map(_event, c.resumes))),
        ("条件 only if", both(*CONDITIONS[c.only_if]) if c.only_if else ""),
        ("责任 who", " ".join(of_person(c.who))),
        (
            "延长 extension",
            "；".join(_extension(e.by, e.amount, e.unit, e.times, e.law) for e in c.extensions),
        ),
        ("扣除 excluded", both(c.excluded_zh, c.excluded_en)),
        ("后果 if late", both(c.late_zh, c.late_en)),
        ("说明 note", both(c.note_zh, c.note_en)),
        ("地方可调 local", "可以 may be set" if c.configurable else ""),
        ("状态 state", " ".join(state.value)),
    ]
    return f"### {c.id} {c.title_zh} {c.title_en}\n\n" + table(("", ""), [f for f in facts if f[1]])


def _event(name: str) -> str:
    titles = [events()[event].title for event in announcers().get(name, ())]
    said = dict.fromkeys(f"{title.zh} {title.en}" for title in titles)
    return f"{'；'.join(said)} (`{name}`)" if said else f"`{name}`"


def _extension(by: str, amount: int | None, unit: str, times: int, law: str) -> str:
    (zh, en), (by_zh, by_en) = of_amount(amount, unit), of_person(by)
    often_zh, often_en = (f"{times}次", f"×{times}") if times else ("次数不限", "as often as approved")
    return f"{by_zh}批准{zh}，{often_zh} {en} by the {by_en}, {often_en}（{cite(law).code}）"


def _tables() -> Iterator[tuple[str, Process]]:
    """Every process with what it is called: those of services, and those of the law that nobody runs yet."""
    for service, found in code.processes().items():
        yield from ((f"{service}/{p.name}", p) for p in found)
    yield from tables().items()


def _acts(s: Statute) -> Iterator[tuple[str, ...]]:
    for name, process in _tables():
        for m in process.moves:
            if cites(m.law, s.code):
                title = f"{m.title_zh} {m.title_en} `{m.act}`"
                yield name, title, m.source or "–", m.target or "–", m.law


def _rules(s: Statute, here: str) -> Iterable[tuple[str, ...]]:
    for h in code.rules():
        if cites(h.rule.law, s.code):
            where = f"{h.service} {code_link(f'{h.path}::{h.name}', here)}"
            yield f"`{h.rule.reason}`", both(h.rule.says_zh, h.rule.says), h.rule.law, where


def _asked(r: Requirement) -> tuple[str, ...]:
    state = coverage.guarded().get(r.id) or coverage.checked()[r.id]
    return r.id, both(r.zh, r.en), r.law, " ".join(state.state.value)


def processes(service: str) -> str:
    """The state diagrams of a service in both languages, and its moves."""
    here = f"processes/{service}.md"
    parts = []
    for p in code.processes()[service]:
        moves = [
            (
                f"`{m.act}`",
                both(m.title_zh, m.title_en),
                m.source or "–",
                m.target or "–",
                m.law,
                "<br>".join(f"`{r.reason}`" for r in dict.fromkeys(m.rules)) or "–",
                ", ".join(m.roles) or "–",
                "<br>".join(moved(m)) or "–",
            )
            for m in p.moves
        ]
        parts += [
            f"## {' '.join(filter(None, (p.name, p.title_zh, p.title_en)))}\n",
            f"### 中文\n\n```mermaid\n{p.mermaid('zh')}```\n",
            f"### English\n\n```mermaid\n{p.mermaid('en')}```\n",
            table(
                (
                    "行为 act", "名称 title", "从 from", "到 to", "条文 article", "规则 rules", "角色 roles",
                    "期限 clocks",
                ),
                moves,
            ),
            LEGEND,
        ]  # fmt: skip
    links = ", ".join(f"[{file}]({relative(file, here)})" for file in code.sources(service))
    return page(f"{service}：流程 Processes", f"来源 source: {links}\n", *parts)
