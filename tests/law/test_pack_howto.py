"""A city writes a pack of its own from docs/packs.md alone."""

import re
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from services.cli.__main__ import app
from services.kit.service import surroundings
from services.kit.settings import Settings
from services.law.calendar import china
from services.law.clock import Extension, catalogue, due
from tests.law.asking import asked, yifa

HOWTO = Path(__file__).parents[2] / "docs" / "packs.md"
BLOCK = re.compile(r"^```toml (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NODE = '[node]\nid = "jiaotong"\nkind = "department"\ncity = "city"\nservices = ["enforcement"]\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What somebody has who copied the blocks of the how-to into files."""
    blocks = dict(BLOCK.findall(HOWTO.read_text("utf-8")))
    pack = tmp_path / "transport"
    pack.mkdir()
    for name in ("pack.toml", "clocks.toml", "rules.toml"):
        (pack / name).write_text(blocks[name], "utf-8")
    (tmp_path / "node.toml").write_text(NODE + blocks["node.toml"], "utf-8")
    return tmp_path


def test_the_pack_is_found_good_and_what_it_leaves_open_is_shown(folder: Path) -> None:
    result = CliRunner().invoke(app, ["law", "check", str(folder / "transport")])

    assert result.exit_code == 0, result.output
    assert (
        "可以使用 can be used" in result.stdout and "7个工作日" in result.stdout and "PEN-09" in result.stdout
    )


def test_a_node_that_names_it_goes_by_it(folder: Path) -> None:
    around = surroundings(Settings.load(folder / "node.toml"))
    sector, day = around.sector_of("港航"), date(2026, 3, 2)

    check = around.parameters.clock(catalogue()["PEN-03"], day, sector)
    decide = around.parameters.clock(catalogue()["PEN-15"], day, sector)

    assert sector == "transport"
    assert due(check, day, china()).day == date(2026, 3, 11)  # 3 to 6 and 9 to 11 March
    given = [Extension(30, "calendar_day", day, by) for by in ("agency_head", "collective")]
    assert due(decide, day, china(), extension=given).day == date(2026, 7, 30)
    assert around.parameters.clock(catalogue()["PEN-09"], day, sector) is None
    assert around.parameters.cited("SAMR-2022:77", sector, "act.CLOSE_CASE") == "TRANSPORT-2021"
    assert around.sector_of("生态环境") == "environment"


def test_why_shows_each_layer_and_which_counts(folder: Path) -> None:
    told = asked("why", "PEN-03", "--node", str(folder / "node.toml"), "--body", "港航", "--on", "2026-03-02")

    chain = {link["layer"]: (link["binds"], link["counts"]) for link in told["in_force"]["chain"]}
    assert chain == {"transport": (True, True), "market": (False, False)}
    assert told["sector"] == "transport"
    assert "不约束本处" in yifa("why", "PEN-03", "--body", "生态环境").stdout


@pytest.mark.parametrize(
    ("said", "instead", "why"),
    [
        ('fields = ["交通运输", "道路运输", "港航"]', "fields = []", "does not say for which fields"),
        ('"港航"]', '"生态环境"]', "is already of environment"),
        ("[rule.first_evidence]", "[rule.first_evidences]", "rule.first_evidence"),
        (
            "[clock.PEN-15]",
            '[clock.PEN-16]\nterm = [{ since = 2021-07-15, amount = 9, unit = "working_day" }]',
            "clocks.toml:6: PEN-16: APL-2021:61(1) fixes this term",
        ),
    ],
)
def test_what_is_wrong_is_named(folder: Path, said: str, instead: str, why: str) -> None:
    for file in (folder / "transport").iterdir():
        file.write_text(file.read_text("utf-8").replace(said, instead), "utf-8")

    result = CliRunner().invoke(app, ["law", "check", str(folder / "transport")])

    assert result.exit_code == 1
    assert why in (result.stdout + result.stderr).replace("\n", "")
