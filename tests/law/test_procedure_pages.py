"""The pages of the procedures say what the tables say."""

import re

from services.law.citation import cites, statute_of, statutes
from services.law.clock import catalogue
from services.law.declared import declared
from services.law.procedures import procedures
from services.law.procedures.outcomes import OUTCOMES
from services.law.requirement import guards
from services.lawdocs import code
from services.lawdocs.pages import statute
from services.lawdocs.procedures import NOT_RUN, OUTCOMES_PAGE, index, moving, pages, procedure_page

PAGES = pages()


def test_every_procedure_has_a_page_with_both_diagrams_and_all_its_acts():
    assert set(PAGES) == {*map(procedure_page, procedures()), OUTCOMES_PAGE}
    for name, p in procedures().items():
        text = PAGES[procedure_page(name)]
        assert text.count("```mermaid") == 2
        for table in p.tables:
            assert table.mermaid("zh") in text and table.mermaid("en") in text
            assert {f"`{act}`" for act in table.acts} <= set(re.findall(r"`[A-Z_]+`", text))


def test_every_page_says_which_service_runs_it_or_that_none_does():
    run = {id(p): service for service, found in code.processes().items() for p in found}

    for name, p in procedures().items():
        [by] = {run.get(id(table), "") for table in p.tables}
        said = (f"Run by the service {by}",) if by else NOT_RUN
        assert all(line in PAGES[procedure_page(name)] for line in said), name


def test_the_sources_that_pages_link_to_are_there():
    for path, text in PAGES.items():
        [link] = re.findall(r"\((\.\./[^)]+\.py)\)", text)
        assert (code.ROOT / "docs/law" / path).parent.joinpath(link).resolve().is_file(), path


def test_an_act_shows_the_clocks_it_moves():
    lines = PAGES[procedure_page("measure")].splitlines()

    [seize] = [line for line in lines if line.startswith("| `SEIZE` |")]
    [deliver] = [line for line in lines if line.startswith("| `DELIVER_FREEZING_DECISION` |")]
    assert "▶ ENF-02" in seize and "■" not in seize
    assert "■ ENF-04" in deliver
    assert moving(catalogue()["ENF-02"]) == ("measure",)
    assert moving(catalogue()["PEN-15"]) == ("jurisdiction",), "who yields ends the case"
    assert moving(catalogue()["PEN-18"]) == ()


def test_a_statute_lists_the_acts_of_the_law():
    text = statute(statutes()["ACL-2011"])

    assert "| measure | 查封 Seal `SEAL` | APPROVED | EXECUTED | ACL-2011:24(1) |" in text


def test_the_index_names_every_procedure_and_every_event_that_waits():
    text = index()

    assert all(procedure_page(name) in text for name in procedures())
    assert all(
        f"`{event}`" in text for group in (*declared().names, *declared().clocks) for event in group.ids
    )


def test_the_outcomes_are_all_shown():
    assert all(o.title_zh in PAGES[OUTCOMES_PAGE] for o in OUTCOMES)
    assert "撤回公开信息" in PAGES[OUTCOMES_PAGE]


def test_a_guard_that_is_tabled_rests_on_a_statute_of_the_rules_there():
    tabled = [(g, name) for g in guards().values() for name in g.tabled]

    assert len(tabled) >= 5
    for guard, name in tabled:
        codes = {statute_of(part).code for part in guard.law.split(";")}
        laws = [r.law for t in procedures()[name].tables for m in t.moves for r in m.rules]
        assert any(cites(law, code) for law in laws for code in codes), guard.id
