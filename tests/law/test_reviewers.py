"""Who passes a review that article 58(1) asks for: whom the registry holds for qualified, on every ground that makes it asked."""

from collections.abc import Callable

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import penalty_pb2 as penalties

from services.law.moment import put_moment
from services.law.procedures.penalty import ORDINARY
from services.law.procedures.penalty.decision import reviewer_qualified
from services.law.standing import Person
from tests.law.penalty.known import NOW, Known

PASS = ORDINARY.named("PASS_REVIEW")
GROUNDS: dict[str, Callable[[Known], None]] = {
    "the party was heard": lambda f: put_moment(f.case.defence.hearing_time, NOW),
    "a fine with a right to a hearing": lambda f: setattr(f.case.proposal.fine, "fen", 50_000_00),
    "a kind with a right to a hearing": lambda f: f.case.proposal.kinds.append(
        penalties.PENALTY_KIND_REVOCATION_OF_LICENCE
    ),
    "the reviewer finds it complex": lambda f: f.known.update(complexity="涉及多个法律关系"),
    "the layer asks it of every review": lambda f: setattr(f, "parameter", lambda key, at: 1),
}


def reviewing(caller: str = "R-1", *, qualified: bool = False) -> Known:
    """A review of a case about a citizen's small fine."""
    case = cases.Case()
    case.party.kind = 1
    case.proposal.fine.fen = 100_00
    case.proposal.kinds.append(penalties.PENALTY_KIND_FINE)
    known = Known(PASS, case)
    known.known["caller"] = caller
    if qualified:
        known.known["stood"]["R-1"] = Person("R-1", "审核", "FS-1", True)
    return known


@pytest.mark.parametrize("ground", GROUNDS.values(), ids=GROUNDS)
def test_on_each_ground_the_reviewer_is_qualified(ground: Callable[[Known], None]) -> None:
    asked, qualified, nobody = reviewing(), reviewing(qualified=True), reviewing(" ", qualified=True)
    for facts in (asked, qualified, nobody):
        ground(facts)

    assert not reviewer_qualified.holds(asked)
    assert reviewer_qualified.holds(qualified)
    assert not reviewer_qualified.holds(nobody)


def test_a_review_that_no_article_asks_for_needs_no_qualification() -> None:
    assert reviewer_qualified.holds(reviewing())
