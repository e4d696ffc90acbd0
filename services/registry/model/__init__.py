"""What the registry keeps and how it goes on the wire, by noun. Away from its home a record is a replica."""

from services.registry.model.base import Row, Serial
from services.registry.model.body import Body, body_proto
from services.registry.model.certificate import Certificate, Suspension, certificate_proto, validity
from services.registry.model.officer import (
    Officer,
    Qualification,
    officer_announced,
    officer_proto,
    qualification_proto,
)
from services.registry.model.training import (
    Attendance,
    LawStudy,
    OfficerYear,
    Training,
    TrainingPlan,
    YearQuota,
)

__all__ = [
    "Attendance",
    "Body",
    "Certificate",
    "LawStudy",
    "Officer",
    "OfficerYear",
    "Qualification",
    "Row",
    "Serial",
    "Suspension",
    "Training",
    "TrainingPlan",
    "YearQuota",
    "body_proto",
    "certificate_proto",
    "officer_announced",
    "officer_proto",
    "qualification_proto",
    "validity",
]
