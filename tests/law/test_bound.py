"""What binds a body: as data, as `yifa law body` shows it, and a body named by its id at a running registry."""

import asyncio
import json
from datetime import date
from pathlib import Path

import pytest

from services.law.bound import bound
from services.law.parameters import Layers, load_layers, national, shipped
from tests.city import City
from tests.law.asking import asked, told_why, yifa

DAY = date(2026, 11, 28)
PLACE = load_layers([shipped(n) for n in ("guangdong", "example-city", "example-agency")], "example-city")


def test_a_body_of_a_sector_is_bound_by_its_ministry_and_the_nation():
    found = bound(Layers(national()), "environment", DAY)

    clocks = {row.written.id: row for row in found.clocks}
    assert [layer.name for layer in found.layers] == ["environment", "national"]
    assert (clocks["PEN-03"].term.amount, clocks["PEN-03"].term.unit) == (15, "calendar_day")
    assert (clocks["PEN-03"].counts.law, clocks["PEN-03"].instead) == ("ENV-2023:18", "")
    assert clocks["PEN-23"].instead == "GBF-2018-118:6", "what the rules add to is not what they replace"
    assert {"PEN-05", "PEN-06", "PEN-09", "PEN-25"} <= {clock.id for clock in found.empty}
    numbers = {row.parameter.key: row.holds.value for row in found.numbers}
    assert numbers["hearing.fine.organisation"] == 200_000_00 and numbers["collective.fine"] == 500_000_00
    assert "ENV-2023:16(2)" in {row.law for row in found.articles}


def test_the_place_takes_the_place_of_the_ministry_and_the_agency_fills_what_nobody_says():
    found = bound(PLACE, "environment", DAY)

    numbers = {row.parameter.key: (row.holds.citation.code, row.instead) for row in found.numbers}
    assert numbers["hearing.fine.organisation"] == ("GD-HEARING-2022:7", "ENV-2023:89(1)")
    assert numbers["collective.fine"] == ("EX-ERS", "ENV-2023:52(2)[2]")
    assert [layer.kind for layer in found.layers] == ["sector", "city", "provincial", "national", "agency"]
    assert {row.written.id for row in found.clocks if row.counts and row.counts.law == "INTERNAL"} == {
        "PEN-05", "PEN-06", "PEN-09", "PEN-25",
    }  # fmt: skip


def test_a_body_of_no_sector_is_bound_by_the_nation_alone():
    found = bound(Layers(national()), "", DAY)

    assert [layer.name for layer in found.layers] == ["national"]
    assert {"PEN-03", "PEN-09", "PEN-25"} <= {clock.id for clock in found.empty}
    assert found.articles == ()


def test_it_stands_on_one_screen():
    told = yifa("body", "住建", "--on", "2026-11-28")

    assert told.exit_code == 0
    assert "housing" in told.stdout and "MOHURD-2022:31" in told.stdout and "SAMR" not in told.stdout
    assert "for the agency to order" in told.stdout and "由本机关确定" in told.stdout
    as_data = {row["clock"]: row for row in asked("body", "住建", "--on", "2026-11-28")["clocks"]}
    assert as_data["PEN-25"]["term"] == {"amount": 15, "unit": "working_day"}
    assert as_data["PEN-17"]["extensions"] == []
    assert as_data["PEN-15"]["extensions"][1] == {
        "by": "collective", "amount": 60, "unit": "calendar_day", "law": "MOHURD-2022:29(1)",
    }  # fmt: skip


@pytest.mark.parametrize(
    "question", [("body",), ("why", "PEN-09", "--body"), ("explain", "PEN-09", "--body")]
)
def test_a_field_that_no_pack_names_is_said(question):
    assert "生态环境" in told_why(*question, "生态坏境")


async def test_a_body_is_known_by_its_id_at_the_registry_of_the_node(city: City):
    body = await city.body()

    def why(node: str) -> tuple[str, str]:
        told = asked("why", "PEN-09", "--body", body.body_id, "--node", str(city.plan.settings(node)))
        return told["sector"], told["in_force"]["law"]

    assert await asyncio.to_thread(why, "city") == ("environment", ""), "no agency's own rules at the city"
    assert await asyncio.to_thread(why, "huanbao") == ("environment", "INTERNAL")


async def test_without_a_node_the_law_is_that_of_the_bodys_own(city: City, monkeypatch: pytest.MonkeyPatch):
    body = await city.body()
    monkeypatch.setenv("YIFA_VAR", str(city.plan.var))
    (city.plan.var / "up.json").write_text(json.dumps({"base": city.plan.base}))
    try:
        due = await asyncio.to_thread(asked, "due", "PEN-25", "--from", "2026-03-02", "--body", body.body_id)
        shown = await asyncio.to_thread(yifa, "body", body.body_id)
    finally:
        (city.plan.var / "up.json").unlink()

    assert due["due"] == "2026-03-23"
    assert body.name in shown.stdout and "example-agency" in shown.stdout


async def test_a_body_that_is_not_there_is_a_proper_answer(city: City, tmp_path: Path):
    node = city.plan.settings("huanbao")

    said = await asyncio.to_thread(told_why, "why", "PEN-09", "--body", "B-nobody", "--node", str(node))
    assert "没有执法主体“B-nobody”" in said and "has no body B-nobody" in said

    dead = node.with_name("dead.toml")
    dead.write_text(
        node.read_text().replace(next(s.grpc for s in city.plan.sites if s.id == "huanbao"), "127.0.0.1:1")
    )
    try:
        said = await asyncio.to_thread(told_why, "why", "PEN-09", "--body", "B-nobody", "--node", str(dead))
    finally:
        dead.unlink()
    assert "没有答复" in said and "UNAVAILABLE" in said


def test_without_a_city_an_id_is_sent_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("YIFA_VAR", str(tmp_path))

    assert "B-1" in told_why("why", "PEN-09", "--body", "B-1")
    assert "B-1" in told_why("body", "B-1", "--node", str(tmp_path / "none.toml"))
