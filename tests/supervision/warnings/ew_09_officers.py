"""EW-09: at every act two officers, each with a certificate in force then and there, of the department that acts."""

from functools import partial

from yifa.registry.v1 import events_pb2 as registry
from yifa.registry.v1 import officer_pb2

from tests.supervision.office import ENVIRONMENT, URBAN, Office, at
from tests.supervision.warnings.examples import Examples, NotJudged, certified, collected

half_a_year = partial(certified, issued="2026-03-03 09:00", expires="2026-09-03 09:00")
here = partial(certified, area_code="440703")
anywhere = partial(certified, area_code="440700")


async def suspended(office: Office) -> None:
    await certified(office)
    await office.suspend("O-2", "2026-03-03 09:00", "2026-03-10 09:00")


async def moved(office: Office) -> None:
    """The second officer goes to another department on 5 March."""
    await certified(office)
    officer = officer_pb2.Officer(officer_id="O-2", node=URBAN)
    officer.former.add(node=ENVIRONMENT).until_time.FromDatetime(at("2026-03-05 00:00"))
    await office.registry(registry.OfficerTransferred(officer=officer))


WARNING = "EW-09"
EXAMPLES = {
    "TOO_FEW_OFFICERS": Examples(
        unlawful=collected("2026-03-05 10:00", "O-1"),
        lawful=collected("2026-03-05 10:00"),
        last_lawful=collected("2026-03-05 10:00", "O-1", "O-2"),
        first_unlawful=collected("2026-03-05 10:00", "O-1", "O-1"),
    ),
    "TWO_CERTIFIED_OFFICERS": Examples(
        about="O-2",
        unlawful=collected("2027-01-05 10:00", before=half_a_year),
        lawful=collected("2026-03-05 10:00", before=half_a_year),
        last_lawful=collected("2026-09-03 08:59", before=half_a_year),
        first_unlawful=collected("2026-09-03 09:00", before=half_a_year),
    ),
    "CERTIFICATE_SUSPENDED": Examples(
        about="O-2",
        unlawful=collected("2026-03-05 10:00", before=suspended),
        lawful=collected("2026-03-10 09:00", before=suspended),
        last_lawful=collected("2026-03-03 08:59", before=suspended),
        first_unlawful=collected("2026-03-03 09:00", before=suspended),
    ),
    "CERTIFICATE_OUT_OF_AREA": Examples(
        about="O-2",
        unlawful=collected(area="440704", before=here),
        lawful=collected(area="440703", before=here),
        last_lawful=collected(area="440703", before=anywhere),
        first_unlawful=collected(area="440700", before=here),
    ),
    "CERTIFICATE_OUT_OF_SCOPE": NotJudged(collected(), "which field and acts the certificate has to cover"),
    "TWO_CERTIFIED_OFFICERS of another department": Examples(
        about="O-2",
        unlawful=collected("2026-03-10 10:00", before=moved),
        lawful=collected("2026-03-10 10:00"),
        last_lawful=collected("2026-03-04 23:59", before=moved),
        first_unlawful=collected("2026-03-05 00:00", before=moved),
    ),
}
