"""What the registry keeps and how it goes on the wire, by noun. Away from its home a record is a replica."""

from services.registry.model.annual_review import AnnualReview, DepartmentReview
from services.registry.model.base import Row, Serial
from services.registry.model.body import Body, BodyChange, body_proto
from services.registry.model.bulk import (
    OfficerTraining,
    session_proto,
    training_key,
    training_of,
    training_proto,
)
from services.registry.model.certificate import Certificate, Suspension, certificate_proto, held, validity
from services.registry.model.clock import Clock
from services.registry.model.exam import Exam, ExamEntry, LeaderTest
from services.registry.model.heard import Heard, knowledge
from services.registry.model.measure import Measure, measure_proto
from services.registry.model.officer import (
    Officer,
    Qualification,
    former_of,
    holder,
    officer_announced,
    officer_proto,
    qualification_proto,
    since,
)
from services.registry.model.points import PointsEntry, PointsStanding, PointsTable
from services.registry.model.post import Appointment, Post, Unit
from services.registry.model.power import ItemBasis, LegalBasis, ListedItem, PowerItem, PowerListVersion
from services.registry.model.showing import OfficerPhoto, ShowingKey
from services.registry.model.training import (
    Attendance,
    LawStudy,
    OfficerYear,
    Training,
    TrainingPlan,
    YearQuota,
)
from services.registry.model.transfer import Transfer, transfer_proto

__all__ = [
    "AnnualReview",
    "Appointment",
    "Attendance",
    "Body",
    "BodyChange",
    "Certificate",
    "Clock",
    "DepartmentReview",
    "Exam",
    "ExamEntry",
    "Heard",
    "ItemBasis",
    "LawStudy",
    "LeaderTest",
    "LegalBasis",
    "ListedItem",
    "Measure",
    "Officer",
    "OfficerPhoto",
    "OfficerTraining",
    "OfficerYear",
    "PointsEntry",
    "PointsStanding",
    "PointsTable",
    "Post",
    "PowerItem",
    "PowerListVersion",
    "Qualification",
    "Row",
    "Serial",
    "ShowingKey",
    "Suspension",
    "Training",
    "TrainingPlan",
    "Transfer",
    "Unit",
    "YearQuota",
    "body_proto",
    "certificate_proto",
    "former_of",
    "held",
    "holder",
    "knowledge",
    "measure_proto",
    "officer_announced",
    "officer_proto",
    "qualification_proto",
    "session_proto",
    "since",
    "training_key",
    "training_of",
    "training_proto",
    "transfer_proto",
    "validity",
]
