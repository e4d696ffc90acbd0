"""RegistryService: one method per RPC, by noun."""

from services.registry.servicer.bodies import Bodies
from services.registry.servicer.body_changes import BodyChanges
from services.registry.servicer.bulk import Bulk
from services.registry.servicer.certificates import Certificates
from services.registry.servicer.export import Exports
from services.registry.servicer.officers import Officers
from services.registry.servicer.quotas import Quotas
from services.registry.servicer.trainings import Trainings


class RegistryService(Bodies, BodyChanges, Officers, Certificates, Bulk, Exports, Trainings, Quotas):
    domain = "registry.yifa"
