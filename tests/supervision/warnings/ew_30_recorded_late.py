"""EW-30: evidence is entered within 24 hours of being collected; of twenty cases closed, one record is corrected at most."""

from yifa.enforcement.v1 import case_pb2, evidence_pb2

from tests.supervision.office import Office, at, new_case
from tests.supervision.warnings.examples import Examples, History, certified
from tests.supervision.warnings.many import BODY, decide, series


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


def corrected(edited: int, many: int = 20, correct: str = "2026-03-25 10:00") -> History:
    """Cases are closed in March 2026, and a slip in so many of them is corrected, on a day after that or before."""

    async def told(office: Office) -> None:
        office.clock("2026-03-26 09:00")
        cases = series([1_000_000] * many)
        for n, case in enumerate(cases):
            case.state = case_pb2.CASE_STATE_CLOSED
            case.close_time.FromDatetime(at("2026-03-24 10:00"))
            if n < edited:
                case.corrections.add(
                    correction_id="RC-1",
                    state=case_pb2.RECORD_CORRECTION_STATE_APPROVED,
                    decide_time=at(correct),
                )
        await decide(office, cases, "2026-03-25 12:00")
        office.clock("2026-04-01 00:10")
        await office.months()

    return told


WARNING = "EW-30"
EXAMPLES = {
    "RECORDED_LATE": Examples(
        about="E-1",
        unlawful=entered("2026-03-12 09:00"),
        lawful=entered("2026-03-05 11:00"),
        last_lawful=entered("2026-03-06 10:00"),
        first_unlawful=entered("2026-03-06 10:01"),
    ),
    "EDITED_OFTEN": Examples(
        subject=BODY,
        about="2026-03",
        unlawful=corrected(10),
        lawful=corrected(10, correct="2026-03-23 10:00"),
        last_lawful=corrected(1),
        first_unlawful=corrected(2),
    ),
}
