"""RECORD: the recording of an act that has to be recorded is handed in by the end of the term that its clock counts."""

from datetime import UTC, timedelta

from yifa.enforcement.v1 import case_pb2, file_pb2

from tests.supervision.office import Office, at, lawful, new_case
from tests.supervision.warnings.examples import MAJOR_FINE, Examples, History

SECOND = timedelta(seconds=1)


def left(after: timedelta, *, recorded: bool = False, method: int = case_pb2.SERVICE_METHOD_LEFT) -> History:
    """A decision is left at the place, the recording handed in or not, and so much time passes after the end of its term."""

    async def told(office: Office) -> None:
        case = lawful(new_case(), MAJOR_FINE)
        case.service.method = method
        await office.tell(case, "DecisionServed", "2026-03-20 10:00")
        due = [d for d in (await office.case("C-1")).deadlines if d.clock_id == "AVR-02"]
        if recorded:
            file = file_pb2.File(file_id="F-1", case_id="C-1", records=file_pb2.RECORDED_ACT_SERVICE_LEFT)
            await office.tell(case, "ServiceRecordingHandedIn", "2026-03-20 15:00", file=file)
        end = due[0].due_time.ToDatetime(UTC) if due else at("2026-03-24 10:00")
        office.clock(end + after)
        await office.ticked()

    return told


WARNING = "RECORD"
EXAMPLES = {
    "RECORDING_MISSING": Examples(
        about="AVR-02",
        unlawful=left(timedelta(days=1)),
        lawful=left(timedelta(days=1), recorded=True),
        last_lawful=left(-SECOND),
        first_unlawful=left(SECOND),
    )
}
