"""EW-91: an act of a permit that a department reported broke a rule, and its record says so."""

from typing import Any

from yifa.enforcement.v1 import permit_pb2 as permits

from services.law.moment import put_moment
from tests.supervision.office import Office, at
from tests.supervision.test_permits import RECEIVED, permit
from tests.supervision.warnings.examples import Examples, History

KEY = "EW91"


def told(*events: tuple[str, tuple[tuple[str, str], ...]]) -> History:
    """A department tells of acts, each with what the record says by then that its acts broke."""

    async def happened(office: Office) -> None:
        record = permit(KEY)
        for n, (event, breaches) in enumerate(events):
            del record.breaches[:]
            for act, reason in breaches:
                _broken(record, act, reason)
            await office.tell_beside(record, event, RECEIVED.replace(hour=10 + n))

    return happened


def _broken(record: permits.Permit, act: str, reason: str) -> Any:
    breach = record.breaches.add(
        act=act, reason=reason, law="ALIC-2019:26(1)", text_zh="一个窗口", text_en="One window."
    )
    put_moment(breach.act_time, at("2026-03-02 09:00"))
    return breach


WINDOW = (("IssuePermit", "PERMIT_OTHER_WINDOW"),)
WARNING = "EW-91"
EXAMPLES = {
    "PERMIT_AGAINST_RULES": Examples(
        unlawful=told(("PermitIssued", WINDOW)),
        lawful=told(("PermitIssued", ())),
        # what came late put the record together otherwise
        last_lawful=told(("PermitIssued", WINDOW), ("PermitPublished", ())),
        first_unlawful=told(("PermitIssued", ()), ("PermitPublished", WINDOW)),
        subject=f"PM-city-{KEY}",
        about="IssuePermit/PERMIT_OTHER_WINDOW",
    ),
}
