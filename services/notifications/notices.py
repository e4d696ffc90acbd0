"""Who is told of what, how urgently, and in what words: two tables."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from google.protobuf.message import Message
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.registry.v1 import events_pb2 as registry
from yifa.supervision.v1 import events_pb2 as supervision
from yifa.supervision.v1 import filing_pb2

from services.notifications.body_notices import BODY_TEXTS
from services.notifications.certificate_notices import CERTIFICATE_TEXTS
from services.notifications.recusal_notices import RECUSAL_TEXTS
from services.notifications.text import INFO, ORANGE, RED, YELLOW, About, Text, local
from services.notifications.training_notices import TRAINING_TEXTS
from services.notifications.transfer_notices import TRANSFER_TEXTS

CITY, DEPARTMENT = "city", "department"
ANY_LEVEL, GRAVE = frozenset({INFO, YELLOW, ORANGE, RED}), frozenset({ORANGE, RED})

PEOPLE = "people"
"""Stands for the persons that the event names: the handling officers, or the holder of a certificate."""
UNIT_HEAD, AGENCY_HEAD, OVERSIGHT = "role:UNIT_HEAD", "role:AGENCY_HEAD", "role:OVERSIGHT"


def deadline(level: int) -> Callable[[Any], About]:
    def about(event: Any) -> About:
        case, clock = event.case, event.deadline
        words = {
            "number": case.case_number or case.case_id,
            "clock_zh": clock.title_zh,
            "clock_en": clock.title_en,
            "law_zh": clock.citation.text_zh,
            "law_en": clock.citation.text_en,
            "due": local(clock.due_time),
        }
        return About(case.node, level, handlers(case), case.case_id, case.case_number, words)

    return about


def moved(event: Any) -> About:
    """A term that a year's arrangement of holidays moved."""
    found = deadline(INFO)(event)
    found.words.update(old=local(event.old_due_time), source=event.source, year=str(event.calendar_year))
    return found


def warning(event: supervision.WarningRaised) -> About:
    raised = event.warning
    words = {
        "number": raised.case_number or raised.case_id or raised.node,
        "title_zh": raised.title_zh,
        "title_en": raised.title_en,
        "detail_zh": raised.detail_zh,
        "detail_en": raised.detail_en,
        "law_zh": raised.citation.text_zh,
        "law_en": raised.citation.text_en,
    }
    # the levels of both enumerations are in the same order, one apart
    level = INFO + raised.level
    people = handlers(event.case)
    return About(raised.node, level, people, raised.case_id, raised.case_number, words)


def filing(event: Any) -> About:
    review = event.filing
    objected = review.state == filing_pb2.FILING_STATE_OBJECTED
    words = {
        "number": review.case_number or review.case_id,
        "decision": review.decision_number,
        "due": local(review.due_time),
        "result_zh": "提出异议" if objected else "通过",
        "result_en": "objected to" if objected else "accepted",
        "opinion": review.opinion,
    }
    level = ORANGE if objected else INFO
    return About(review.node, level, (), review.case_id, review.case_number, words)


def handlers(case: Any) -> tuple[str, ...]:
    """The handling officers; before any are named, whoever heads the unit."""
    return tuple(officer.officer_id for officer in case.officers) or (UNIT_HEAD,)


TEXTS: dict[type[Message], Text] = {
    enforcement.DeadlineApproached: Text(
        deadline(YELLOW),
        "期限临近：{clock_zh}（{number}）",
        "Deadline approaches: {clock_en} ({number})",
        "案件{number}的“{clock_zh}”期限将于{due}届满（{law_zh}）。",
        "The deadline “{clock_en}” of case {number} ends at {due} ({law_en}).",
    ),
    enforcement.DeadlinePassed: Text(
        deadline(ORANGE),
        "期限已过：{clock_zh}（{number}）",
        "Deadline passed: {clock_en} ({number})",
        "案件{number}的“{clock_zh}”期限已于{due}届满，尚未办理（{law_zh}）。",
        "The deadline “{clock_en}” of case {number} ended at {due} and the thing is undone ({law_en}).",
    ),
    enforcement.DeadlineMoved: Text(
        moved,
        "期限变动：{clock_zh}（{number}）",
        "Deadline moved: {clock_en} ({number})",
        "{year}年放假安排（{source}）公布，案件{number}的“{clock_zh}”期限由{old}调整为{due}（{law_zh}）。",
        "The holidays of {year} are proclaimed ({source}): “{clock_en}” of case {number} ends at {due}, not {old} ({law_en}).",
    ),
    supervision.DeadlineMoved: Text(
        moved,
        "期限变动：{clock_zh}（{number}）",
        "Deadline moved: {clock_en} ({number})",
        "{year}年放假安排（{source}）公布，案件{number}的“{clock_zh}”期限由{old}调整为{due}（{law_zh}）。",
        "The holidays of {year} are proclaimed ({source}): “{clock_en}” of case {number} ends at {due}, not {old} ({law_en}).",
    ),
    supervision.DeadlineReminded: Text(
        deadline(YELLOW),
        "监督机构提醒：{clock_zh}（{number}）",
        "Reminder by the oversight office: {clock_en} ({number})",
        "行政执法监督机构提醒：案件{number}的“{clock_zh}”期限将于{due}届满（{law_zh}）。",
        "The oversight office reminds you: “{clock_en}” of case {number} ends at {due} ({law_en}).",
    ),
    supervision.WarningRaised: Text(
        warning,
        "预警：{title_zh}（{number}）",
        "Warning: {title_en} ({number})",
        "{detail_zh}（{law_zh}）",
        "{detail_en} ({law_en})",
    ),
    supervision.FilingExpected: Text(
        filing,
        "重大行政处罚待备案：{decision}",
        "Major penalty to be filed: {decision}",
        "案件{number}的处罚决定{decision}属于重大行政处罚，应当于{due}前报市行政执法监督机构备案。",
        "Decision {decision} of case {number} is a major penalty; file it with the city by {due}.",
    ),
    supervision.FilingReceived: Text(
        filing,
        "收到重大行政处罚备案：{decision}",
        "Major penalty filed: {decision}",
        "案件{number}的处罚决定{decision}已报备案，应当于{due}前完成审查。",
        "Decision {decision} of case {number} was filed; review it by {due}.",
    ),
    supervision.FilingReviewed: Text(
        filing,
        "备案审查结果：{decision}{result_zh}",
        "Filing reviewed: {decision} {result_en}",
        "案件{number}的处罚决定{decision}备案审查结果为：{result_zh}。{opinion}",
        "Decision {decision} of case {number} was {result_en} in the filing review. {opinion}",
    ),
    **BODY_TEXTS,
    **CERTIFICATE_TEXTS,
    **TRAINING_TEXTS,
    **TRANSFER_TEXTS,
    **RECUSAL_TEXTS,
}

OF_DEPARTMENTS = {
    enforcement.OpenCasesNamed,
    enforcement.OfficerCasesLeft,
    *TRANSFER_TEXTS,
    *RECUSAL_TEXTS,
    registry.YearQuotaReminded,
    registry.YearQuotaMissed,
    registry.LossDeclarationDue,
    registry.LossDeclarationOverdue,
    enforcement.DeadlineApproached,
    enforcement.BasisUsesFound,
    enforcement.DeadlinePassed,
    enforcement.DeadlineMoved,
}
"""What a department announces of its own cases; all else comes from the city."""


@dataclass(frozen=True)
class Audience:
    """Who is told of one event at one place, if it is of one of the levels."""

    event: type[Message]
    place: str
    recipients: tuple[str, ...]
    levels: frozenset[int] = ANY_LEVEL


# fmt: off
AUDIENCES = (
    #        event                            place       who                     if
    Audience(enforcement.DeadlineApproached,  DEPARTMENT, (PEOPLE,)),
    Audience(enforcement.DeadlinePassed,      DEPARTMENT, (PEOPLE, AGENCY_HEAD)),
    Audience(enforcement.DeadlineMoved,       DEPARTMENT, (PEOPLE,)),
    Audience(supervision.DeadlineMoved,       CITY,       (OVERSIGHT,)),
    Audience(supervision.DeadlineReminded,    DEPARTMENT, (PEOPLE,)),
    Audience(supervision.WarningRaised,       DEPARTMENT, (PEOPLE,)),
    Audience(supervision.WarningRaised,       DEPARTMENT, (AGENCY_HEAD,),         GRAVE),
    Audience(supervision.WarningRaised,       CITY,       (OVERSIGHT,),           GRAVE),
    Audience(supervision.FilingExpected,      DEPARTMENT, (AGENCY_HEAD,)),
    Audience(supervision.FilingReceived,      CITY,       (OVERSIGHT,)),
    Audience(supervision.FilingReviewed,      DEPARTMENT, (AGENCY_HEAD,)),
    Audience(registry.BodyChangeNoted,        DEPARTMENT, (AGENCY_HEAD,)),
    Audience(registry.BodyChangeDue,          DEPARTMENT, (AGENCY_HEAD,)),
    Audience(registry.BodyChangeOverdue,      DEPARTMENT, (AGENCY_HEAD,)),
    Audience(registry.BodyChangeOverdue,      CITY,       (OVERSIGHT,),           GRAVE),
    Audience(registry.BodyChangePending,      CITY,       (OVERSIGHT,),           GRAVE),
    Audience(registry.BodyReissued,           DEPARTMENT, (AGENCY_HEAD,)),
    Audience(registry.BodyChangeRefused,      DEPARTMENT, (AGENCY_HEAD,)),
    Audience(registry.BodyWithdrawn,          DEPARTMENT, (AGENCY_HEAD, UNIT_HEAD)),
    Audience(registry.BodySucceeded,          DEPARTMENT, (AGENCY_HEAD, UNIT_HEAD)),
    Audience(enforcement.OpenCasesNamed,      DEPARTMENT, (AGENCY_HEAD, UNIT_HEAD)),
    Audience(enforcement.CaseTransferred,     DEPARTMENT, (AGENCY_HEAD, UNIT_HEAD)),
    Audience(enforcement.JurisdictionDisputed, DEPARTMENT, (AGENCY_HEAD,)),
    Audience(enforcement.JurisdictionReferred, CITY,      (OVERSIGHT,)),
    Audience(enforcement.CaseYielded,         DEPARTMENT, (PEOPLE, AGENCY_HEAD)),
    Audience(enforcement.JurisdictionSettled, DEPARTMENT, (PEOPLE, AGENCY_HEAD)),
    Audience(enforcement.RecusalRequested,    DEPARTMENT, (AGENCY_HEAD,)),
    Audience(enforcement.RecusalDecided,      DEPARTMENT, (PEOPLE, UNIT_HEAD)),
    Audience(registry.PowerItemsAffected,     DEPARTMENT, (AGENCY_HEAD, UNIT_HEAD)),
    Audience(enforcement.BasisUsesFound,      DEPARTMENT, (PEOPLE, AGENCY_HEAD)),
    Audience(registry.CertificateIssued,      DEPARTMENT, (PEOPLE,)),
    Audience(registry.MinistryCardRecorded,   DEPARTMENT, (PEOPLE,)),
    Audience(registry.MinistryCardEnded,      DEPARTMENT, (PEOPLE, UNIT_HEAD)),
    Audience(registry.DepartmentReviewEnded,  DEPARTMENT, (AGENCY_HEAD,)),
    Audience(registry.CertificateSuspended,   DEPARTMENT, (PEOPLE, UNIT_HEAD)),
    Audience(registry.CertificateRevoked,     DEPARTMENT, (PEOPLE, UNIT_HEAD)),
    Audience(registry.CertificateRestored,    DEPARTMENT, (PEOPLE,)),
    Audience(registry.CertificateCancelled,   DEPARTMENT, (PEOPLE, UNIT_HEAD)),
    Audience(registry.CertificateVoided,      DEPARTMENT, (PEOPLE, UNIT_HEAD, AGENCY_HEAD)),
    Audience(registry.CertificateLost,        DEPARTMENT, (PEOPLE,)),
    Audience(registry.LossDeclarationDue,     DEPARTMENT, (PEOPLE, UNIT_HEAD)),
    Audience(registry.LossDeclarationOverdue, DEPARTMENT, (PEOPLE, UNIT_HEAD)),
    Audience(registry.LossDeclarationOverdue, CITY,       (OVERSIGHT,),           GRAVE),
    Audience(registry.CertificateReissued,    DEPARTMENT, (PEOPLE,)),
    Audience(registry.CertificateRenewalDue,  DEPARTMENT, (PEOPLE, UNIT_HEAD)),
    Audience(registry.CertificateRenewed,     DEPARTMENT, (PEOPLE,)),
    Audience(registry.CertificateMoved,       DEPARTMENT, (PEOPLE, UNIT_HEAD)),
    Audience(registry.AppealConcluded,        DEPARTMENT, (PEOPLE, UNIT_HEAD)),
    Audience(enforcement.OfficerCasesLeft,    DEPARTMENT, (UNIT_HEAD, AGENCY_HEAD)),
    Audience(registry.PointsScored,           DEPARTMENT, (PEOPLE,)),
    Audience(registry.PointsThresholdReached, DEPARTMENT, (PEOPLE, UNIT_HEAD)),
    Audience(registry.PointsThresholdReached, DEPARTMENT, (AGENCY_HEAD,),         GRAVE),
    Audience(registry.PointsAppealDecided,    DEPARTMENT, (PEOPLE,)),
    Audience(registry.PointsAppealRefused,    DEPARTMENT, (PEOPLE,)),
    Audience(registry.YearQuotaReminded,      DEPARTMENT, (AGENCY_HEAD,)),
    Audience(registry.YearQuotaMissed,        DEPARTMENT, (AGENCY_HEAD,)),
    Audience(registry.YearQuotaMissed,        CITY,       (OVERSIGHT,),           GRAVE),
)
# fmt: on


def recipients(event: type[Message], about: About, node: str, city: str) -> tuple[str, ...]:
    """Who is told at a node, each once; nobody where it is neither the city nor the department concerned."""
    here = {CITY: node == city, DEPARTMENT: node == about.node}
    told: list[str] = []
    for audience in AUDIENCES:
        if audience.event is event and here[audience.place] and about.level in audience.levels:
            for recipient in audience.recipients:
                told += about.people if recipient == PEOPLE else (recipient,)
    return tuple(dict.fromkeys(told))
