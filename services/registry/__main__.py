"""Run the registry service of one node: python -m services.registry NODE.toml"""

from pathlib import Path

from yifa.registry.v1 import registry_service_pb2

from services import registry
from services.kit.lifetime import run_one
from services.kit.methods import Methods, modules
from services.kit.reactions import reactions
from services.kit.service import Service
from services.registry.basis.ending import end_bases
from services.registry.deadline.firing import CLOCKS, fire_clocks
from services.registry.department_review.running import review_departments
from services.registry.heartbeat.beating import keep_beating
from services.registry.heartbeat.reactions import note
from services.registry.nouns import NOUNS
from services.registry.officer.roster import ROSTER
from services.registry.quota.keeping import keep_years
from services.registry.renewal.reminding import remind_of_renewals
from services.registry.row import Row
from services.registry.showing.publishing import publish_key

SERVICE = Service(
    name="registry",
    contract=registry_service_pb2.DESCRIPTOR.services_by_name["RegistryService"],
    servicer=Methods("registry.yifa", *modules(registry, "acts", "reads", "lists")),
    row=Row,
    reactions=reactions(*(m.REACTIONS for m in modules(registry, "reactions"))),
    background=(
        fire_clocks,
        end_bases,
        keep_years,
        keep_beating,
        publish_key,
        remind_of_renewals,
        review_departments,
    ),
    prepare=note,
    witness="department",
    nouns=NOUNS,
    roster=ROSTER,
    clocks=CLOCKS,
    migrations=Path(__file__).parent / "migrations",
)

if __name__ == "__main__":
    run_one(SERVICE)
