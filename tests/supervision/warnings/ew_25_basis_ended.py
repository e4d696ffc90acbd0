"""EW-25: a case filed in July 2026 under a law that ended on 15 August, of which the department tells then."""

from yifa.enforcement.v1 import basis_pb2
from yifa.enforcement.v1 import events_pb2 as enforcement

from tests.supervision.documents import BODY, DIRECTOR, FILER, TITLE, moment, ready
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


def repealed(
    cites: str = "《示例市生态环境局餐饮油烟管理规定》第三条",
    filed: str = "2026-07-10 10:00",
    *,
    repeal: bool = True,
) -> History:
    """A document of the register is repealed on 15 August, or is not; the department finds that the case rests on it."""

    async def told(office: Office) -> None:
        its = await ready(office, "2026-06-01 09:00")
        made = await its.say(
            FILER, "EnterNormativeDocument", title=TITLE, body_id=BODY, number="示环规〔2025〕3号",
            list_document="继续有效目录（2026）", publish_address="https://example.invalid/old",
            publish_time=moment("2025-10-10 09:00"), effect_time=moment("2025-12-01 00:00"),
            list_time=moment("2026-03-01 09:00"),
        )  # fmt: skip
        key = {"document_id": made.normative_document.document_id}
        office.clock(filed)
        case = new_case()
        case.violation.law = cites
        case.file_time.FromDatetime(at(filed))
        await office.tell(case, "CaseFiled", filed)
        office.clock("2026-08-15 00:00")
        if repeal:
            await its.say(
                DIRECTOR,
                "RepealNormativeDocument",
                reasons="已被新规定取代",
                document="环发〔2026〕9号",
                **key,
            )
        office.clock("2026-08-20 09:00")
        basis = basis_pb2.ChangedBasis(
            basis_id=key["document_id"], law=TITLE, repealed=True, from_time=at("2026-08-15 00:00")
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
    ),
    "DOCUMENT_ENDED": Examples(
        about="《示例市生态环境局餐饮油烟管理规定》",
        unlawful=repealed(),
        lawful=repealed("《示例市生态环境局扬尘管理规定》第三条"),
        last_lawful=repealed(repeal=False),
        first_unlawful=repealed(filed="2026-08-14 23:59"),
    ),
}
