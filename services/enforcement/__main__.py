"""Run the enforcement service of one node: python -m services.enforcement NODE.toml"""

from pathlib import Path

from yifa.enforcement.v1 import enforcement_service_pb2

from services.enforcement import succession, transfers
from services.enforcement.deadlines import CLOCKS, fire_clocks
from services.enforcement.model import Row
from services.enforcement.reactions import REACTIONS
from services.enforcement.servicer import EnforcementService
from services.kit.node import run_one
from services.kit.service import Service

SERVICE = Service(
    name="enforcement",
    contract=enforcement_service_pb2.DESCRIPTOR.services_by_name["EnforcementService"],
    servicer=EnforcementService(),
    row=Row,
    reactions={**REACTIONS, **succession.REACTIONS, **transfers.REACTIONS},
    migrations=Path(__file__).parent / "migrations",
    background=(fire_clocks,),
    clocks=CLOCKS,
)

if __name__ == "__main__":
    run_one(SERVICE)
