"""The way of a certificate, the review of a measure against its holder, and what the law asks of each act."""

# ruff: noqa: E501
from abc import abstractmethod
from datetime import datetime, timedelta

from yifa.registry.v1.certificate_pb2 import (
    Certificate,
    Measure,
)
from yifa.registry.v1.measure_pb2 import Hearing

from services.law.moment import moment_of
from services.law.procedure import Procedure
from services.law.procedures.issuing import none_in_force
from services.law.procedures.officer import (
    StaffFacts,
    body_confirmed,
    permanent_staff,
    still_serving,
)
from services.law.procedures.shared import stands_apart, under
from services.law.process import table
from services.law.rule import Facts, rule


class CertificateFacts(StaffFacts):
    """`certificate` as it stands before the act, and the node's own time."""

    certificate: Certificate
    now: datetime

    @abstractmethod
    def hearing(self) -> Hearing:
        """How the holder was told and heard."""

    @abstractmethod
    def in_force(self) -> tuple[str, ...]:
        """The numbers of the holder's certificates of the same kind that have not ended."""

    @abstractmethod
    def replaced_by(self) -> str:
        """The number of the certificate that stands for this one since it was lost; empty for none."""

    @abstractmethod
    def exam_window(self) -> timedelta:
        """How long before a renewal an exam on record may lie; none where no exam on record is asked for."""

    @abstractmethod
    def exam_time(self) -> datetime:
        """When the holder last passed an exam for renewal; long ago if never."""

    @abstractmethod
    def score(self) -> int:
        """The score of the exam that is told of."""

    @abstractmethod
    def pass_mark(self) -> int:
        """From how many points on an exam is passed."""


class OwnFacts(Facts):
    """What is asked of a certificate before anything is done with it."""

    certificate: Certificate


class MeasureFacts(Facts):
    """`measure` as it stands before the act, and the node's own time."""

    measure: Measure
    now: datetime

    @abstractmethod
    def acting(self) -> frozenset[str]:
        """Who does the act."""

    def involved(self) -> frozenset[str]:
        """Who decided the measure."""
        return frozenset({self.measure.decider})


@rule(
    "NOT_ISSUED_HERE",
    law="ASR-2025:17(2)",
    zh="该证件由国务院部门颁发，本市只作备案认可，应当由发证机关处理。",
    en="A ministry issued this card and the city only recognises it. Turn to the ministry.",
)
def issued_here(f: OwnFacts) -> bool:
    """The city manages the certificates that it issued; a ministry's card is the ministry's own affair."""
    return not f.certificate.issuer


@rule(
    "EXAM_NOT_PASSED",
    law="HN-CERT",
    zh="期满换证应当经考试合格。",
    en="The exam before the renewal was not passed. Renew the certificate after a passed exam.",
    tells=lambda f: {"score": str(f.score()), "pass_mark": str(f.pass_mark())},
)
def renewal_exam_passed(f: CertificateFacts) -> bool:
    """A certificate is renewed after an exam."""
    return bool(f.exam_window()) or f.score() >= f.pass_mark()


@rule(
    "RENEWAL_EXAM_MISSING",
    law="HN-CERT",
    zh="没有规定期限内合格的换证考试成绩；请先参加换证考试。",
    en="No exam for renewal on record was passed lately enough. Let the officer sit one.",
)
def renewal_exam_on_record(f: CertificateFacts) -> bool:
    """Where an exam on record is asked for, one for renewal was passed lately enough."""
    return not f.exam_window() or f.now - f.exam_window() <= f.exam_time() <= f.now


@rule(
    "LOSS_NOT_DECLARED",
    law="MOT-CERT:24",
    zh="证件遗失的，应当先登载遗失声明，再申请补发。",
    en="The loss was not made public yet. Declare it first, then have the certificate issued anew.",
)
def loss_declared(f: CertificateFacts) -> bool:
    """A lost certificate is issued anew after its loss was made public."""
    return bool(f.certificate.HasField("declare_time"))


@rule(
    "OFFICER_NOT_HEARD",
    law="GBF-2005-37",
    zh="吊销证件前应当告知持证人员，并听取其陈述申辩（持证人员放弃的除外）；请补充告知和听取的时间、内容。",
    en="The holder was not told first and then heard, nor waived it. Tell the holder, hear the statement, and record both.",
)
def holder_heard(f: CertificateFacts) -> bool:
    """Before a revocation the holder is told, and then heard unless the holder waives it."""
    hearing = f.hearing()
    if not hearing.HasField("notice_time") or not hearing.HasField("hear_time"):
        return False
    told, spoke = moment_of(hearing.notice_time), moment_of(hearing.hear_time)
    said: bool = hearing.waived or bool(hearing.statement.strip())
    return told <= spoke <= f.now and said


@rule(
    "CARD_ALREADY_RETURNED",
    law="MOT-CERT:25",
    zh="该证件已经交回。",
    en="The card was handed back already.",
)
def card_out(f: CertificateFacts) -> bool:
    """A card is handed back once."""
    return not f.certificate.HasField("return_time")


@rule(
    "ACT_NOT_OPEN",
    law="MOT-CERT:32",
    zh="该证件没有正在执行或者将要开始的暂扣。",
    en="No suspension of this certificate runs or is still to begin, so there is none to end.",
)
def suspension_open(f: CertificateFacts) -> bool:
    """There must be a suspension that runs or is still to begin."""
    return any(not s.HasField("until_time") for s in f.certificate.suspensions)


@rule(
    "CERTIFICATE_SUSPENDED",
    law="MOT-CERT:31",
    zh="该证件处于暂扣期间或者将要暂扣，不得以补发代替返还；请待暂扣解除后再申请补发。",
    en="The certificate is suspended, or is going to be. A new one does not stand in for its return: wait until the suspension "
    "has ended.",
)
def suspension_over(f: CertificateFacts) -> bool:
    """A certificate in the place of a lost one lifts no suspension."""
    return all(
        s.HasField("until_time") and moment_of(s.until_time) <= f.now for s in f.certificate.suspensions
    )


@rule(
    "CERTIFICATE_REPLACED",
    law="MOT-CERT:24",
    zh="该遗失证件已经补发，由补发的证件代替；请对补发的证件办理。",
    en="Another certificate stands for this one since it was lost. Act on that one.",
    tells=lambda f: {"replaced_by": f.replaced_by()},
)
def not_replaced(f: CertificateFacts) -> bool:
    """A lost certificate is replaced once, and what becomes of it since becomes of the one that stands for it."""
    return not f.replaced_by()


@rule(
    "NOT_THIS_ROSTER",
    law="INTERNAL",
    zh="该证件的持证人员不在本部门名册中，应当由其所在部门办理。",
    en="The holder is on another department's roster. That department does this.",
)
def holder_here(f: CertificateFacts) -> bool:
    """The department of the holder tells of a lost card."""
    return f.certificate.node == f.node()


@rule(
    "APPEAL_LATE",
    law="MOT-CERT:35",
    zh="申请复核应当在收到决定之日起三十日内提出，现已逾期。",
    en="The thirty days to apply for a review of this decision are over.",
    tells=lambda f: {"due": moment_of(f.measure.remedy_due_time).isoformat()},
)
def appeal_in_time(f: MeasureFacts) -> bool:
    """A review is applied for within thirty days."""
    return f.now <= moment_of(f.measure.remedy_due_time)


_REVIEW = (under(stands_apart, "MOT-CERT:35;CITY-ERS:6(4)"),)
_HELD = "ACTIVE EXPIRING"
_ENDED = "EXPIRED REVOKED CANCELLED VOID"

# fmt: off
CERTIFICATE_TABLE = table(
    "certificate",
    ("SUSPEND_CERTIFICATE", _HELD, "SUSPENDED", "MOT-CERT:31", (), "", ("暂扣", "Suspend")),
    ("RESTORE_CERTIFICATE", "SUSPENDED", "ACTIVE", "MOT-CERT:32", (suspension_open,), "", ("返还", "Restore")),
    ("RESTORE_CERTIFICATE", _HELD, "=", "MOT-CERT:32", (suspension_open,), "", ("取消将要开始的暂扣", "Call off a suspension to come")),
    ("RENEW_CERTIFICATE", "EXPIRING", "ACTIVE", "HN-CERT", (renewal_exam_passed, renewal_exam_on_record, permanent_staff, body_confirmed, still_serving), "", ("期满换证", "Renew")),
    ("REPORT_LOSS", f"{_HELD} SUSPENDED", "LOST", "MOT-CERT:24", (), "", ("报告遗失", "Report the loss")),
    ("DECLARE_LOSS", "LOST", "LOST", "MOT-CERT:24", (), "", ("登载遗失声明", "Make the loss public")),
    ("REISSUE_CERTIFICATE", "LOST", "LOST", "MOT-CERT:24", (loss_declared, suspension_over, none_in_force, not_replaced, permanent_staff, body_confirmed, still_serving), "", ("补发", "Issue anew")),
    ("REVOKE_CERTIFICATE", f"{_HELD} SUSPENDED", "REVOKED", "ASR-2025:32", (holder_heard,), "", ("吊销", "Revoke")),
    ("CANCEL_CERTIFICATE", f"{_HELD} SUSPENDED LOST", "CANCELLED", "MOT-CERT:25", (not_replaced,), "", ("注销", "Cancel")),
    ("VOID_CERTIFICATE", f"{_HELD} SUSPENDED LOST EXPIRED REVOKED CANCELLED", "VOID", "ASR-2025:17(2)", (), "", ("确认无效", "Find void")),
    ("RECORD_CARD_RETURN", _ENDED, "=", "MOT-CERT:25", (card_out,), "", ("交回证件", "Return the card")),
    titles=("行政执法证件", "Certificate"),
)
MEASURE_TABLE = table(
    "measure",
    ("APPEAL_MEASURE", "NONE", "OPEN", "MOT-CERT:35", (appeal_in_time,), "", ("申请复核", "Apply for a review")),
    ("UPHOLD_MEASURE", "OPEN", "UPHELD", "MOT-CERT:35", _REVIEW, "", ("维持", "Uphold"), "", "ConcludeAppeal"),
    ("OVERTURN_MEASURE", "OPEN", "OVERTURNED", "MOT-CERT:35", _REVIEW, "", ("撤销", "Overturn"), "", "ConcludeAppeal"),
    titles=("证件处理的复核", "Review of a measure against a certificate"),
)
# fmt: on
# fmt: off
# What is asked besides the way of the certificate: the acts begin and end nowhere.
REPORTING_TABLE = table(
    "loss",
    ("REPORT_LOSS", "", "", "MOT-CERT:24", (holder_here,), "", ("报告遗失", "Report the loss")),
    ("DECLARE_LOSS", "", "", "MOT-CERT:24", (holder_here,), "", ("登载遗失声明", "Make the loss public")),
    titles=("遗失报告", "Report of a loss"),
)
# fmt: on
LOSS = Procedure("loss", CertificateFacts, REPORTING_TABLE)
CERTIFICATE = Procedure("certificate", CertificateFacts, CERTIFICATE_TABLE)
CERTIFICATE_MEASURE = Procedure("certificate_measure", MeasureFacts, MEASURE_TABLE)
