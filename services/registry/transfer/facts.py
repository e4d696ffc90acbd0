"""What the law asks about an officer who is to go to another body."""

from typing import Any

from sqlalchemy import select
from yifa.registry.v1 import transfer_pb2 as transfers

from services.kit.tx import Tx
from services.law.procedure import whole
from services.law.procedures import transfer as law
from services.law.rule import fact
from services.registry.officer.facts import Staff
from services.registry.transfer.model import Transfer


@whole
class TransferFacts(Staff, law.TransferFacts):
    """A transfer as it stands, or as it is asked for; the body is the one that the officer goes to."""

    def __init__(self, tx: Tx, officer: Any, body: Any, transfer: transfers.Transfer) -> None:
        super().__init__(tx, officer, body)
        self.transfer = transfer

    @fact
    def open_transfers(self) -> tuple[str, ...]:
        mine = select(Transfer).where(Transfer.officer_id == self.officer().officer_id)
        return tuple(t.transfer_id for t in self.tx.query(mine) if t.state == "REQUESTED")
