"""What mitigates makes the penalty lighter: the age of the party, and what article 32 names (APL 30, 32)."""

from typing import Any

import pytest
from yifa.enforcement.v1 import evidence_mark_pb2 as expertise
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties

from tests.enforcement.department import Department, number_of
from tests.enforcement.samples import Dossier, fine
from tests.enforcement.test_evaluation import publish
from tests.enforcement.test_no_penalty import clue_about, found, inquired, person

# Both were fourteen, and not eighteen, on the day of the act.
YOUTH, ON_THE_SPOT = "440702201106133711", "440702201106133746"
LIGHTER, MITIGATED = penalties.LENIENCE_DEGREE_LIGHTER, penalties.LENIENCE_DEGREE_MITIGATED
YOUNG, REMOVED = penalties.LENIENCE_GROUND_UNDER_EIGHTEEN, penalties.LENIENCE_GROUND_HARM_REMOVED


def lenience(ground: int = REMOVED, **more: Any) -> penalties.Lenience:
    values = {"degree": LIGHTER, "grounds": [ground], "reasons": "当日清除污染，邻近水体未受影响", **more}
    return penalties.Lenience(**values)


async def test_who_is_not_yet_eighteen_is_fined_lighter(department: Department) -> None:
    """The band goes from 20,000 to 200,000 yuan, so its light side ends at 110,000."""
    dossier, _ = await inquired(department, **clue_about(YOUTH))

    async with department.refused("MINOR_NOT_TREATED_LIGHTER", law="APL-2021:30"):
        await department.report(dossier, fine(30_000))
    async with department.refused("MITIGATION_IGNORED", law="APL-2021:32;APL-2021:30"):
        await department.report(dossier, fine(110_000.01, lenience=lenience(YOUNG)))
    await department.report(dossier, fine(110_000, lenience=lenience(YOUNG)))


async def test_on_the_spot_the_young_are_treated_lighter(department: Department) -> None:
    async with department.refused("MINOR_NOT_TREATED_LIGHTER"):
        await department.spot(**person(ON_THE_SPOT))


UNGROUNDED = [
    (lenience(degree=0), "LENIENCE_NOT_GROUNDED"),
    (lenience(grounds=[]), "LENIENCE_NOT_GROUNDED"),
    (lenience(grounds=[REMOVED, 0]), "LENIENCE_NOT_GROUNDED"),
    (lenience(reasons=" "), "LENIENCE_NOT_GROUNDED"),
    (lenience(YOUNG), "LENIENCE_NOT_GROUNDED"),
    (lenience(), "LENIENCE_NOT_PROVED"),
    (lenience(evidence_ids=["E-elsewhere"]), "LENIENCE_NOT_PROVED"),
]


@pytest.mark.parametrize(("said", "reason"), UNGROUNDED)
async def test_no_circumstance_counts_on_somebodys_word(
    department: Department, said: penalties.Lenience, reason: str
) -> None:
    dossier, _ = await inquired(department)

    async with department.refused(reason, more=True):
        await department.report(dossier, fine(30_000, lenience=said))


async def _told(department: Department) -> tuple[Dossier, penalties.Lenience]:
    """A case whose notice tells the party that its fine is lighter."""
    dossier, evidence = await inquired(department)
    said = lenience(evidence_ids=[evidence])
    await department.report(dossier, fine(30_000, lenience=said))
    for act in ("SubmitForReview", "ConcludeReview"):
        await department.act(act, dossier)
    await department.notice(dossier)
    await department.act("WaiveDefence", dossier)
    return dossier, said


async def test_what_mitigates_makes_the_fine_lighter(department: Department) -> None:
    dossier, evidence = await inquired(department)
    lightly = lenience(evidence_ids=[evidence])
    below = lenience(evidence_ids=[evidence], degree=MITIGATED)

    for amount, said in ((200_000, lightly), (30_000, below)):
        async with department.refused("MITIGATION_IGNORED", law="APL-2021:32;APL-2021:30"):
            await department.report(dossier, fine(amount, lenience=said))
    await department.report(dossier, fine(30_000, lenience=lightly))


CLOSURE, CRITICISM = penalties.PENALTY_KIND_CLOSURE, penalties.PENALTY_KIND_CIRCULATED_CRITICISM
STOPPED = penalties.PENALTY_KIND_SUSPENSION_OF_OPERATION


async def test_what_mitigates_makes_the_kind_lighter_too(department: Department) -> None:
    """By the order of article 9: no kind graver than the band has, and without a fine a lighter one than its gravest."""
    item = await publish(department, "从轻-1", "责令停产停业", "按照有关规定处理")
    dossier, evidence = await inquired(department, graver=True)
    said = {"lenience": lenience(evidence_ids=[evidence])}
    unread = fine(0, kinds=[1], benchmark_id=item, band_code="2", **said)
    graver = [
        fine(30_000, kinds=[penalties.PENALTY_KIND_FINE, CLOSURE], **said),
        fine(0, kinds=[CRITICISM], band_code="3", **said),
        fine(0, kinds=[STOPPED], benchmark_id=item, **said),
        unread,
    ]

    for proposal in graver:
        async with department.refused("MITIGATION_IGNORED", law="APL-2021:32;APL-2021:30;APL-2021:9"):
            await department.report(dossier, proposal)
    await department.report(dossier, fine(0, kinds=[CRITICISM], benchmark_id=item, **said))


async def test_who_was_only_partly_responsible_is_treated_lighter_on_an_experts_opinion(
    department: Department,
) -> None:
    dossier, record = await inquired(department, **clue_about(number_of(parties.PARTY_KIND_CITIZEN)))
    ground = penalties.LENIENCE_GROUND_PARTLY_RESPONSIBLE
    well = await found(department, dossier, expertise.RESPONSIBILITY_FULL)

    for named in (record, well):
        async with department.refused("LENIENCE_NOT_GROUNDED", law="APL-2021:31"):
            await department.report(dossier, fine(20_000, lenience=lenience(ground, evidence_ids=[named])))
    opinion = await found(department, dossier, expertise.RESPONSIBILITY_PARTLY)
    await department.report(dossier, fine(20_000, lenience=lenience(ground, evidence_ids=[opinion])))


async def test_a_decision_keeps_what_mitigates(department: Department) -> None:
    dossier, said = await _told(department)

    async with department.refused("MITIGATION_IGNORED", law="APL-2021:32"):
        await department.decide(dossier, penalty=fine(30_000))
    decided = (await department.decide(dossier)).case

    assert decided.decision.penalty.lenience == said
