"""Fines collected on the spot on their way to the bank; a published decision on its way out of sight."""

from dataclasses import dataclass

from services.law.process import Rule, table

SMALL = 10_000  # fen: a fine that may always be collected on the spot, APL 68(1)


@dataclass(frozen=True)
class CollectionFacts:
    """What the rules ask of a fine collected on the spot when an act is to be done."""

    fine: int  # in fen
    decided_on_spot: bool
    hard_to_collect_later: bool
    remote: bool  # remote, on water or without transport, and the party asked for it
    receipt: bool  # the treasury's form, with its number


_ALLOWED = Rule(
    "ONSPOT_COLLECTION_NOT_ALLOWED", "APL-2021:68;APL-2021:69",
    "Up to a hundred yuan, or hard to collect later, or in a remote place at the party's request.",
    "一百元以下、事后难以执行，或者边远、水上、交通不便地区经当事人提出的，方可当场收缴。",
    lambda f: f.remote or (f.decided_on_spot and (f.fine <= SMALL or f.hard_to_collect_later)),
)  # fmt: skip
_RECEIPT = Rule(
    "NO_FISCAL_RECEIPT", "APL-2021:70", "The receipt of the treasury is given; without it nobody need pay.",
    "应当出具财政部门统一制发的专用票据，不出具的，当事人有权拒绝缴纳。", lambda f: f.receipt,
)  # fmt: skip

# fmt: off
COLLECTION = table(
    "collection",
    ("COLLECT", "", "COLLECTED", "APL-2021:68;APL-2021:70", (_ALLOWED, _RECEIPT),
     "HANDLING_OFFICER", ("当场收缴", "Collect on the spot"), "fine.collected_on_spot"),
    ("COLLECT_ON_WATER", "", "ABOARD", "APL-2021:69;APL-2021:70", (_ALLOWED, _RECEIPT),
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


@dataclass(frozen=True)
class WithdrawalFacts:
    """What the rules ask of the withdrawal of a published decision when an act is to be done."""

    published: bool
    reasons_public: bool


_PUBLISHED = Rule(
    "NOT_PUBLISHED", "APL-2021:48(2)", "Only what was published is withdrawn.",
    "已公开的处罚决定方需撤回。", lambda f: f.published,
)  # fmt: skip
_REASONS = Rule(
    "REASONS_NOT_PUBLIC", "APL-2021:48(2)", "The reasons of the withdrawal are made public.",
    "撤回应当公开说明理由。", lambda f: f.reasons_public,
)  # fmt: skip

# fmt: off
WITHDRAWAL = table(
    "withdrawal",
    ("CORRECT_OWN_DECISION", "", "DUE", "APL-2021:75(2)", (_PUBLISHED,),
     "AGENCY_HEAD", ("主动改正处罚决定", "Correct the own decision"), "decision.changed"),
    ("NOTE_REMEDY", "", "DUE", "APL-2021:48(2)", (_PUBLISHED,),
     "SYSTEM", ("决定被变更、撤销、确认违法或者无效", "Note that the decision fell")),
    ("WITHDRAW", "DUE", "WITHDRAWN", "APL-2021:48(2)", (_REASONS,),
     "CLERK", ("撤回并公开说明理由", "Withdraw, with reasons"), "publication.withdrawn decision.withdrawn"),
    ("CORRECT_CREDIT", "WITHDRAWN", "CORRECTED", "APL-2021:48(2);CREDIT-2025", (),
     "CLERK", ("信用平台同步更正", "Correct the credit platform"), "credit.corrected"),
    titles=("撤回公开的处罚决定", "Withdrawal of a published decision"),
    ends="CORRECTED",
)
# fmt: on
