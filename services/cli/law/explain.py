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
    """Everything the law says of a clock as it runs on a day, or else as it is written; and whose term holds."""
    written, clock = clock, layers.clock(clock, on, sector) or clock
    return {
        "clock": clock.id,
        "title": _pair(clock.title_zh, clock.title_en),
        "law": law_json(clock.law),
        "layer": {"id": clock.layer} | _pair(*LAYERS[clock.layer]),
        "direction": {"id": clock.direction} | _pair(*DIRECTIONS[clock.direction]),
        "who": {"id": clock.who} | _pair(*of_person(clock.who)),
        "terms": [{"since": since.isoformat(), **term_json(term)} for since, term in clock.terms],
        "in_force_on": on.isoformat(),
        "in_force": _in_force(written, layers, on, sector),
        "configurable": written.configurable,
        "starts": [moved_by(event) for event in clock.starts],
        "stops": [moved_by(event) for event in clock.stops],
        "runs_on": [moved_by(event) for event in clock.resumes],
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
    """The term of a day and the layer that sets it, none where nobody does; and what each layer says, whether it binds here and
    whether it counts.
    """
    chain = [
        {"layer": said.layer, "law": said.clock.law, "binds": said.binds, "counts": said.counts}
        | term_json(said.clock.term_on(on) if said.clock.in_force(on) else said.clock.term)
        for said in layers.said(clock, on, sector)
    ]
    counting = next((link for link in chain if link["counts"]), None)
    term = {key: counting[key] for key in ("amount", "unit", "zh", "en")} if counting else None
    return {"term": term, "layer": "", "law": "", **(counting or {}), "chain": chain}


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
