"""Run the notifications service of one node: python -m services.notifications NODE.toml"""

from pathlib import Path

from yifa.notifications.v1 import notifications_service_pb2

from services.kit.lifetime import run_one
from services.kit.methods import Methods
from services.kit.service import Service
from services.notifications.contact import acts as contact
from services.notifications.delivery import acts as delivery
from services.notifications.delivery import reads as deliveries
from services.notifications.delivery.sending import deliver
from services.notifications.liaison import reactions as liaison
from services.notifications.notification import acts as notification
from services.notifications.notification import reads as notifications
from services.notifications.notification.reactions import REACTIONS
from services.notifications.nouns import NOUNS
from services.notifications.row import Row

SERVICE = Service(
    name="notifications",
    contract=notifications_service_pb2.DESCRIPTOR.services_by_name["NotificationsService"],
    servicer=Methods("notifications.yifa", contact, notification, notifications, delivery, deliveries),
    row=Row,
    reactions={**REACTIONS, **liaison.REACTIONS},
    migrations=Path(__file__).parent / "migrations",
    background=(deliver,),
    nouns=NOUNS,
)

if __name__ == "__main__":
    run_one(SERVICE)
