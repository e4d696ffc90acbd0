"""The documents of the law say what the data and the code give, and every requirement is accounted for."""

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

from services.law import requirement
from services.law.clock import catalogue
from services.law.requirement import checklist, guards
from services.lawdocs import code, coverage, pages, reasons, tests
from services.lawdocs.__main__ import render, stale, write
from services.lawdocs.coverage import State
from services.lawdocs.markdown import FOLDER

DOCS = code.ROOT / FOLDER
HOLDING = (State.HELD, State.PARTLY)
GOOD = 'zh = "要求"\nen = "asked for"\nlaw = "APL-2021:60"\n'


def test_the_documents_are_current() -> None:
    late = stale(DOCS)

    assert late == [], "run `make docs` and commit docs/law"


def test_a_changed_a_missing_and_a_left_over_page_are_noticed_and_mended(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "coverage.md").write_text("edited by hand")
    (tmp_path / "statutes/apl-2021.md").unlink()
    (tmp_path / "statutes/gone.md").write_text("of a statute nobody cites")

    late = stale(tmp_path)

    assert late == ["coverage.md", "statutes/apl-2021.md", "statutes/gone.md"]
    assert write(tmp_path) == late
    assert stale(tmp_path) == []


@pytest.mark.parametrize(
    ("row", "id_", "total"),
    [
        ("期限 clocks", r"[A-Z]{3}-\d\d", 210),
        ("执法守则 guards", r"G-\d\d", 92),
        ("政策要求 checklist", r"R-\d{3}", 169),
    ],
)
def test_the_report_accounts_for_everything_once(row: str, id_: str, total: int) -> None:
    report = render()["coverage.md"]
    [line] = [line for line in report.splitlines() if line.startswith(f"| {row} |")]

    said, *states = [int(cell) for cell in re.sub("–", "0", line).split("|")[2:-1]]
    ids = re.findall(rf"^\| ({id_}) \|", report, re.MULTILINE)

    assert said == sum(states) == total
    assert len(ids) == len(set(ids)) == total


def test_what_is_said_to_be_held_has_a_test() -> None:
    held = [*coverage.clocks().values(), *coverage.guarded().values()]

    untested = [each.id for each in held if each.state in HOLDING and not each.tests]

    assert untested == []
    assert code.exists(coverage.COUNTS_ALL)
    assert len([each for each in held if each.state in HOLDING]) > 40


def test_the_clocks_of_the_main_line_run_and_those_without_events_do_not() -> None:
    states = {clock_id: covered.state for clock_id, covered in coverage.clocks().items()}

    assert {states[c] for c in ("PEN-03", "PEN-15", "PEN-31", "PEN-27", "PEN-01")} == {State.HELD}
    assert {states[c] for c in ("PUB-03", "REC-01")} == {State.COUNTED}
    assert {states[f"LIC-{n:02}"] for n in range(1, 11)} == {State.HELD}, "LIC-08 and LIC-09 by rules"
    assert {states[c] for c in ("PEN-12", "PEN-13")} == {State.HELD}, "by the rules on the hearing"
    assert coverage.clocks()["PEN-15"].where == (
        "services/enforcement::CaseFiled",
        "services/supervision::CaseFiled",
        "services/enforcement::CaseReopened",
        "services/supervision::CaseReopened",
        "services/enforcement::CaseTakenBack",
        "services/supervision::CaseTakenBack",
    )


@pytest.mark.parametrize(
    ("claims", "says"),
    [
        ({"reasons": ("NOBODY_REFUSES_THIS",)}, "no rule refuses for NOBODY_REFUSES_THIS"),
        ({"findings": ("NOBODY_LOOKS",)}, "does not look for NOBODY_LOOKS"),
        ({"code": ("services/law/process.py::nothing_such",)}, "nothing_such is not there"),
        ({"code": ("services/law/gone.py::Process",)}, "gone.py::Process is not there"),
        ({"tests": ("tests/law/test_clock.py::test_gone",)}, "test_gone is not there"),
    ],
)
def test_a_requirement_cannot_claim_what_is_not_there(claims: dict[str, tuple[str, ...]], says: str) -> None:
    claim = replace(guards()["G-02"], **claims)

    with pytest.raises(ValueError, match=f"G-02: .*{re.escape(says)}"):
        coverage.holders(claim)


def test_a_row_stands_as_far_as_what_it_rests_on() -> None:
    states = {row_id: covered.state for row_id, covered in coverage.checked().items()}

    assert states["R-002"] == coverage.guarded()["G-76"].state == State.HELD
    assert states["R-010"] == State.HELD  # two guards, and code of its own
    assert states["R-128"] == states["R-129"] == State.HELD
    assert states["R-130"] == states["R-099"] == State.HELD
    assert states["R-056"] == State.HELD
    assert states["R-058"] == State.HELD  # what others decide elsewhere is said, and does not lack here
    assert states["R-153"] == states["R-060"] == State.OUTSIDE
    assert states["R-161"] == State.HELD
    assert states["R-150"] == states["R-152"] == State.HELD
    assert {states[f"R-{n}"] for n in (127, 155, 157, 160, 165, 166, 167)} == {State.HELD}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[G-01]\n" + GOOD + "[G-03]\n" + GOOD, "G-02 is missing before G-03"),
        ("[G-01]\n" + GOOD.replace("要求", ""), "G-01: is said in Chinese and in English"),
        ("[G-01]\n" + GOOD + 'lacks_zh = "缺"\n', "and so is what it lacks"),
        ("[G-01]\n" + GOOD + 'beyond_en = "not here"\n', "and what lies beyond it"),
        ("[G-01]\n" + GOOD + "outside = true\n", "it is out of scope and says not why"),
        ("[G-01]\n" + GOOD.replace("APL-2021:60", "APL-2021:99"), "APL-2021 has articles 1 to 86"),
        ("[G-01]\n" + GOOD + 'clocks = ["PEN-99"]\n', "no clock PEN-99"),
        ("[G-01]\n" + GOOD + 'guards = ["G-93"]\n', "no guard G-93"),
        ("[G-01]\n" + GOOD + 'code = ["services/law"]\n', "not of the form path::name"),
        ("[G-01]\n" + GOOD + 'severity = "maybe"\n', "unknown area, severity or kind"),
        ("[G-01]\n" + GOOD + 'why = "?"\n', "why"),
    ],
)
def test_a_bad_file_of_requirements_is_refused(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "guards_x.toml").write_text(text)

    with pytest.raises(ValueError, match=re.escape(says)):
        requirement.read("guards_*.toml", "G", tmp_path)


def test_a_requirement_is_defined_once(tmp_path: Path) -> None:
    for name in ("guards_a.toml", "guards_b.toml"):
        (tmp_path / name).write_text("[G-01]\n" + GOOD)

    with pytest.raises(ValueError, match=r"guards_b\.toml: G-01: is already defined"):
        requirement.read("guards_*.toml", "G", tmp_path)


def test_tests_are_found_by_the_codes_they_name() -> None:
    source = """
TABLE = [("A_TABLE_CODE", 1)]

@parametrize("x", ["A_DECORATED_CODE"])
async def test_one(x):
    with refused("A_CODE", law="L"):
        pass

def test_two(): assert TABLE

def helper(): return "A_HELPERS_CODE"
"""
    found = [(test.name, text) for test, texts in tests.constants(ast.parse(source)) for text in texts]

    assert ("test_one", "A_CODE") in found and ("test_one", "A_DECORATED_CODE") in found
    assert ("test_two", "A_TABLE_CODE") in found and ("test_one", "A_TABLE_CODE") not in found
    assert not [text for _, text in found if text == "A_HELPERS_CODE"]


@pytest.mark.parametrize("service", code.names())
def test_every_process_is_drawn_in_both_languages(service: str) -> None:
    drawn = pages.processes(service)

    for process in code.processes()[service]:
        for move in process.moves:
            arrow = f"{move.source or '[*]'} --> {move.target or '[*]'}"
            assert f"    {arrow}: {move.title_zh}\n" in drawn
            assert f"    {arrow}: {move.title_en}\n" in drawn
    assert drawn.count("```mermaid") == 2 * len(code.processes()[service]) > 0


def test_every_clock_guard_and_row_is_on_the_page_of_its_statute() -> None:
    written = render()

    for clock in catalogue().values():
        for part in clock.law.split(";"):
            assert f"### {clock.id} " in written[f"statutes/{part.partition(':')[0].lower()}.md"]
    for asked in (*guards().values(), *checklist().values()):
        for part in asked.law.split(";"):
            assert f"| {asked.id} |" in written[f"statutes/{part.partition(':')[0].lower()}.md"]


def test_every_link_leads_somewhere() -> None:
    for path, text in render().items():
        for target in re.findall(r"\]\(([^) ]+)", text):
            assert (DOCS / path).parent.joinpath(target).exists(), f"{path}: {target}"


def test_a_day_of_the_year_is_held_where_the_rules_of_a_service_count_by_it() -> None:
    states = coverage.clocks()

    assert states["ACC-03"].state is State.HELD
    assert states["ACC-03"].where == ("services/law/procedures/self_assessment.py::CLOCK",)
    assert {states[c].state for c in ("PUB-03", "PUB-06")} == {State.COUNTED}


def test_a_quota_is_held_where_the_rules_of_a_service_count_towards_it() -> None:
    quota = coverage.clocks()["OFF-03"]

    assert quota.state is State.HELD
    assert quota.where == ("services/law/procedures/training.py::SESSIONS",)
    assert any("test_training_quotas" in test for test in quota.tests)
    assert code.counted_by("OFF-99") == ()


def test_the_contracts_say_what_the_rules_say() -> None:
    assert reasons.stale() == [], "run `make gen` and commit the contracts"
