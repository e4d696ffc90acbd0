"""Numbers by layer: who may set which, what is in force when, and layer files that are refused."""

from datetime import date
from types import MappingProxyType

import pytest
from yifa.enforcement.v1 import penalty_pb2 as penalties

from services.law.clock import Term, catalogue
from services.law.parameters import FOLDER, Layer, Layers, load_layers, national, read_layer
from services.law.procedures.penalty import ORDINARY
from services.law.procedures.training import Needed, needed
from tests.law.penalty import lawful

TODAY = date(2026, 11, 21)
HEAD = '[layer]\nname = "{name}"\nkind = "{kind}"\nextends = "{extends}"\n'
FINE = """
["hearing.fine.organisation"]
unit = "fen"
values = [{ since = 2022-01-01, value = 7, law = "APL-2021:63(1)" }]
"""


@pytest.fixture
def layer(tmp_path):
    def write(body=FINE, name="mine", kind="city", extends="national"):
        path = tmp_path / f"{name}.toml"
        path.write_text(HEAD.format(name=name, kind=kind, extends=extends) + body, encoding="utf-8")
        return path

    return write


SECTOR = """
[layer]
name = "example-sector"
kind = "sector"
extends = "example-city"

["review.after_defence"]
unit = "switch"
values = [{ since = 2026-01-01, value = 1, law = "APL-2021:58(1)" }]
"""


def test_without_other_layers_the_nation_speaks():
    found = Layers(national()).value("hearing.fine.organisation", on=TODAY)

    assert (found.value, found.unit, found.layer) == (5_000_000, "fen", "national")
    assert found.citation.code == "INTERNAL"


def test_the_nearest_layer_speaks_and_the_chain_tells_the_others(layer):
    market = layer(FINE.replace("7", "9"), "market", "sector")
    files = [market, layer(), FOLDER / "guangdong.toml"]
    files[1].write_text(files[1].read_text().replace('"national"', '"guangdong"'))
    layers = load_layers(files, "mine")

    general = layers.value("hearing.fine.organisation", on=TODAY)
    in_market = layers.value("hearing.fine.organisation", on=TODAY, sector="market")

    assert [(name, value) for name, value, _ in general.chain] == [
        ("mine", 7),
        ("guangdong", 10_000_000),
        ("national", 5_000_000),
    ]
    assert (in_market.value, in_market.layer) == (9, "market")
    assert layers.value("hearing.fine.organisation", on=TODAY, sector="other").value == 7


def test_a_value_holds_from_its_day_on(layer):
    layers = load_layers([layer()], "mine")

    assert layers.value("hearing.fine.organisation", on=date(2021, 12, 31)).layer == "national"
    assert layers.value("hearing.fine.organisation", on=date(2022, 1, 1)).layer == "mine"


def test_the_limit_of_the_simplified_procedure_changed_with_the_law():
    layers = Layers(national())

    before = layers.value("simplified.fine.citizen", on=date(2021, 7, 14))
    after = layers.value("simplified.fine.citizen", on=date(2021, 7, 15))

    assert (before.value, before.citation.code) == (5_000, "APL-1996:33")
    assert (after.value, after.citation.code) == (20_000, "APL-2021:51")
    assert layers.value("simplified.fine.organisation", on=TODAY).value == 300_000


def test_what_is_not_a_parameter_or_not_yet_in_force_is_refused():
    layers = Layers(national())

    with pytest.raises(KeyError, match="no parameter"):
        layers.value("hearing.fine.cat", on=TODAY)
    with pytest.raises(ValueError, match="no value in force on 1990-01-01"):
        layers.value("hearing.fine.citizen", on=date(1990, 1, 1))


def test_what_the_shipped_example_city_took_over_is_cited_as_its_own():
    layers = load_layers([FOLDER / "guangdong.toml", FOLDER / "city.example.toml"], "example-city")
    filing = catalogue()["PEN-27"]

    local = layers.clock(filing, on=TODAY)

    assert (local.term, local.law) == (Term(15, "calendar_day"), "EX-SUP")
    assert layers.cited("MOT-CERT:25") == "EX-CERT"
    assert layers.cited("SAMR-2022:14;APL-2021:25(2)") == "APL-2021:25(2)"
    assert layers.cited("SAMR-2022:20") == "INTERNAL"
    assert Layers(national()).clock(filing, on=TODAY) is None, "a rule of Liaoning binds nobody else"


def test_the_national_defaults_of_clocks_are_those_of_the_statutes():
    for key in Layers(national()).keys:
        if key.startswith("clock."):
            found = Layers(national()).value(key, on=TODAY)
            assert Term(found.value, found.unit) == catalogue()[key.removeprefix("clock.")].term, key
            assert catalogue()[key.removeprefix("clock.")].configurable, key


def test_every_warning_number_is_cited():
    warnings = [key for key in Layers(national()).keys if key.startswith("warning.EW-")]

    assert len(warnings) >= 40
    assert all(Layers(national()).value(key, on=TODAY).citation.text_zh for key in warnings)
    assert Layers(national()).value("warning.EW-18.unit", on=TODAY).value == 3


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (FINE.replace("hearing.fine.organisation", "simplified.fine.citizen"), "is fixed by APL-2021:51"),
        (FINE.replace("hearing.fine.organisation", "hearing.fine.dog"), "no parameter of the national layer"),
        (FINE.replace('"fen"', '"count"'), "is in fen, not count"),
    ],
)
def test_a_layer_may_set_only_what_is_left_to_it(layer, body, says):
    with pytest.raises(ValueError, match=says):
        load_layers([layer(body)], "mine")


VALUE = '{ since = 2022-01-01, value = 7, law = "APL-2021:63(1)" }'


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (FINE.replace('"fen"', '"moon"'), "mine.toml:6: hearing.fine.organisation: unknown unit 'moon'"),
        (FINE.replace('"APL-2021:63(1)"', '""'), "no citation"),
        (FINE.replace('"APL-2021:63(1)"', '"NOPE"'), "unknown statute 'NOPE'"),
        (FINE.replace(VALUE, f"{VALUE}, {VALUE}"), "overlap"),
        (FINE.replace(VALUE, ""), "overlap"),
        (FINE + "colour = 1\n", "colour"),
        (FINE + FINE, "mine.toml: Cannot declare"),
    ],
)
def test_a_bad_layer_file_is_refused(layer, body, says):
    with pytest.raises(ValueError, match=says):
        read_layer(layer(body))


@pytest.mark.parametrize("change", [{"kind": "village"}, {"name": ""}])
def test_a_layer_needs_a_name_and_a_kind(layer, change):
    with pytest.raises(ValueError, match=r":1: \[layer\] needs a name and a kind"):
        read_layer(layer(**change))


def test_layers_in_a_circle_are_refused(layer):
    files = [layer("", "a", "city", "b"), layer("", "b", "provincial", "a")]

    with pytest.raises(ValueError, match="in a circle: a -> b -> a"):
        load_layers(files, "a")


def test_a_layer_that_is_missing_or_there_twice_is_refused(layer, tmp_path):
    with pytest.raises(ValueError, match="layer nowhere is not among the files"):
        load_layers([layer()], "nowhere")
    with pytest.raises(ValueError, match="layer orphan extends gone"):
        load_layers([layer("", "orphan", "city", "gone")], "orphan")
    twin = tmp_path / "twin.toml"
    twin.write_text(layer().read_text(), encoding="utf-8")
    with pytest.raises(ValueError, match=r"twin\.toml: layer mine is already defined"):
        load_layers([layer(), twin], "mine")


def test_a_layer_can_be_made_in_code():
    empty = Layer("empty", "city", "national", MappingProxyType({}))

    assert Layers(national(), city=empty).value("officers.minimum", on=TODAY).value == 2


def test_the_order_of_review_is_a_sectors_to_set(tmp_path):
    (tmp_path / "sector.toml").write_text(SECTOR, encoding="utf-8")
    files = [FOLDER / "guangdong.toml", FOLDER / "city.example.toml", tmp_path / "sector.toml"]
    layers = load_layers(files, "example-city")

    set_by_sector = layers.value("review.after_defence", date(2026, 3, 2), "example-sector")
    before = layers.value("review.after_defence", date(2025, 3, 2), "example-sector")

    assert (set_by_sector.value, set_by_sector.layer) == (1, "example-sector")
    assert [name for name, _, _ in set_by_sector.chain] == ["example-sector", "national"]
    assert (before.value, before.layer) == (0, "national")
    assert layers.value("review.after_defence", date(2026, 3, 2)).value == 0


FOREIGN = ("major.fine.organisation", "post.rotation")


def test_a_default_that_is_law_elsewhere_is_nobodys_duty_until_it_is_adopted(layer):
    """Yearly training, rotation, filing from an amount on: until a document of the city has them."""
    adopting = (
        '[statute.TRIAL-2019]\ntitle_zh = "自有试验办法"\ntitle_en = "Own trial"\nshort_zh = "自有试验办法"\n'
    )
    adopting += 'in_force = 2019-01-01\nlevel = "local"\n'
    adopting += '[adopts]\n"LN-SUP" = "TRIAL-2019"\n"CBZ-2019-7" = "TRIAL-2019"\n"CITY-ERS" = "TRIAL-2019"\n'
    nobody, city = Layers(national()), Layers(national(), city=read_layer(layer(adopting, name="own")))
    major = penalties.Penalty(kinds=[penalties.PENALTY_KIND_FINE], fine={"fen": 10**9})
    closure = penalties.Penalty(kinds=[penalties.PENALTY_KIND_CLOSURE])

    def filed(layers: Layers, penalty: penalties.Penalty) -> bool:
        facts = lawful(ORDINARY, ORDINARY.named("MAKE_DECISION"))
        facts.parameters = layers
        facts.known["penalty"] = penalty
        return facts.major()

    assert [nobody.value(key, TODAY).ordered for key in FOREIGN] == [False, False]
    assert [city.value(key, TODAY).ordered for key in FOREIGN] == [True, True]
    assert [needed(layers, "OFF-02", 2026) for layers in (nobody, city)] == [
        Needed(0, "INTERNAL"),
        Needed(7, "TRIAL-2019"),
    ]
    assert [filed(nobody, major), filed(nobody, closure), filed(city, major)] == [False, True, True]
