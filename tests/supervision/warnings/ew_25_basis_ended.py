"""EW-25: a case filed in July 2026 under a law that ended on 15 August, of which the department tells then."""

from yifa.enforcement.v1 import basis_pb2
from yifa.enforcement.v1 import events_pb2 as enforcement

from tests.supervision.office import ENVIRONMENT, Office, at, new_case
from tests.supervision.warnings.examples import Examples, History

ENDED = "2026-08-15 00:10"


def ended(
    law: str = "《环境影响评价法》第三十一条", filed: str = "2026-07-10 10:00", choice: str = ""
) -> History:
    """The department finds that the case rests on what ended."""

    async def told(office: Office) -> None:
        office.clock(filed)
        case = new_case()
        case.violation.law = law
        case.file_time.FromDatetime(at(filed))
        case.proposal.law_choice = choice
        await office.tell(case, "CaseFiled", filed)
        office.clock("2026-08-20 09:00")
        basis = basis_pb2.ChangedBasis(
            law="环境影响评价法", article="第三十一条", repealed=True, from_time=at("2026-08-15 00:00")
        )
        found = enforcement.BasisUsesFound(
            node=ENVIRONMENT, basis=basis, cases=[basis_pb2.CaseRef(case_id=case.case_id)]
        )
        await office.take(office.journal(ENVIRONMENT, "enforcement").entry(found, at(ENDED), ENVIRONMENT))

    return told


WARNING = "EW-25"
EXAMPLES = {
    "BASIS_ENDED": Examples(
        about="EIA-2018:31",
        unlawful=ended(),
        lawful=ended(choice="行为发生在新法施行之前，新法处罚不轻于旧法，适用旧法"),
        last_lawful=ended("《行政处罚法》第三十一条"),
        first_unlawful=ended(filed="2026-08-14 23:59"),
    )
}
