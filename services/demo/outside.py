"""Cases as a department handled them on paper or in a system of its own, reported afterwards, with the breaches that its story
wants.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import outside_pb2 as pb

from services.demo import cast, stages
from services.demo.acts import Flags, violation
from services.demo.folder import Folder, stamp
from services.demo.officehours import on
from services.given.case import verified
from services.law.calendar import SHANGHAI, china
from services.node.callers import Callers, ask, fresh

# Working days before the report on which each act was done. One that is missing was not done.
LAWFUL: Mapping[str, int] = MappingProxyType(
    {
        "clue": 26,
        "file": 24,
        "assign": 23,
        "end": 20,
        "submit": 19,
        "review": 17,
        "notice": 15,
        "decide": 8,
        "serve": 6,
        "publish": 4,
    }
)


# An act is done so long before it is found.
BEFORE = timedelta(days=3)


def timetable(folder: Folder, flags: Flags) -> dict[str, datetime]:
    """When each act was done."""
    days = dict(LAWFUL)
    if "early" in flags:
        days |= {"decide": 12, "serve": 11, "publish": 9}
    if (
        "suspended" in flags
    ):  # the officers are assigned while the certificate is suspended, whatever holidays lie between
        days |= {"clue": 21, "file": 20, "assign": 19, "end": 18, "submit": 17, "review": 16}
    missing = {"unnoticed": ("notice",), "unreviewed": ("submit", "review")}
    for act in (a for flag in flags for a in missing.get(flag, ())):
        del days[act]
    today = folder.at.astimezone(SHANGHAI).date()
    return {act: on(folder.rng, china().add_working(today, -n)) for act, n in days.items()}


def begun(reported: date) -> date:
    """The day before which nothing of a case lies that is reported on a day."""
    return china().add_working(reported, -LAWFUL["clue"]) - BEFORE


async def report(callers: Callers, folder: Folder, flags: Flags) -> None:
    """Report the case as the clerk, whole or stage by stage. Raises AioRpcError when it is refused."""
    node, told = folder.desk.node, on_paper(folder, flags)
    if "stages" in flags:
        folder.case = await stages.report(callers, folder, told, {act: time_of(told, act) for act in LAWFUL})
        return
    request = pb.ReportOutsideCaseRequest(request_id=fresh(), case=told)
    metadata = callers.as_(node, folder.desk.person("clerk"), "CLERK")
    method = callers.enforcement(node).ReportOutsideCase
    folder.case = (await ask(method, request, metadata)).case


def on_paper(folder: Folder, flags: Flags) -> cases.Case:
    """The case as its papers tell it."""
    desk, about, at = folder.desk, folder.choice.violation, timetable(folder, flags)
    case = cases.Case(
        node=desk.node,
        body_id=desk.body_id,
        procedure=cases.PROCEDURE_ORDINARY,
        source=cases.CASE_SOURCE_OUTSIDE,
        party=folder.party,
        violation=violation(folder),
        evidence_count=3,
        evidence_marks=verified(3),
        item_id=desk.item_id,
        report=f"示例：纸质案卷补录。经查，当事人{about.title}。",
    )
    case.violation.occur_time.CopyFrom(min(case.violation.occur_time, before(at["clue"]), key=seconds))
    case.proposal.CopyFrom(folder.proposal)
    case.officers.extend(officers(folder, flags))
    case.clue.source, case.clue.summary = (
        cases.CLUE_SOURCE_INSPECTION,
        f"示例：{about.clues[0]}（纸质案卷补录）",
    )
    case.decision.penalty.CopyFrom(case.proposal)
    case.decision.decider, case.filer = desk.person("head"), desk.person("deputy")
    case.decision.document_number = f"示例纸质罚决〔{folder.at.year}〕{folder.party.identity_number[-6:]}号"
    case.publish_address = "示例：行政执法信息公示平台"
    case.service.method, case.service.receipt = cases.SERVICE_METHOD_DIRECT, "示例：送达回证存卷"
    if folder.grave:
        case.decision.discussion = "示例：集体讨论记录存卷。"
        case.decision.discussion_members.extend([desk.person("head"), desk.person("deputy")])
    if "review" in at:
        case.review.reviewer = folder.officers[0] if "self-reviewed" in flags else desk.person("reviewer")
        case.review.passed, case.review.opinion = True, "示例：同意。"
    if "notice" in at:
        case.notice.penalty.CopyFrom(case.proposal)
        case.notice.facts, case.notice.reasons, case.notice.basis = about.title, about.law, about.basis
        case.notice.hearing_right_told = folder.grave
    for act, moment in at.items():
        time_of(case, act).CopyFrom(stamp(moment))
    return case


def time_of(case: cases.Case, act: str) -> Timestamp:
    """Where a case keeps the time of an act."""
    fields = {
        "clue": lambda: case.clue.receive_time,
        "file": lambda: case.file_time,
        "assign": lambda: case.assign_time,
        "end": lambda: case.inquiry_end_time,
        "submit": lambda: case.review.submit_time,
        "review": lambda: case.review.conclude_time,
        "notice": lambda: case.notice.serve_time,
        "decide": lambda: case.decision.decide_time,
        "serve": lambda: case.service.serve_time,
        "publish": lambda: case.publish_time,
    }
    return fields[act]()


def officers(folder: Folder, flags: Flags) -> list[cases.AssignedOfficer]:
    """Who handled it, with the certificates that the papers name."""
    desk = folder.desk
    numbers = {officer_id: n for n, officer_id in desk.officers.items()}
    named = [numbers[o] for o in folder.officers]
    if "alone" in flags:
        named = named[:1]
    if "uncertified" in flags:
        named[1] = cast.UNCERTIFIED
    if "suspended" in flags:
        named[1] = cast.SUSPENDED
    department = next(d for d in cast.DEPARTMENTS if d.node == desk.node)
    return [
        cases.AssignedOfficer(
            officer_id=desk.officers[n],
            name=cast.officer_name(department, n),
            certificate_number=desk.certificates.get(n, ""),
        )
        for n in named
    ]


def before(at: datetime) -> Timestamp:
    return stamp(at - BEFORE)


def seconds(at: Timestamp) -> int:
    return int(at.seconds)
