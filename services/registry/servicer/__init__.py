"""RegistryService: one method per RPC, by noun."""

from services.registry.servicer.appeals import Appeals
from services.registry.servicer.attendance import AttendanceCorrections
from services.registry.servicer.bases import Bases
from services.registry.servicer.bodies import Bodies
from services.registry.servicer.body_changes import BodyChanges
from services.registry.servicer.bulk import Bulk
from services.registry.servicer.bulk_officers import BulkOfficers
from services.registry.servicer.bulk_posts import BulkPosts
from services.registry.servicer.bulk_training import BulkTraining
from services.registry.servicer.certificates import Certificates
from services.registry.servicer.department_reviews import DepartmentReviews
from services.registry.servicer.endings import Endings
from services.registry.servicer.exams import Exams
from services.registry.servicer.export import Exports
from services.registry.servicer.issuing import Issuing
from services.registry.servicer.leaders import Leaders
from services.registry.servicer.ministry_cards import MinistryCards
from services.registry.servicer.officer_trainings import OfficerTrainings
from services.registry.servicer.officers import Officers
from services.registry.servicer.points import Points
from services.registry.servicer.posts import Posts
from services.registry.servicer.power_lists import PowerLists
from services.registry.servicer.powers import Powers
from services.registry.servicer.quotas import Quotas
from services.registry.servicer.renewals import Renewals
from services.registry.servicer.report import Report
from services.registry.servicer.responsibility import Responsibility
from services.registry.servicer.reviews import Reviews
from services.registry.servicer.showing import Showing
from services.registry.servicer.standing import Standings
from services.registry.servicer.statistics import Statistics
from services.registry.servicer.training_reads import TrainingReads
from services.registry.servicer.trainings import Trainings
from services.registry.servicer.transfers import Transfers


class RegistryService(
    Bodies,
    BodyChanges,
    Bases,
    Powers,
    PowerLists,
    Posts,
    Responsibility,
    Officers,
    Certificates,
    Bulk,
    BulkOfficers,
    BulkPosts,
    BulkTraining,
    Exports,
    Showing,
    Trainings,
    AttendanceCorrections,
    OfficerTrainings,
    TrainingReads,
    Quotas,
    Exams,
    Leaders,
    Reviews,
    DepartmentReviews,
    Points,
    Statistics,
    Report,
    Appeals,
    Endings,
    Issuing,
    MinistryCards,
    Renewals,
    Standings,
    Transfers,
):
    domain = "registry.yifa"
