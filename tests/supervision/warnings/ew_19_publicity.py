"""EW-19: decided on Friday, 20 March 2026, public by Tuesday, 31 March; annulled on Monday, 13 April, withdrawn by Thursday."""

from yifa.enforcement.v1 import case_pb2

from tests.supervision.office import Office, at, lawful, new_case
from tests.supervision.warnings.examples import Examples, History

DECIDED, ANNULLED = "2026-03-20 10:00", "2026-04-13 10:00"


def decided(then: str, published: str = "") -> History:
    async def told(office: Office) -> None:
        case = lawful(new_case(), when=DECIDED)
        await office.tell(case, "DecisionMade", DECIDED)
        if published:
            case.publish_time.FromDatetime(at(published))
            await office.tell(case, "DecisionPublished", published)
        office.clock(then)
        await office.ticked()

    return told


def annulled(then: str, withdrawn: str = "") -> History:
    """A public decision is annulled, withdrawn or not, and the time comes."""

    async def told(office: Office) -> None:
        await decided("2026-03-25 09:00", "2026-03-24 09:00")(office)
        case = lawful(new_case(), when=DECIDED)
        case.version = 2
        case.publish_time.FromDatetime(at("2026-03-24 09:00"))
        outcome = case.outcomes.add(
            kind=case_pb2.OUTCOME_KIND_ANNULLED, remedy=case_pb2.REMEDY_RECONSIDERATION, authority="市政府", document="1号",
            outcome_time=at(ANNULLED),
        )  # fmt: skip
        case.set_aside.kind = case_pb2.SET_ASIDE_KIND_ANNULLED
        case.set_aside.set_aside_time.FromDatetime(at(ANNULLED))
        await office.tell(case, "DecisionAnnulled", ANNULLED, outcome=outcome)
        if withdrawn:
            case.withdrawal.withdraw_time.FromDatetime(at(withdrawn))
            await office.tell(case, "PublicationWithdrawn", withdrawn)
        office.clock(then)
        await office.ticked()

    return told


WARNING = "EW-19"
EXAMPLES = {
    "NOT_PUBLISHED": Examples(
        about="PEN-23",
        unlawful=decided("2026-04-20 09:00"),
        lawful=decided("2026-04-20 09:00", "2026-03-24 09:00"),
        last_lawful=decided("2026-03-31 23:59"),
        first_unlawful=decided("2026-04-01 00:00"),
    ),
    "NOT_WITHDRAWN": Examples(
        about="PEN-24",
        unlawful=annulled("2026-05-04 09:00"),
        lawful=annulled("2026-05-04 09:00", "2026-04-14 09:00"),
        last_lawful=annulled("2026-04-16 23:59"),
        first_unlawful=annulled("2026-04-17 00:00"),
    ),
}
