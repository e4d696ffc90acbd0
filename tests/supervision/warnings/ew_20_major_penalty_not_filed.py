"""EW-20: a major penalty is filed by the end of the term that the clock PEN-27 counts, a normative document by that of NRM-04."""

from datetime import UTC, timedelta

from tests.supervision.documents import CLERK, FILED, FILER, ready
from tests.supervision.office import Office, at, lawful, new_case
from tests.supervision.warnings.examples import MAJOR_FINE, NEW, Examples, History, OfNew


def decided(after: timedelta, *, file: bool = False) -> History:
    """A major penalty is decided, filed or not, and so much time passes after the end of its term."""

    async def told(office: Office) -> None:
        case = lawful(new_case(), MAJOR_FINE)
        await office.tell(case, "DecisionMade", "2026-03-20 10:00")
        [clock] = [d for d in (await office.case("C-1")).deadlines if d.clock_id == "PEN-27"]
        if file:
            case.report_time.FromDatetime(at("2026-03-23 10:00"))
            await office.tell(case, "MajorPenaltyFiled", "2026-03-23 10:00")
        office.clock(clock.due_time.ToDatetime(UTC) + after)
        await office.ticked()

    return told


def published(after: timedelta, *, file: bool = False) -> History:
    """A department's document is published, filed or not, and so much time passes after the end of its term."""

    async def told(office: Office) -> None:
        its = await ready(office)
        await its.in_force()
        [filing] = (await its.say(FILER, "ListDocumentFilings")).document_filings
        NEW.append(filing.filing_id)
        if file:
            await its.say(CLERK, "SubmitDocumentFiling", filing_id=filing.filing_id, papers=FILED)
        office.clock(filing.due_time.ToDatetime(UTC) + after)
        await office.ticked()

    return told


SECOND = timedelta(seconds=1)
WARNING = "EW-20"
EXAMPLES = {
    "NOT_FILED": Examples(
        about="PEN-27",
        unlawful=decided(timedelta(days=1)),
        lawful=decided(timedelta(days=1), file=True),
        last_lawful=decided(-SECOND),
        first_unlawful=decided(SECOND),
    ),
    "DOCUMENT_NOT_FILED": OfNew(
        about="NRM-04",
        unlawful=published(timedelta(days=1)),
        lawful=published(timedelta(days=1), file=True),
        last_lawful=published(-SECOND),
        first_unlawful=published(SECOND),
    ),
}
