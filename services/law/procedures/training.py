"""Training: its way, who holds it, when it counts, and how much of it a year wants."""

# ruff: noqa: E501
from abc import abstractmethod
from dataclasses import dataclass
from datetime import date, datetime

from yifa.registry.v1.body_pb2 import BODY_STATE_WITHDRAWN, EnforcementBody
from yifa.registry.v1.training_pb2 import TRAINING_KIND_CITY, TRAINING_KIND_HEADS, Training

from services.law.citation import INTERNAL
from services.law.clock import catalogue
from services.law.fine_target import LAW as TARGETS
from services.law.fine_target import sets_target
from services.law.moment import moment_of
from services.law.parameters import Layers
from services.law.procedure import Procedure
from services.law.process import table
from services.law.rule import Facts, rule

DAYS = "OFF-02"
SESSIONS = "OFF-03"
REVIEWS = "OFF-07"
CITY_TRAINING = "OFF-13"
EXECUTIVE_STUDY = "OFF-14"
LECTURES = "OFF-15"
CITY_QUOTAS = (CITY_TRAINING, EXECUTIVE_STUDY, LECTURES)
"""The quotas that the city itself must meet."""


class OrganiserFacts(Facts):
    """What is asked of who holds a training, or adopts a plan for it."""

    @abstractmethod
    def at_city(self) -> bool:
        """Whether the act is done at the city."""

    @abstractmethod
    def node(self) -> str:
        """The node at which the act is done."""

    @abstractmethod
    def bodies(self) -> tuple[EnforcementBody, ...]:
        """The body whose training it is; empty for training of the city."""

    @abstractmethod
    def kind(self) -> int:
        """The kind of training."""


class HeldFacts(Facts):
    """What is asked of what was held: a training, or a study of law. `now` is the node's own time."""

    now: datetime

    @abstractmethod
    def begins(self) -> datetime:
        """When it begins."""


class CreditFacts(Facts):
    """What is asked of an officer whose attendance is put right."""

    @abstractmethod
    def at_city(self) -> bool:
        """Whether the act is done at the city."""

    @abstractmethod
    def on_roster(self) -> bool:
        """Whether the officer is on the roster of the node at which the act is done."""

    @abstractmethod
    def moved_since(self) -> bool:
        """Whether the officer has gone to another body since the training began."""


class TrainingFacts(OrganiserFacts, HeldFacts):
    """`training` as it stands before the act."""

    training: Training

    @abstractmethod
    def closing(self) -> datetime:
        """When the records of its year are closed."""

    @abstractmethod
    def corrected(self) -> bool:
        """Whether a correction says something else than what is on record."""

    @abstractmethod
    def not_heads(self) -> tuple[str, ...]:
        """Those on the list who headed no agency when it began, by the registry."""

    def begins(self) -> datetime:
        """When it begins."""
        return moment_of(self.training.start_time)


@rule(
    "SUBJECT_NOT_QUALIFIED",
    law="APL-2021:38(1)",
    zh="该执法主体已被撤销，不再组织培训。",
    en="The body was withdrawn. No training is planned or held for it.",
    tells=lambda f: {"body_id": f.bodies()[0].body_id},
)
def body_goes_on(f: OrganiserFacts) -> bool:
    """Training is planned and held for a body that was not withdrawn."""
    return all(body.state != BODY_STATE_WITHDRAWN for body in f.bodies())


@rule(
    "NOT_THE_ORGANISER",
    law="CBZ-2019-7:2",
    zh="市级培训由市政府组织，部门培训由所在部门组织；请在相应节点办理。",
    en="The city holds training of the city, a department that of its bodies. Do this at the node that holds it.",
)
def held_by_organiser(f: OrganiserFacts) -> bool:
    """Training of the city is held by the city, training of a body by its department."""
    if not f.bodies():
        return f.at_city()
    return all(body.node == f.node() for body in f.bodies()) and f.kind() != TRAINING_KIND_CITY


@rule(
    "TRAINING_NOT_BEGUN",
    law="CITY-ERS:3(9)",
    zh="培训或者学法活动尚未开始，不能登记参加人员和效果；请在开始后登记。",
    en="It has not begun, so nobody attended it. Record people and effect after it.",
    tells=lambda f: {"begins": f.begins().isoformat()},
)
def begun(f: HeldFacts) -> bool:
    """People and effect are put on record once the training or the study has begun."""
    return f.begins() <= f.now


@rule(
    "NOT_A_HEAD",
    law="DL-ERS-2005",
    zh="部门负责人和执法人员分别培训：部门负责人专门培训只登记培训当日任职的部门负责人。",
    en="Heads are trained apart from officers, and somebody on the list headed no agency on the day. Leave them out.",
    tells=lambda f: {"officers": ",".join(f.not_heads())},
)
def heads_alone(f: TrainingFacts) -> bool:
    """In a training of heads those alone are recorded who headed an agency when it began."""
    return f.kind() != TRAINING_KIND_HEADS or f.not_heads() == ()


@rule(
    "YEAR_CLOSED",
    law="CITY-ERS:3(9);MOT-CERT:30",
    zh="该年度的培训记录已经归结，到课情况和学时不得再更正。",
    en="The training records of that year are closed; attendance and hours are corrected no more.",
    tells=lambda f: {"closed": f.closing().isoformat()},
)
def year_open(f: TrainingFacts) -> bool:
    """Attendance and hours are corrected until the records of the year are closed."""
    return f.now < f.closing()


@rule(
    "NOT_THIS_ROSTER",
    law="INTERNAL",
    zh="该人员的学时已由其他部门登记，应当由其所在部门更正。",
    en="Another department keeps this officer's credit by now. That department corrects it.",
)
def credited_here(f: CreditFacts) -> bool:
    """Attendance is put right where the credit for it is kept; by the city for whoever has not moved since."""
    return not f.moved_since() if f.at_city() else f.on_roster()


@rule(
    "NOTHING_TO_CORRECT",
    law="CITY-ERS:3(9)",
    zh="更正内容与在册记录相同；请填写需要更正的内容。",
    en="The correction says what is on record already. Say what is to be otherwise.",
)
def something_corrected(f: TrainingFacts) -> bool:
    """A correction says something else than what is on record."""
    return f.corrected()


class PlanFacts(Facts):
    """What a plan of training says, as it is to be kept."""

    texts: tuple[str, ...]


@rule(
    "FINE_TARGET_FORBIDDEN",
    guard="G-51",
    law=TARGETS,
    zh="培训计划不得下达或者变相下达罚款、罚没收入或者案件数量指标。",
    en="The plan sets a target for fines, for what they bring in, or for how many cases there are. Take it out.",
)
def without_target(f: PlanFacts) -> bool:
    """Nobody is trained towards a target for fines or case numbers (APL 74(3))."""
    return not sets_target(*f.texts)


# fmt: off
TRAINING_TABLE = table(
    "training",
    ("SCHEDULE_TRAINING", "", "SCHEDULED", "CBZ-2019-7:2", (body_goes_on, held_by_organiser), "", ("安排培训", "Schedule")),
    ("RECORD_ATTENDANCE", "SCHEDULED HELD", "HELD", "CITY-ERS:3(9)", (begun, heads_alone), "", ("登记到课", "Take attendance")),
    ("CORRECT_ATTENDANCE", "HELD CLOSED", "=", "CITY-ERS:3(9)", (year_open, something_corrected, heads_alone), "", ("更正到课和学时", "Correct attendance")),
    ("CLOSE_TRAINING", "HELD", "CLOSED", "CITY-ERS:3(9)", (), "", ("登记效果", "Close")),
    ("CANCEL_TRAINING", "SCHEDULED", "CANCELLED", "CBZ-2019-7:2", (), "", ("取消培训", "Cancel")),
    titles=("培训", "Training"),
)
# fmt: on
TRAINING = Procedure("training", TrainingFacts, TRAINING_TABLE)
PLAN_TABLE = table(
    "training_plan",
    (
        "ADOPT_TRAINING_PLAN",
        "",
        "",
        "CBZ-2019-7:2",
        (body_goes_on, held_by_organiser),
        "",
        ("制定培训计划", "Adopt a plan"),
    ),
    titles=("培训计划", "Plan of training"),
)
STUDY_TABLE = table(
    "law_study",
    ("RECORD_LAW_STUDY", "", "", "CITY-ERS:3(9)", (begun,), "", ("登记学法活动", "Record a study of law")),
    titles=("领导干部学法", "Leaders' study of law"),
)
CREDIT_TABLE = table(
    "credit",
    (
        "CORRECT_ATTENDANCE",
        "",
        "",
        "CITY-ERS:3(9)",
        (credited_here,),
        "",
        ("更正到课和学时", "Correct attendance"),
    ),
    titles=("学时", "Credit for training"),
)
TRAINING_PLAN = Procedure("training_plan", OrganiserFacts, PLAN_TABLE)
LAW_STUDY = Procedure("law_study", HeldFacts, STUDY_TABLE)
CREDIT = Procedure("credit", CreditFacts, CREDIT_TABLE)


@dataclass(frozen=True)
class Needed:
    """How much a year wants, and the article that says so."""

    amount: int
    law: str


def needed(layers: Layers, clock_id: str, year: int) -> Needed:
    """What a quota asks in a year, as the layers set it: nothing until one whose rules bind here does."""
    last = date(year, 12, 31)
    clock = catalogue()[clock_id]
    if not clock.in_force(last):
        return Needed(0, clock.law)
    ordered = layers.clock(clock, last)
    if ordered is None:
        return Needed(0, INTERNAL)
    return Needed(ordered.term_on(last).amount, ordered.law)


def half_days_needed(layers: Layers, year: int) -> Needed:
    """The days of training that each officer needs, in half days."""
    days = needed(layers, DAYS, year)
    return Needed(days.amount * 2, days.law)
