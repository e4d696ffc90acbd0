"""What a department asked its superior about holds its record until the reply (OPR-SUP 11)."""

from typing import Any

import pytest
from yifa.supervision.v1 import events_pb2 as supervision
from yifa.supervision.v1 import important_matter_pb2 as pb

from services.kit.reactions import NotItsHome
from tests.enforcement.department import NODE, Department
from tests.enforcement.inspecting import Bureau
from tests.enforcement.samples import INSTANT, WINDOW_END, fine, stamp
from tests.enforcement.test_measure import asked as measure_asked
from tests.enforcement.test_no_penalty import ground, inquired, let_go, propose


def asked(department: Department, record_id: str, version: int = 2, **more: Any) -> pb.ImportantMatter:
    """What the city tells of a request about a record of this department."""
    said = {
        "matter_id": f"MT-{record_id}", "node": NODE, "record_id": record_id, "version": version,
        "kind": pb.IMPORTANT_MATTER_KIND_REQUEST, "ask_time": stamp(department.now), **more,
    }  # fmt: skip
    return pb.ImportantMatter(**said)


async def test_a_case_waits_for_the_reply(department: Department) -> None:
    """By what the city told, in whatever order it comes; another's word, or a report, holds nothing."""
    dossier = await department.noticed(fine(30_000))
    department.now = WINDOW_END + INSTANT
    matter = asked(department, dossier.case_id)
    await department.hear(supervision.ImportantMatterAsked(important_matter=matter))

    async with department.refused("INSTRUCTIONS_AWAITED", law="EX-ERS") as no:
        await department.decide(dossier)
    assert no.metadata["matters"] == matter.matter_id
    async with department.refused("INSTRUCTIONS_AWAITED"):
        await department.act("TerminateCase", dossier)

    replied = asked(department, dossier.case_id, 5, end_time=stamp(department.now))
    await department.hear(supervision.ImportantMatterReplied(important_matter=replied))
    await department.hear(supervision.ImportantMatterAsked(important_matter=matter))  # late, and older
    await department.decide(dossier)


async def test_that_no_penalty_is_due_waits_too_until_the_request_is_withdrawn(
    department: Department,
) -> None:
    dossier, evidence = await inquired(department)
    await propose(department, dossier, ground("MINOR", evidence_ids=[evidence]))
    matter = asked(department, dossier.case_id)
    await department.hear(supervision.ImportantMatterAsked(important_matter=matter))
    async with department.refused("INSTRUCTIONS_AWAITED"):
        await let_go(department, dossier)

    withdrawn = asked(department, dossier.case_id, 3, end_time=stamp(department.now))
    await department.hear(supervision.ImportantMatterWithdrawn(important_matter=withdrawn))

    await let_go(department, dossier)


async def test_only_the_citys_word_about_a_record_of_this_department_holds_anything(
    department: Department,
) -> None:
    dossier = await department.noticed(fine(30_000))
    department.now = WINDOW_END + INSTANT
    about = {"matter_id": "MT-foreign", "record_id": dossier.case_id}
    told = supervision.ImportantMatterAsked(important_matter=asked(department, **about))
    with pytest.raises(NotItsHome):
        await department.hear(told, node=NODE)
    with pytest.raises(NotItsHome):
        await department.hear(
            supervision.ImportantMatterAsked(important_matter=asked(department, **about, node="urban"))
        )
    unsent = asked(department, **about)
    unsent.ClearField("ask_time")
    await department.hear(supervision.ImportantMatterWithdrawn(important_matter=unsent))

    await department.decide(dossier)


async def test_a_measure_and_an_inspection_wait_too(department: Department) -> None:
    """What is decided waits; what sets things free does not."""
    held = await measure_asked(department)
    told = asked(department, held.measure.measure_id)
    await department.hear(supervision.ImportantMatterAsked(important_matter=told))
    async with department.refused("INSTRUCTIONS_AWAITED"):
        await held.act("ApproveMeasure")
    bureau = Bureau(department)
    visit = await bureau.recorded()
    about = asked(department, visit.inspection_id)
    await department.hear(supervision.ImportantMatterAsked(important_matter=about))
    for rpc in ("FindNothing", "OrderCorrection"):
        async with department.refused("INSTRUCTIONS_AWAITED"):
            await bureau.act(rpc, visit)

    for matter in (told, about):
        matter.version = 3
        matter.end_time.CopyFrom(stamp(department.now))
        await department.hear(supervision.ImportantMatterReplied(important_matter=matter))

    await held.act("ApproveMeasure")
    await bureau.act("FindNothing", visit)
