"""What the public is told of a kind of power is what the tables and the clocks say."""

from datetime import date

import pytest
from yifa.registry.v1.power_pb2 import PowerKind

from services.law.open_catalogue import OF_KIND, terms, ways
from services.law.parameters import Layers, national
from services.law.procedures.power import TABLED

LAYERS = Layers(national())
ON = date(2026, 6, 1)
PENALTY = PowerKind.POWER_KIND_PENALTY


@pytest.mark.parametrize("kind", OF_KIND, ids=PowerKind.Name)
def test_each_way_has_steps_that_are_named_cited_and_done_by_somebody(kind: int) -> None:
    shown = ways(kind)

    assert shown
    for way in shown:
        assert way.process.title_zh and way.process.title_en
        acts = [str(step.act) for step in way.steps]
        assert acts and len(acts) == len(set(acts))
        for step in way.steps:
            assert step.title_zh and step.title_en and step.law, step.act
            assert step.target != step.source and set(step.roles) - {"SYSTEM"}, step.act


def test_what_no_table_has_its_body_says() -> None:
    assert OF_KIND.keys() == TABLED


def test_a_penalty_goes_in_two_ways() -> None:
    assert [way.process.title_zh for way in ways(PENALTY)] == ["普通程序", "简易程序"]


def test_a_term_of_a_sector_is_shown_to_its_bodies_only() -> None:
    everybody, market = ({clock.id for clock in terms(PENALTY, LAYERS, ON, s)} for s in ("", "market"))

    assert {"PEN-15", "REC-01", "LIT-01"} <= everybody
    assert "PEN-09" in market - everybody


def test_what_an_agency_set_for_itself_is_not_told_as_law() -> None:
    assert "AVR-01" not in {clock.id for clock in terms(PENALTY, LAYERS, ON, "market")}


def test_of_a_kind_without_a_table_nothing_is_said() -> None:
    award = PowerKind.POWER_KIND_AWARD

    assert (ways(award), terms(award, LAYERS, ON, "")) == ((), ())
