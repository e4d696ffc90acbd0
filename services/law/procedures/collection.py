"""Fines collected on the spot, on their way to the bank."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.law.procedure import Procedure
from services.law.process import table
from services.law.rule import Facts, rule

SMALL = 10_000  # fen: a fine decided on the spot that may always be collected there, APL 68[1]


class Remote(StrEnum):
    """Where the bank is hard to reach, APL 69."""

    REMOTE = "REMOTE"
    ON_WATER = "ON_WATER"
    WITHOUT_TRANSPORT = "WITHOUT_TRANSPORT"


@dataclass(frozen=True)
class CollectionRecord:
    """The record of a fine collected on the spot, with what the act hands in."""

    fine_fen: int = 0
    decided_on_spot: bool = False
    hard_to_collect_later: str = ""
    """Why the fine would be hard to collect later."""
    remote: Remote | None = None
    party_request_time: datetime | None = None
    """When the party asked to pay on the spot, the bank being hard to reach."""
    receipt_number: str = ""
    """The number of the treasury's form."""


class CollectionFacts(Facts):
    """The record of a fine with what the act hands in (`record`), and the node's own time."""

    record: CollectionRecord
    now: datetime


@rule(
    "ONSPOT_COLLECTION_NOT_ALLOWED",
    guard="G-49",
    law="APL-2021:68;APL-2021:69",
    zh="当场处罚一百元以下、事后难以执行，或者边远、水上、交通不便地区经当事人提出的，方可当场收缴。",
    en="No case of the law to collect it on the spot is on record. Let the party pay at the bank.",
)
def collectable(f: CollectionFacts) -> bool:
    """Decided on the spot and up to a hundred yuan or hard to collect later; or in a remote place at the party's request
    (APL 68, 69)."""
    r = f.record
    remote = r.remote in tuple(Remote) and r.party_request_time is not None
    small = 0 < r.fine_fen <= SMALL
    return remote or (r.decided_on_spot and (small or bool(r.hard_to_collect_later.strip())))


@rule(
    "ONSPOT_COLLECTION_NOT_ALLOWED",
    guard="G-49",
    law="APL-2021:69",
    zh="在水上当场收缴的，应当在水上作出，并经当事人提出。",
    en="The fine was not collected on water at the party's request. Collect it as one on land (Collect).",
)
def on_water(f: CollectionFacts) -> bool:
    """What is collected on water is collected there at the party's request (APL 69)."""
    return f.record.remote == Remote.ON_WATER and f.record.party_request_time is not None


@rule(
    "NO_FISCAL_RECEIPT",
    guard="G-49",
    law="APL-2021:70",
    zh="应当出具财政部门统一制发的专用票据，不出具的，当事人有权拒绝缴纳。",
    en="No receipt of the treasury is named. Give it, and record its number (receipt_number).",
)
def fiscal_receipt(f: CollectionFacts) -> bool:
    """The receipt of the treasury is given; without it nobody need pay (APL 70)."""
    return bool(f.record.receipt_number.strip())


# fmt: off
TABLE = table(
    "collection",
    ("COLLECT", "", "COLLECTED", "APL-2021:68;APL-2021:70", (collectable, fiscal_receipt),
     "HANDLING_OFFICER", ("当场收缴", "Collect on the spot"), "fine.collected_on_spot"),
    ("COLLECT_ON_WATER", "", "ABOARD", "APL-2021:69;APL-2021:70", (on_water, fiscal_receipt),
     "HANDLING_OFFICER", ("水上当场收缴", "Collect on water")),
    ("LAND", "ABOARD", "COLLECTED", "APL-2021:71", (),
     "HANDLING_OFFICER", ("抵岸", "Land"), "fine.landed"),
    ("HAND_IN", "COLLECTED", "HANDED_IN", "APL-2021:71", (),
     "HANDLING_OFFICER FINANCE", ("交至行政机关", "Hand in"), "fine.handed_in"),
    ("BANK", "HANDED_IN", "BANKED", "APL-2021:71", (),
     "FINANCE", ("缴付银行", "Pay to the bank"), "fine.banked"),
    titles=("当场收缴罚款", "Fine collected on the spot"),
    ends="BANKED",
)
# fmt: on
COLLECTION = Procedure("collection", CollectionFacts, TABLE)
