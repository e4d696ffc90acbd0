"""Under which article a case is judged at the city: an internal rule accuses nobody, a corrected article is no new warning."""

from pathlib import Path
from typing import Any

from yifa.supervision.v1 import events_pb2 as events

from tests.layers import LAYERS, SECTION, layer_file
from tests.supervision.office import OPEN, Office, lawful, new_case, running_office

NOBODY_ORDERS: dict[str, Any] = {"layers": []}
RULE = '\n[rule.decider_not_reviewer]\nlaw = "EX-SUP"\n'


def corrected(folder: Path) -> dict[str, Any]:
    """The city's layer, with another document of its own for who may not decide."""
    file = layer_file(folder, SECTION["layer"])
    file.write_text(file.read_text("utf-8") + RULE, "utf-8")
    others = [name for name in LAYERS if name != SECTION["layer"]]
    return SECTION | {"layers": [*others, str(file)]}


async def test_an_internal_rule_accuses_nobody_and_a_corrected_article_is_the_same_warning(
    tmp_path: Path,
) -> None:
    """Who reviewed decides: no law forbids it, the city's own document does."""
    case = lawful(new_case())
    case.decision.decider = case.review.reviewer
    journals: dict[Any, Any] = {}
    told: dict[str, list[tuple[str, str]]] = {}
    warned = 0

    async def seen(office: Office) -> list[tuple[str, str]]:
        nonlocal warned
        warned = len(office.emitted(events.WarningRaised))
        return [(w.warning_id, w.citation.code) for w in await office.warnings() if w.state == OPEN]

    for name, law in (("internal", NOBODY_ORDERS), ("city", SECTION), ("corrected", corrected(tmp_path))):
        async with running_office(tmp_path, "2026-03-25 09:00", law=law) as office:
            office.journals = journals
            await office.tell(
                case, "DecisionMade" if name == "internal" else "DecisionPublished", "2026-03-20 10:00"
            )
            told[name] = await seen(office)

    [(warning, article)] = told["city"]
    assert told["internal"] == [] and article == "EX-ERS"
    assert told["corrected"] == [(warning, "EX-SUP")] and warned == 2
