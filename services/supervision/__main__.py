"""`python -m services.supervision SETTINGS`: the supervision service of the city's node."""

from pathlib import Path

from yifa.supervision.v1 import supervision_service_pb2

from services.kit.node import run_one
from services.kit.service import Service
from services.supervision.clocks import KEEPING
from services.supervision.deadlines import keep_deadlines
from services.supervision.model import Row
from services.supervision.nouns import NOUNS
from services.supervision.reactions import REACTIONS, on_broken, prepare
from services.supervision.servicer import SupervisionService

SERVICE = Service(
    name="supervision",
    contract=supervision_service_pb2.DESCRIPTOR.services_by_name["SupervisionService"],
    servicer=SupervisionService(),
    row=Row,
    migrations=Path(__file__).parent / "migrations",
    reactions=REACTIONS,
    background=(keep_deadlines,),
    on_broken=on_broken,
    prepare=prepare,
    nouns=NOUNS,
    clocks=KEEPING,
)

if __name__ == "__main__":
    run_one(SERVICE)
