"""A fine collected on the spot: in which cases, against which receipt, and on its way to the bank (APL 68–71)."""

from yifa.enforcement.v1.case_pb2 import Procedure
from yifa.enforcement.v1.collection_pb2 import CollectionGround

from services.law.procedures.penalty.amounts import yuan
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.rule import rule

SMALL = 10_000  # fen: a fine decided on the spot that may always be collected there, APL 68[1]
_ASKED_FOR = frozenset(
    {
        CollectionGround.COLLECTION_GROUND_REMOTE,
        CollectionGround.COLLECTION_GROUND_ON_WATER,
        CollectionGround.COLLECTION_GROUND_WITHOUT_TRANSPORT,
    }
)


@rule(
    "ONSPOT_COLLECTION_NOT_ALLOWED",
    guard="G-49",
    warning="EW-33",
    law="APL-2021:68;APL-2021:69",
    zh="当场处罚一百元以下或者不当场收缴事后难以执行的，以及边远、水上、交通不便地区当事人缴款确有困难并提出的，方可当场收缴；"
    "应当载明原因，当事人提出的应当有凭证。",
    en="No case of the law to collect it on the spot is shown. Name it with its cause, and where the party asked, the proof of "
    "that; else let the party pay at the bank.",
)
def collectable(f: PenaltyFacts) -> bool:
    """Decided on the spot and up to a hundred yuan or hard to collect later; or in a remote place, on water or without transport,
    where the party finds it hard to pay at the bank and asks for it (APL 68, 69).
    """
    said, case = f.collection(), f.case
    if said.ground in _ASKED_FOR:
        return bool(said.cause.strip() and said.proof.strip())
    if case.procedure != Procedure.PROCEDURE_SUMMARY:
        return False
    if said.ground == CollectionGround.COLLECTION_GROUND_SMALL:
        return 0 < case.decision.penalty.fine.fen <= SMALL
    return said.ground == CollectionGround.COLLECTION_GROUND_HARD_LATER and bool(said.cause.strip())


@rule(
    "NO_FISCAL_RECEIPT",
    guard="G-49",
    warning="EW-15",
    law="APL-2021:70",
    zh="当场收缴罚款必须出具财政部门统一制发的专用票据；不出具的，当事人有权拒绝缴纳。",
    en="No receipt of the finance department is named. Give it, and record its series and number (receipt); without one the "
    "party may refuse to pay.",
)
def receipt_handed_over(f: PenaltyFacts) -> bool:
    """The party is given a receipt of the finance department; without one it need not pay (APL 70)."""
    given = f.collection().receipt
    return bool(given.series.strip()) and given.number > 0


def _receipt(f: PenaltyFacts) -> dict[str, str]:
    given = f.collection().receipt
    return {"receipt": f"{given.series.strip()} {given.number}"}


@rule(
    "RECEIPT_NOT_ISSUED",
    guard="G-49",
    law="APL-2021:70",
    zh="该票据不在财政部门发给本机关并已登记的票据之中。",
    en="The finance department issued no such receipt to this body by then. Register the batch that it is of "
    "(RegisterReceipts), or correct its number.",
    tells=_receipt,
)
def receipt_issued(f: PenaltyFacts) -> bool:
    """The receipt is one of a batch that the finance department had issued to this body (APL 70)."""
    return f.receipt_issued() is True


@rule(
    "RECEIPT_USED",
    guard="G-49",
    law="APL-2021:70",
    zh="该票据已用于另一案件，一号一用。",
    en="The receipt was given for another fine. Each number is used once; correct it.",
    tells=_receipt,
)
def receipt_unused(f: PenaltyFacts) -> bool:
    """Each receipt is given once (APL 70)."""
    return f.receipt_used() is False


@rule(
    "NOT_WHOLE",
    guard="G-49",
    law="APL-2021:68;APL-2021:74(2)",
    zh="当场收缴的数额应当等于应缴数额，交至机关和缴付银行的数额应当等于收缴的数额。",
    en="The amount differs from what is due, or from what was collected. All of it is collected, handed in and paid to the bank.",
    tells=lambda f: {"due": yuan(f.passing_on())},
)
def whole(f: PenaltyFacts) -> bool:
    """All that is due is collected, and all that was collected is handed in and paid to the bank (APL 71, 74(2))."""
    return 0 < f.amount() == f.passing_on()


@rule(
    "NOT_COLLECTED",
    law="APL-2021:71",
    zh="罚款没有当场收缴，或者前一环节（抵岸、交至机关）尚未登记。",
    en="The fine was not collected on the spot, or the step before is missing: on water coming ashore (LandFine), before the "
    "bank handing it in (HandInFine).",
)
def step_before_done(f: PenaltyFacts) -> bool:
    """What was collected is handed in, from water once it came ashore, and then paid to the bank (APL 71)."""
    done, act = f.case.collection, f.move.act
    aboard = done.ground == CollectionGround.COLLECTION_GROUND_ON_WATER
    if act == "LAND_FINE":
        return aboard
    if act == "BANK_FINE":
        return bool(done.HasField("hand_in_time"))
    return bool(done.HasField("collect_time") and (not aboard or done.HasField("land_time")))


# Where the record says that a step was done.
_STEPS = {"LAND_FINE": "land_time", "HAND_IN_FINE": "hand_in_time", "BANK_FINE": "bank_time"}


@rule(
    "ALREADY_DONE",
    law="APL-2021:71",
    zh="该环节已登记。",
    en="This step is on record already.",
)
def step_not_done(f: PenaltyFacts) -> bool:
    """Each step is done once."""
    return not f.case.collection.HasField(_STEPS[f.move.act])  # type: ignore[arg-type]


@rule(
    "COLLECTED_NOT_BANKED",
    guard="G-56",
    warning="EW-15",
    law="APL-2021:71;APL-2021:74(2)",
    zh="当场收缴的罚款尚未缴付指定的银行，不得结案。",
    en="The fine that was collected on the spot is not at the bank yet. Hand it in and pay it in (HandInFine, BankFine).",
)
def collected_banked(f: PenaltyFacts) -> bool:
    """A case is closed when the bank has what was collected on the spot (APL 71, 74(2))."""
    return not f.case.HasField("collection") or f.case.collection.HasField("bank_time")
