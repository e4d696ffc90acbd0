"""EW-15: a fine collected on Monday, 2 March 2026, is handed in by Wednesday; its receipt is of a batch, and given once."""

from yifa.enforcement.v1 import case_pb2
from yifa.enforcement.v1 import collection_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as enforcement

from tests.supervision.office import ENVIRONMENT, Office, at, lawful, new_case
from tests.supervision.warnings.examples import Examples, History

BODY, SERIES, FIRST, LAST = "B-1", "粤A", 101, 150
COLLECTED = "2026-03-02 10:00"


def collected(case_id: str, number: int, when: str = COLLECTED) -> case_pb2.Case:
    case = lawful(new_case(case_id), 10_000, "2026-03-02 09:30")
    case.body_id, case.procedure, case.state = BODY, case_pb2.PROCEDURE_SUMMARY, case_pb2.CASE_STATE_SERVED
    case.collection.CopyFrom(
        pb.Collection(
            ground=pb.COLLECTION_GROUND_SMALL, amount={"fen": 10_000}, collector="O-1", collect_time=at(when),
            receipt=pb.ReceiptNumber(series=SERIES, number=number),
        )
    )  # fmt: skip
    return case


async def register(office: Office) -> None:
    batch = pb.ReceiptBatch(
        batch_id="RB-1", node=ENVIRONMENT, body_id=BODY, series=SERIES, first_number=FIRST, last_number=LAST,
        issuer="示例市财政局", document="领用单1号", issue_time=at("2026-01-05 09:00"),
    )  # fmt: skip
    event = enforcement.ReceiptsRegistered(receipt_batch=batch)
    await office.take(office.journal(ENVIRONMENT, "enforcement").entry(event, at("2026-01-05 09:00"), "RB-1"))


def handed_in(then: str, when: str = "") -> History:
    """The fine is handed in, or not, and the time comes."""

    async def told(office: Office) -> None:
        await register(office)
        case = collected("C-1", FIRST)
        await office.tell(case, "FineCollected", COLLECTED)
        if when:
            case.collection.hand_in_time.FromDatetime(at(when))
            await office.tell(case, "FineHandedIn", when)
        office.clock(then)
        await office.ticked()

    return told


def receipts(*numbers: int, registered: str = "before") -> History:
    """Fines of these receipts are collected an hour apart, the later told of first; a batch is registered before, or after."""

    async def told(office: Office) -> None:
        office.clock("2026-03-02 20:00")
        if registered == "before":
            await register(office)
        cases = [
            collected(f"C-{len(numbers) - n}", number, f"2026-03-02 1{n}:00")
            for n, number in enumerate(numbers)
        ]
        for case in reversed(cases):
            await office.tell(
                case, "FineCollected", case.collection.collect_time.ToDatetime(at(COLLECTED).tzinfo)
            )
        if registered == "after":
            await register(office)

    return told


WARNING = "EW-15"
EXAMPLES = {
    "NOT_BANKED": Examples(
        about="PEN-21",
        unlawful=handed_in("2026-03-10 09:00"),
        lawful=handed_in("2026-03-03 18:00", "2026-03-03 17:00"),
        last_lawful=handed_in("2026-03-04 23:59"),
        first_unlawful=handed_in("2026-03-05 00:00"),
    ),
    "RECEIPT_USED": Examples(
        unlawful=receipts(FIRST, FIRST),
        lawful=receipts(FIRST),
        last_lawful=receipts(FIRST, FIRST + 1),
        first_unlawful=receipts(LAST, LAST),
    ),
    "RECEIPT_NOT_ISSUED": Examples(
        unlawful=receipts(FIRST, registered="never"),
        lawful=receipts(FIRST, registered="after"),
        last_lawful=receipts(LAST),
        first_unlawful=receipts(LAST + 1),
    ),
}
