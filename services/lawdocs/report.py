"""The report of coverage, and the page that leads to all others."""

from collections.abc import Callable, Iterable, Mapping

from services.law import gap
from services.law.citation import cite, cites
from services.law.clock import catalogue
from services.law.requirement import AREAS, KINDS, SEVERITIES, Requirement, checklist, guards
from services.law.words import of_term
from services.lawdocs import bodies, code, coverage, pages, paths, procedures
from services.lawdocs.coverage import Covered, State
from services.lawdocs.markdown import both, code_link, page, statute_page, table

HERE = "coverage.md"
SHOWN = 2  # tests named for one thing; all that name it would change with every test written
ASKING = """```
yifa law list --statute APL-2021
yifa law explain PEN-15
yifa law due PEN-15 --from 2026-10-12
yifa law procedures measure
```
"""
COLUMNS = ("状态 state", "位置 where", "测试 tests")


def report() -> str:
    """Every clock, guard and row: whether it is in force in code, where, and which test holds it."""
    clocks, guarded, checked = coverage.clocks(), coverage.guarded(), coverage.checked()
    return page(
        "覆盖情况 Coverage",
        "哪些期限、执法守则和政策要求已由代码保证，在何处，由哪个测试检验。",
        "Which clocks, guards and requirements are in force in code, where, and which test holds each.\n",
        table(("", "总数 all", *(" ".join(s.value) for s in State)), map(_summary, _groups())),
        "“已实现”指有代码拒绝、发现或者计算；“可计算，不运行”的期限可用 `yifa law due` 计算，尚无事件起算并停止，或者另行保证。",
        "In force: code refuses, finds or counts it. Counted, not run: `yifa law due` counts the clock;",
        "no event starts and stops it, or it is held in another way.",
        "“流程表”指已列为法定流程表，尚无服务运行。 Table: it stands in a procedure of the law that no service runs yet.\n",
        f"## 期限 Clocks ({len(clocks)})\n",
        table(("编号", "期限 clock", "长度 term", "条文 article", *COLUMNS), map(_clock, clocks.values())),
        f"## 执法守则 Guards ({len(guarded)})\n",
        table(("编号", "要求 requirement", "条文 article", *COLUMNS), _asked(guards(), guarded)),
        "### 各路径 On each way\n",
        "守则在当事行为的每条路径上由同一规则检验：依请求办理时拒绝；外部系统报告的案件、检查、强制措施和移送逐项记录违反情形；市级凭事件所载记录再次检验，违反即预警。",
        "The same rule holds on every way: it refuses what is asked for, what a report from outside broke is recorded,",
        "and the city judges again from the record that events carry, and warns.",
        "“✓”指守则的各项规则在该路径的各个行为上均受检验；分数为受检验的规则数与应检验的规则数，按行为计。",
        "A tick: every rule of the guard holds on every act on which it is asked; a fraction: so many of so many.\n",
        table(
            ("编号", *paths.WAYS, paths.BESIDE, paths.FROM_LIST, paths.FROM_OUTSIDE, paths.AT_CITY), _ways()
        ),
        f"## 政策要求 Checklist ({len(checked)})\n",
        table(("编号", "要求 requirement", "条文 article", *COLUMNS), _asked(checklist(), checked)),
        f"## 已声明的缺口 Declared gaps ({len(gap.gaps())})\n",
        "法律没有规定、理解不一致或者文本未读之处，载于其条文，从不当作答案。",
        "What the law leaves open, and what of it was not read, stands at its articles, and is never taken for an answer.\n",
        table(("", "总数 all", *(" ".join(words) for words in gap.DOES.values())), _gap_counts()),
        table(("缺口 gap", "种类 kind", "处理 what is done", "条文 articles", "内容 sentence"), _gaps()),
        "## 其他规则 Rules beyond the guards\n",
        table(("拒绝理由 reason", "内容 sentence", "条文 article", "位置 where"), _others()),
    )


def _ways() -> Iterable[tuple[str, ...]]:
    for guard_id in guards():
        held = paths.held(guard_id).values()
        if any(way.here for way in held):
            yield f"`{guard_id}`", *map(_how_far, held)


def _how_far(way: paths.Held) -> str:
    if not way.here:
        return "–"
    return "✓" if way.here == way.all else f"{way.here}/{way.all}"


def _groups() -> tuple[tuple[str, Mapping[str, Covered]], ...]:
    return (
        ("期限 clocks", coverage.clocks()),
        ("执法守则 guards", coverage.guarded()),
        ("政策要求 checklist", coverage.checked()),
    )


def _summary(group: tuple[str, Mapping[str, Covered]]) -> tuple[str, ...]:
    title, covered = group
    counted = coverage.counts(covered.values())
    return title, str(len(covered)), *(str(counted[s] or "–") for s in State)


def _clock(covered: Covered) -> tuple[str, ...]:
    clock = catalogue()[covered.id]
    state, where, tests = _held(covered)
    return (
        clock.id,
        both(clock.title_zh, clock.title_en),
        both(*of_term(clock.term)),
        _law(clock.law),
        "<br>".join(filter(None, (state, _tabled(procedures.moving(clock))))),
        where,
        tests,
    )


def _tabled(names: Iterable[str]) -> str:
    linked = procedures.links(names)
    return f"流程表 table: {linked}" if linked else ""


def _asked(all_: Mapping[str, Requirement], covered: Mapping[str, Covered]) -> Iterable[tuple[str, ...]]:
    for r in all_.values():
        state, where, tests = _held(covered[r.id])
        lacks = both(f"缺 {r.lacks_zh}", f"lacks: {r.lacks_en}") if r.lacks_zh else ""
        beyond = both(f"系统之外：{r.beyond_zh}", f"beyond this system: {r.beyond_en}") if r.beyond_zh else ""
        links = ", ".join((*r.guards, *(c for c in r.clocks if r.id.startswith("R"))))
        what = f"{both(r.zh, r.en)}<br>*{_sort(r)}*"
        said = "<br>".join(filter(None, (state, lacks, beyond, _tabled(r.tabled), links)))
        yield r.id, what, _law(r.law), said, where, tests


def _sort(r: Requirement) -> str:
    """What sort it is: a guard refuses or warns, a row belongs to an area."""
    guard = r.id.startswith("G")
    words = [SEVERITIES[r.severity]] if guard else [AREAS[r.area], *(KINDS[k] for k in r.kind.split())]
    return " · ".join(map(" ".join, words))


def _law(law: str) -> str:
    parts = law.split(";")
    return "<br>".join(f'[{p}]({statute_page(p.partition(":")[0])} "{cite(p).text_zh}")' for p in parts)


def _held(covered: Covered) -> tuple[str, str, str]:
    return " ".join(covered.state.value), _links(covered.where, _place), _links(covered.tests[:SHOWN], _code)


def _links(anchors: Iterable[str], link: Callable[[str], str]) -> str:
    return "<br>".join(map(link, anchors)) or "–"


def _code(anchor: str) -> str:
    return code_link(anchor, HERE)


def _place(anchor: str) -> str:
    """Where it is held: a definition in a file, or a service that an event moves."""
    path, _, name = anchor.partition("::")
    return f"{path.rpartition('/')[2]} ← `{name}`" if (code.ROOT / path).is_dir() else _code(anchor)


def _others() -> Iterable[tuple[str, ...]]:
    named = {reason for guard in guards().values() for reason in guard.reasons}
    for h in code.rules():
        if h.rule.reason not in named:
            where = f"{h.service} {_code(f'{h.path}::{h.name}')}"
            yield f"`{h.rule.reason}`", both(h.rule.says_zh, h.rule.says), h.rule.law, where


def _gap_counts() -> Iterable[tuple[str, ...]]:
    for kind, words in gap.KINDS.items():
        done = [each.does for each in gap.gaps().values() if each.kind == kind]
        yield " ".join(words), str(len(done)), *(str(done.count(does) or "–") for does in gap.DOES)


def _gaps() -> Iterable[tuple[str, ...]]:
    for each in gap.gaps().values():
        laws = "<br>".join(f"`{law}`" for law in each.laws) or "–"
        since = f"<br>自 since {each.since}" if each.since else ""
        kind, does = " ".join(gap.KINDS[each.kind]), " ".join(gap.DOES[each.does])
        yield f"`{each.name}`", kind, does, laws + since, both(each.zh, each.en)


def index() -> str:
    """The page to begin with."""
    rows = []
    for s in pages.cited():
        clocks = [c for c in catalogue().values() if cites(c.law, s.code)]
        rules = [h for h in code.rules() if cites(h.rule.law, s.code)]
        asked = [r for r in (*guards().values(), *checklist().values()) if cites(r.law, s.code)]
        link = f"[{s.code}]({statute_page(s.code)})"
        level = " ".join(pages.LEVELS[s.level])
        rows.append(
            (link, both(s.title_zh, s.title_en), level, *(str(len(x) or "–") for x in (clocks, rules, asked)))
        )
    diagrams = [
        (f"[{service}](processes/{service}.md)", "、".join(f"`{p.name}`" for p in processes))
        for service, processes in code.processes().items()
    ]
    return page(
        "法律依据 The law in the system",
        "由数据和代码生成：法律文件、期限、流程图和覆盖情况。",
        "Written from the data and the code: statutes, clocks, diagrams and coverage.\n",
        table(("", "总数 all", *(" ".join(s.value) for s in State)), map(_summary, _groups())),
        "[覆盖情况 Coverage](coverage.md)\n",
        "## 适用的法律 What binds a body\n",
        table(("领域 sector", "执法领域 fields"), bodies.links()),
        "## 流程 Processes\n",
        table(("服务 service", "流程 processes"), diagrams),
        "## 法定流程表 Procedures of the law\n",
        procedures.index(),
        "## 法律文件 Statutes\n",
        table(
            ("编号 code", "名称 title", "层级 level", "期限 clocks", "规则 rules", "要求 requirements"), rows
        ),
        "## 查询 Asking\n",
        ASKING,
    )
