"""The way of a transfer of an officer from one body to another."""

# ruff: noqa: E501
from abc import abstractmethod

from yifa.registry.v1.transfer_pb2 import Transfer

from services.law.procedure import Procedure
from services.law.procedures.officer import StaffFacts, body_confirmed, on_this_roster, still_serving
from services.law.process import table
from services.law.rule import rule


class TransferFacts(StaffFacts):
    """`transfer` as it stands before the act; the body is the one that the officer goes to."""

    transfer: Transfer

    @abstractmethod
    def open_transfers(self) -> tuple[str, ...]:
        """The officer's transfers that wait to be decided."""


@rule(
    "TRANSFER_OPEN",
    law="MOT-CERT:25",
    zh="该人员的调动申请尚未办结；请待其办结后再申请。",
    en="A transfer of this officer waits to be decided. Ask again once it is.",
    tells=lambda f: {"transfer_id": f.open_transfers()[0]},
)
def no_transfer_open(f: TransferFacts) -> bool:
    """One transfer of an officer at a time."""
    return not f.open_transfers()


@rule(
    "NOT_THIS_ROSTER",
    law="INTERNAL",
    zh="该人员已不在申请调出的主体名册中，该申请不能再批准。",
    en="The officer is no longer with the body that the transfer leaves. Refuse it.",
)
def still_there(f: TransferFacts) -> bool:
    """An officer is transferred from the body whose roster the officer stands on."""
    return f.officer().body_id == f.transfer.from_body_id


# fmt: off
TRANSFER_TABLE = table(
    "transfer",
    ("REQUEST_TRANSFER", "", "REQUESTED", "MOT-CERT:25", (on_this_roster, still_serving, no_transfer_open, body_confirmed), "", ("申请调动", "Request")),
    ("APPROVE_TRANSFER", "REQUESTED", "APPROVED", "MOT-CERT:25", (still_there, still_serving, body_confirmed), "", ("同意调动", "Approve"), "", "DecideTransfer"),
    ("REFUSE_TRANSFER", "REQUESTED", "REFUSED", "MOT-CERT:25", (), "", ("不同意调动", "Refuse"), "", "DecideTransfer"),
    titles=("执法人员调动", "Transfer of an officer"),
)
# fmt: on
TRANSFER = Procedure("transfer", TransferFacts, TRANSFER_TABLE)
