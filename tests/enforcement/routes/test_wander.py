"""Any act of any procedure in any order, under a clock that leaps. WANDER=10000 takes so many steps, SEED others.

Nothing is reached that no table has; what is accepted was listed as open, and what is refused was listed against it; nothing that
was done goes untold; and the city, which judges every act again from the record, finds no rule broken.
"""

import os
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from services.law.procedures.measure import MEASURE
from services.law.procedures.penalty import PENALTY
from services.law.procedures.referral import REFERRAL
from tests.enforcement.routes.wandering import FIRST, Wandered, Wanderer, Watched, at_the_city
from tests.enforcement.samples import START
from tests.enforcement.test_review_order import LAYER
from tests.supervision.office import running_office

STEPS, EACH = int(os.environ.get("WANDER", "500")), 25
# Days; no two acts at one moment.
LEAPS = (0.0001,) * 14 + (0.2, 1, 1, 3, 3, 8, 8, 31)
RULES = [r for p in (PENALTY, MEASURE, REFERRAL) for t in p.tables for m in t.moves for r in m.rules]
# What a rule warns of and lets pass.
WARNED = [r.says for r in RULES if r.severity == "warn"]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def watched(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Watched]:
    folder = tmp_path_factory.mktemp("wander")
    department = Watched(folder)
    (folder / "water.toml").write_text(LAYER)
    settings = folder / "node.toml"
    settings.write_text(settings.read_text().replace("layers = [", 'layers = ["water.toml", '))
    await department.start()
    await department.benchmark()
    yield department
    await department.stop()


@pytest.mark.timeout(max(120, STEPS))
async def test_whatever_is_done_in_whatever_order(watched: Watched, tmp_path: Path) -> None:
    rng, seen, taken = random.Random(int(os.environ.get("SEED", "1"))), Wandered(), 0
    async with running_office(tmp_path) as office:
        watched.office = office
        while seen.steps < STEPS:
            watched.now = START
            wanderer = Wanderer(watched, seen)
            route = rng.choice(FIRST)
            await wanderer.begin(route[: rng.randrange(1, len(route))])
            for _ in range(EACH):
                await wanderer.step(rng.randrange(10**6), rng.choice(LEAPS))
            await wanderer.stand()
            taken = await at_the_city(watched, office, taken)
        found = [w for rule in {r.warning for r in RULES} - {""} for w in await office.warnings(rule_id=rule)]
        # an inspection rests on the city's own codes and on keys, which nobody gave here; a term that a leap passed is no rule
        found = [w for w in found if not w.inspection_id and not w.clock_id]
        found = [w for w in found if not any(says in w.detail_en for says in WARNED)]
        watched.office = None
        went = {w.case_id: watched.names(w.case_id) for w in found}
    print(seen)
    assert not found, "\n".join(f"{w.rule_id}: {w.detail_en} {went[w.case_id]}" for w in found)
    assert seen.steps >= STEPS and len(seen.done) > 25


# What the city judges by the record as it stood when it was done, and not by what became of the record since.
LAWFUL = {
    "a deferral, and what its decision made of it (APL 66(2))": "serve ask-deferral deny +1 ask-deferral grant:2",
    "a decision, and its evidence left out once it has to be made anew (APL 46)": "reopen exclude",
}


@pytest.mark.parametrize("acts", LAWFUL.values(), ids=LAWFUL)
async def test_the_city_finds_nothing_against_what_was_lawful(
    watched: Watched, tmp_path: Path, acts: str
) -> None:
    before, watched.now = watched.running.head()[0], START
    async with running_office(tmp_path) as office:
        watched.office = office
        wanderer = Wanderer(watched, Wandered())
        await wanderer.begin(
            f"clue file assign evidence report submit pass notice window decide {acts}".split()
        )
        await at_the_city(watched, office, before)
        found = await office.warnings(rule_id="EW-33")
        watched.office = None

    assert not found
