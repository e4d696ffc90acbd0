"""TWICE: the first of two departments to file an act of one party handles it, the other is warned."""

from yifa.enforcement.v1 import case_pb2

from tests.supervision.office import ENVIRONMENT, URBAN, Office, at, new_case
from tests.supervision.warnings.examples import Examples, History


def filed(when: str, matter: str = "m" * 64) -> History:
    """One department files on 3 March at ten, another files a case of its own."""

    async def told(office: Office) -> None:
        office.clock("2026-03-05 09:00")
        for case_id, node, moment, of in (
            ("C-1", ENVIRONMENT, "2026-03-03 10:00", "m" * 64),
            ("C-2", URBAN, when, matter),
        ):
            case = new_case(case_id, node)
            case.MergeFrom(case_pb2.Case(matter=of, area_code="440703"))
            case.file_time.FromDatetime(at(moment))
            await office.tell(case, "CaseFiled", moment)

    return told


WARNING = "TWICE"
EXAMPLES = {
    "FILED_TWICE": Examples(
        subject="C-2",
        unlawful=filed("2026-03-04 10:00"),
        lawful=filed("2026-03-04 10:00", "n" * 64),
        last_lawful=filed("2026-03-03 09:59"),
        first_unlawful=filed("2026-03-03 10:00"),
    )
}
