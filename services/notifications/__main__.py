"""Run the notifications service of one node: python -m services.notifications NODE.toml"""

from pathlib import Path

from yifa.notifications.v1 import notifications_service_pb2

from services.kit.node import run_one
from services.kit.service import Service
from services.notifications.deliver import deliver
from services.notifications.model import Row
from services.notifications.nouns import NOUNS
from services.notifications.reactions import REACTIONS
from services.notifications.servicer import NotificationsService

SERVICE = Service(
    name="notifications",
    contract=notifications_service_pb2.DESCRIPTOR.services_by_name["NotificationsService"],
    servicer=NotificationsService(),
    row=Row,
    reactions=REACTIONS,
    migrations=Path(__file__).parent / "migrations",
    background=(deliver,),
    nouns=NOUNS,
)

if __name__ == "__main__":
    run_one(SERVICE)
