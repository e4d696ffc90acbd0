"""EnforcementService: one method per RPC, by noun."""

from services.enforcement.servicer.benchmark import Benchmarks
from services.enforcement.servicer.clue import Clues
from services.enforcement.servicer.decision import Decisions
from services.enforcement.servicer.defence import Defences
from services.enforcement.servicer.inquiry import Inquiries
from services.enforcement.servicer.outside import OutsideCases
from services.enforcement.servicer.passing import Passing
from services.enforcement.servicer.performance import Performance
from services.enforcement.servicer.reads import Reads
from services.enforcement.servicer.recusal import Recusals
from services.enforcement.servicer.resting import Resting
from services.enforcement.servicer.review import Reviews
from services.enforcement.servicer.summary import Summary
from services.enforcement.servicer.terms import Terms
from services.enforcement.servicer.transfer import Transfers


class EnforcementService(
    Benchmarks,
    Clues,
    Inquiries,
    Reviews,
    Defences,
    Decisions,
    Passing,
    Performance,
    Summary,
    OutsideCases,
    Terms,
    Transfers,
    Reads,
    Resting,
    Recusals,
):
    domain = "enforcement.yifa"
