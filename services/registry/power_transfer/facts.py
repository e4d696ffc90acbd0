"""What the law asks about a transfer of powers."""

from datetime import datetime

from yifa.registry.v1 import power_pb2
from yifa.registry.v1 import power_transfer_pb2 as pb
from yifa.registry.v1.body_pb2 import EnforcementBody

from services.kit.tx import Tx
from services.law.procedure import whole
from services.law.procedures import power_transfer as law
from services.law.rule import fact
from services.registry.body.model import Body, body_proto
from services.registry.lawful import Looked
from services.registry.power.model import PowerItem
from services.registry.power_list.model import held
from services.registry.request import moment_in


@whole
class PowerTransferFacts(Looked, law.PowerTransferFacts):
    """A transfer as the request has it, and the bodies and items that it names."""

    def __init__(self, tx: Tx, request: pb.TransferPowersRequest) -> None:
        super().__init__(tx)
        self._request = request
        self.rows: list[PowerItem] = [tx.get(PowerItem, item_id) for item_id in request.item_ids]

    def kind(self) -> int:
        return self._request.kind

    @fact
    def former(self) -> EnforcementBody:
        return body_proto(self.tx.get(Body, self._request.from_body_id))

    @fact
    def receiver(self) -> EnforcementBody:
        return body_proto(self.tx.get(Body, self._request.to_body_id))

    @fact
    def items(self) -> tuple[power_pb2.PowerItem, ...]:
        return tuple(power_pb2.PowerItem.FromString(row.record) for row in self.rows)

    def held(self) -> bool:
        return all(held(row, self.now) for row in self.rows)

    def effect_time(self) -> datetime:
        return moment_in(self._request, "effect_time", self.now)

    def sector(self) -> str:
        return self.tx.sector_of(self.former().field)
