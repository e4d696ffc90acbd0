"""EW-30: evidence is entered within 24 hours of being collected."""

from yifa.enforcement.v1 import evidence_pb2

from tests.supervision.office import Office, at, new_case
from tests.supervision.warnings.examples import Examples, History, certified


def entered(when: str) -> History:
    """Evidence that was collected on 5 March at 10:00 is entered then."""

    async def told(office: Office) -> None:
        await certified(office)
        evidence = evidence_pb2.Evidence(
            evidence_id="E-1",
            case_id="C-1",
            title="现场照片",
            collector_ids=["O-1", "O-2"],
            collect_time=at("2026-03-05 10:00"),
        )
        await office.tell(new_case(), "EvidenceRecorded", when, evidence=evidence)

    return told


WARNING = "EW-30"
EXAMPLES = {
    "RECORDED_LATE": Examples(
        about="E-1",
        unlawful=entered("2026-03-12 09:00"),
        lawful=entered("2026-03-05 11:00"),
        last_lawful=entered("2026-03-06 10:00"),
        first_unlawful=entered("2026-03-06 10:01"),
    )
}
