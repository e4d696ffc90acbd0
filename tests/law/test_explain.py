"""yifa law explain and list, and the words and counts of every clock."""

from datetime import date

import pytest

from services.cli.law.answer import answer
from services.cli.law.explain import explain
from services.law.clock import catalogue
from services.law.parameters import Layers, load_layers, national, shipped
from services.law.words import CONDITIONS
from tests.law import counting
from tests.law.asking import BOUND, asked, layer, yifa

# One clock of each kind of term and way of counting.
KINDS = {(c.term.unit, c.direction): c.id for c in catalogue().values()}


@pytest.mark.parametrize("clock_id", sorted(KINDS.values()))
def test_every_kind_of_clock_is_explained_and_counted(clock_id):
    clock = catalogue()[clock_id]
    start = "2026-11-02T10:00" if clock.term.unit == "hour" else "2026-11-02"

    explained = yifa("explain", clock_id, *BOUND)
    counted = yifa("due", clock_id, "--from", start, *BOUND)

    assert (explained.exit_code, counted.exit_code) == (0, 0)
    assert clock.title_zh[:4] in explained.stdout and "后果 if late" in explained.stdout
    assert "at the latest:" in counted.stdout or "届满 due:" in counted.stdout


def test_every_clock_has_words_in_both_languages():
    for clock in catalogue().values():
        told = explain(clock, Layers(national()), date(2026, 11, 2))

        assert told["law"]["zh"].startswith("《") and told["law"]["en"], clock.id
        assert told["consequence"]["zh"] and told["consequence"]["en"], clock.id
        assert clock.only_if == "" or all(CONDITIONS[clock.only_if]), clock.id
        for person in (told["who"], *(e["by"] for e in told["extensions"])):
            assert person["zh"] != person["id"], f"{clock.id}: {person['id']} is not in the words"


@pytest.mark.parametrize("start", [date(2025, 9, 26), date(2026, 2, 13), date(2026, 8, 31)])
def test_every_clock_is_counted_as_a_second_counter_counts_it(start):
    files = [shipped(name) for name in ("guangdong", "example-city")]
    layers = load_layers(files, "example-city")
    counted = 0
    for clock in catalogue().values():
        here = layers.clock(clock, start, "market")
        if here is None or here.term.unit in ("hour", "annual") or here.direction in ("quota", "cap"):
            continue
        term = here.term_on(start)

        found = answer(clock, start, layers, "market", (), ()).due

        counted += 1
        if clock.direction == "before":
            slow = counting.last_day_before(start, term.amount, term.unit, clock.roll)
            assert (found.block, found.warn) == slow, clock.id
        else:
            assert found.day == counting.due_day(start, term.amount, term.unit, roll=clock.roll), clock.id
    assert counted >= 130


def test_explain_shows_events_layers_and_extensions(tmp_path):
    city = layer(tmp_path, "our-city", "city", "guangdong", 10)

    told = asked("explain", "PEN-27", "--layer", str(city))
    decision = asked("explain", "PEN-15", "--sector", "market")

    assert (told["in_force"]["layer"], told["in_force"]["term"]["amount"]) == ("our-city", 10)
    assert [(c["layer"], c["amount"]) for c in told["in_force"]["chain"]] == [
        ("our-city", 10),
        ("liaoning", 15),
    ]
    assert told["starts"] == [
        {
            "id": "decision.made",
            "zh": "作出处罚决定、当场处罚",
            "en": "Penalty decided, Penalty on the spot",
        }
    ]
    assert told["only_if"] == "major"
    assert [(e["by"]["id"], e["amount"]) for e in decision["extensions"]] == [
        ("agency_head", 30),
        ("collective", None),
    ]
    assert decision["terms"] == [
        {
            "since": "2021-07-15",
            "amount": 90,
            "unit": "calendar_day",
            "zh": "90日（自然日）",
            "en": "90 calendar days",
        }
    ]
    assert decision["in_force"]["term"]["amount"] == 90 and not decision["configurable"]


def test_the_list_is_all_clocks_or_those_of_a_statute():
    everything, penalties = asked("list"), asked("list", "--statute", "apl-2021")

    assert len(everything) == len(catalogue())
    assert penalties and all("APL-2021:" in c["law"]["code"] for c in penalties)
    assert "PEN-05" in {c["clock"] for c in penalties}, "it rests on a rule and on the law together"
    assert {c["clock"] for c in penalties} < {c["clock"] for c in everything}
    shown = yifa("list", "--statute", "APL-2021").stdout
    assert "PEN-15" in shown and "REC-01" not in shown and f"共{len(penalties)}项期限" in shown
