"""Run the registry service of one node: python -m services.registry NODE.toml"""

from pathlib import Path

from yifa.registry.v1 import registry_service_pb2

from services.kit.node import run_one
from services.kit.service import Service
from services.registry.body_clocks import KEEPING, fire_body_clocks
from services.registry.deadlines import keep_years
from services.registry.department_review import review_departments
from services.registry.keys import publish_key
from services.registry.model import Row
from services.registry.nouns import NOUNS
from services.registry.pulse import pulse
from services.registry.reactions import REACTIONS
from services.registry.reactions.heard import note
from services.registry.renewal_due import remind_of_renewals
from services.registry.servicer import RegistryService

SERVICE = Service(
    name="registry",
    contract=registry_service_pb2.DESCRIPTOR.services_by_name["RegistryService"],
    servicer=RegistryService(),
    row=Row,
    reactions=REACTIONS,
    background=(fire_body_clocks, keep_years, pulse, publish_key, remind_of_renewals, review_departments),
    prepare=note,
    nouns=NOUNS,
    clocks=KEEPING,
    migrations=Path(__file__).parent / "migrations",
)

if __name__ == "__main__":
    run_one(SERVICE)
