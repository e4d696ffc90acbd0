"""What a clock is: its article, its dated values, its layers, what moves it and what follows, as plain data."""

from datetime import date
from functools import cache
from typing import Any

from services.law.citation import cite
from services.law.clock import Clock, runs
from services.law.event import announcers, events
from services.law.parameters import Layers
from services.law.procedures import names_of, tables
from services.law.term import Term
from services.law.words import DIRECTIONS, LAYERS, of_amount, of_person, of_term

Plain = dict[str, Any]


def explain(clock: Clock, layers: Layers, on: date, sector: str = "") -> Plain:
    """Everything the law says of a clock, and the term that holds on a day."""
    return {
        "clock": clock.id,
        "title": _pair(clock.title_zh, clock.title_en),
        "law": law_json(clock.law),
        "layer": {"id": clock.layer} | _pair(*LAYERS[clock.layer]),
        "sector": clock.sector,
        "replaces": clock.replaces,
        "direction": {"id": clock.direction} | _pair(*DIRECTIONS[clock.direction]),
        "who": {"id": clock.who} | _pair(*of_person(clock.who)),
        "terms": [{"since": since.isoformat(), **term_json(term)} for since, term in clock.terms],
        "in_force_on": on.isoformat(),
        "in_force": _in_force(clock, layers, on, sector),
        "configurable": clock.configurable,
        "starts": [moved_by(event) for event in clock.starts],
        "stops": [moved_by(event) for event in clock.stops],
        "driven_by_events": runs(clock),
        "only_if": clock.only_if,
        "rolls_over_rest_days": clock.roll,
        "extensions": [
            {
                "by": {"id": e.by} | _pair(*of_person(e.by)),
                "amount": e.amount,
                "unit": e.unit,
                "times": e.times,
                **_pair(*of_amount(e.amount, e.unit)),
                "law": law_json(e.law),
            }
            for e in clock.extensions
        ],
        "excluded": _pair(clock.excluded_zh, clock.excluded_en),
        "consequence": _pair(clock.late_zh, clock.late_en),
        "note": _pair(clock.note_zh, clock.note_en),
    }


def _in_force(clock: Clock, layers: Layers, on: date, sector: str) -> Plain:
    """The term of a day, the layer that sets it, and what each layer on the way down says."""
    if not clock.in_force(on):
        return {"since": clock.terms[0][0].isoformat(), "term": None, "layer": "", "chain": []}
    key, own = f"clock.{clock.id}", clock.term_on(on)
    statute = {"layer": clock.layer, "law": clock.law, **term_json(own)}
    chain = []
    if key in layers.keys:
        found = layers.value(key, on, sector)
        chain = [
            {"layer": name, "law": law, **term_json(Term(value, found.unit))}
            for name, value, law in found.chain
        ]
    # The national layer repeats what the statute file says, so the statute stands for it.
    chain = [*(link for link in chain if link["layer"] != layers.national.name), statute]
    term = layers.clock(clock, on, sector).term_on(on)
    return {"since": clock.terms[0][0].isoformat(), "term": term_json(term), **chain[0], "chain": chain}


def term_json(term: Term) -> Plain:
    return {"amount": term.amount, "unit": term.unit, **_pair(*of_term(term))}


def law_json(code: str) -> Plain:
    cited = cite(code)
    return {"code": cited.code, **_pair(cited.text_zh, cited.text_en)}


@cache
def moved_by(name: str) -> Plain:
    """What a name stands for as people call it: the events that services announce, or else the acts of procedures."""
    titles = (events()[event].title for event in announcers().get(name, ()))
    told = [(title.zh, title.en) for title in titles]
    acts = (m for table in tables().values() for m in table.moves if name in names_of(m))
    said = dict.fromkeys(told or ((m.title_zh, m.title_en) for m in acts))
    return {"id": name, **_pair("、".join(zh for zh, _ in said), ", ".join(en for _, en in said))}


def _pair(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}
