"""Every route of the law is walked from its first act to its end, and what no route walks is counted."""

from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from services.law.citation import cite
from services.law.procedures.court_enforcement import COURT_ENFORCEMENT
from services.law.procedures.enforcement import ENFORCEMENT
from services.law.procedures.inspection import INSPECTION
from services.law.procedures.measure import MEASURE
from services.law.procedures.penalty import NOTICE_FIRST, ORDINARY, PENALTY
from services.law.procedures.referral import REFERRAL
from tests.enforcement.department import Department
from tests.enforcement.routes.beside import BESIDE
from tests.enforcement.routes.duties import DUTY_ROUTES, DUTY_WORDS
from tests.enforcement.routes.money import MONEY
from tests.enforcement.routes.own import OWN_ROUTES, OWN_WORDS
from tests.enforcement.routes.table import ROUTES as OTHER_ROUTES
from tests.enforcement.routes.table import Route
from tests.enforcement.routes.walking import Move, Walk, both, step, yielded
from tests.enforcement.routes.words import WORDS, designate, rival
from tests.enforcement.samples import START
from tests.enforcement.test_review_order import LAYER

PROCEDURES = (PENALTY, MEASURE, REFERRAL, INSPECTION, COURT_ENFORCEMENT, ENFORCEMENT)
ALL = WORDS | BESIDE | MONEY | OWN_WORDS | DUTY_WORDS
ROUTES = (*OTHER_ROUTES, *OWN_ROUTES, *DUTY_ROUTES)
ENDS = ("", "CLOSED", "NOT_FILED", "TRANSFERRED_OUT")
WALKED: set[Move] = set()
DONE: set[str] = set()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def node(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Department]:
    """A department that has one field in which review comes last."""
    folder = tmp_path_factory.mktemp("routes")
    department = Department(folder)
    (folder / "water.toml").write_text(LAYER)
    settings = folder / "node.toml"
    settings.write_text(settings.read_text().replace("layers = [", 'layers = ["water.toml", '))
    await department.start()
    await department.benchmark()
    yield department
    await department.stop()


@pytest.mark.parametrize("route", ROUTES, ids=[route.name for route in ROUTES])
async def test_a_route_is_walked_from_its_first_act_to_its_end(node: Department, route: Route) -> None:
    cite(route.law)
    node.now, walk = START, Walk(node)
    for text in route.acts.split():
        name, _, said = text.partition(":")
        sides = await both(walk)
        if name == "designate":
            await designate(walk, said)
            await yielded(walk, sides)
        elif name == "rival":
            await rival(walk)
        else:
            await step(walk, ALL, text)
    in_court = (await walk.of_court())[1]
    assert in_court in ("", *COURT_ENFORCEMENT.tables[0].ends)
    by_itself = (await walk.of_own())[1]
    assert by_itself in ("", *ENFORCEMENT.tables[0].ends)
    assert (await walk.of_case())[1] in (*ENDS, *(["SERVED"] if in_court or by_itself else []))
    assert (await walk.of_inspection())[1] in ("", *INSPECTION.tables[0].ends)
    WALKED.update(walk.walked)
    DONE.add(route.name)


# What no route walks yet, and why: by the table, the act and how many moves of it.
LEFT = {
    # a body ends, and which of several successors goes on is for people to say
    "ordinary PASS_CASE": 15,
    # its volume has its own papers: tried in test_archive.py
    "summary ARCHIVE_CASE": 1,
    # the paper of a correction of its own moves nothing wherever the case stands: tried in test_own_correction.py
    "ordinary ANNOUNCE_OWN_CORRECTION": 20,
    "ordinary SERVE_OWN_CORRECTION": 20,
    "summary ANNOUNCE_OWN_CORRECTION": 3,
    "summary SERVE_OWN_CORRECTION": 3,
    # as of a penalty: tried in test_announced.py
    "ordinary ANNOUNCE_SERVICE": 1,
    # what is kept from the public moves nothing wherever it stands: tried in test_open_pages.py
    "enforcement WITHHOLD": 6,
    # the same of a measure, and that it is made public: tried in test_public_measures.py
    "measure PUBLISH": 11,
    "measure WITHHOLD": 11,
    # a slip moves nothing wherever the record stands: tried in test_correction_beside.py
    "inspection CORRECT_INSPECTION": 14,
    "inspection DECIDE_INSPECTION_CORRECTION": 14,
    "measure CORRECT_MEASURE": 15,
    "measure DECIDE_MEASURE_CORRECTION": 15,
    "referral CORRECT_REFERRAL": 15,
    "referral DECIDE_REFERRAL_CORRECTION": 15,
}


def test_what_no_route_walks_is_named_and_only_grows_less() -> None:
    if len(DONE) < len(ROUTES):
        pytest.skip("only some routes were walked")
    lines = {line(t.name, m) for p in PROCEDURES for t in p.tables for m in t.moves}
    walked = {
        line(t.name, m)
        for p in PROCEDURES
        for t in p.tables
        for m in t.moves
        if (t.name, m.act, m.source) in WALKED
    }
    left = Counter(f"{table} {act}" for table, act, *_ in lines - walked)

    named = ", ".join(sorted(f"{table} {act} from {source}" for table, act, source, _ in lines - walked))
    assert left == LEFT, f"no route walks: {named}"


def line(table: str, move: Any) -> tuple[str, str, str, Any]:
    """A move; one that both orders of review share is one line of the law, and walked where either was."""
    shared = ORDINARY.move(move.act, move.source)
    same = table == NOTICE_FIRST.name and shared is not None and shared.rules == move.rules
    return (ORDINARY.name if same else table, move.act, move.source, move.target)
