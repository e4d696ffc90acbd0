"""EW-34: who answered within 60 days before is hardly lost."""

from tests.supervision.office import Office, at, new_case
from tests.supervision.warnings.examples import Examples, History


def announced(when: str, *, answered: bool = True) -> History:
    """The party stated its case on 5 March at 10:00; the decision is announced for service then."""

    async def told(office: Office) -> None:
        case = new_case()
        if answered:
            case.defence.statement_time.FromDatetime(at("2026-03-05 10:00"))
        case.announcement.announce_time.FromDatetime(at(when))
        case.announcement.cause = "下落不明"
        await office.tell(case, "ServiceAnnounced", when)

    return told


WARNING = "EW-34"
EXAMPLES = {
    "PARTY_WITHIN_REACH": Examples(
        unlawful=announced("2026-03-20 10:00"),
        lawful=announced("2026-03-20 10:00", answered=False),
        last_lawful=announced("2026-05-04 10:01"),
        first_unlawful=announced("2026-05-04 10:00"),
    )
}
