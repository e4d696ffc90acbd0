"""The supervision matters of the demonstration: one put right, one overdue and with the government, one from a warning."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from yifa.supervision.v1 import warning_pb2 as warnings

from services.demo.folder import Desk
from services.demo.officehours import later, on
from services.demo.oversight import NotWaiting
from services.given import supervisor
from services.given.people import OVERSIGHT
from services.given.say import Who, patient, saying
from services.law.calendar import SHANGHAI
from services.node.callers import Callers

FIRST: Who = ("first", "SUPERVISOR")
SECOND: Who = ("second", "SUPERVISOR")
"""Those of the office who supervise, whose numbers its roster gives."""
TEXT = {
    "facts": "示例：三件群众举报超过法定期限没有核查。",
    "basis": "示例：《中华人民共和国行政处罚法》第五十四条第二款。",
    "correction": "示例：立即核查，符合立案标准的依法立案，并告知举报人。",
    "term_days": 20,
    "report_asked": True,
    "objection_right_told": True,
}
FOUND = {
    "kinds": ["SUPERVISION_FINDING_DUTY_NOT_DONE", "SUPERVISION_FINDING_UNLAWFUL"],
    "codes": ["NOT_FILED"],
}
MEASURE = {"kind": "INQUIRY_MEASURE_KIND_RECORDS", "record": "示例：调阅案卷三件，核对举报登记。"}
CLUE = {
    "title": "示例：群众举报没有核查",
    "source": {"kind": "SUPERVISION_SOURCE_KIND_PERSON", "reason": "示例：日常监督中发现。"},
}
GENERAL = {"track": "SUPERVISION_TRACK_GENERAL", "opinion": "示例：属于监督范围，予以受理。"}
LETTER = {"kind": "SUPERVISION_DOCUMENT_KIND_LETTER", "findings": FOUND, "text": TEXT}
OPINION = {"kind": "SUPERVISION_DOCUMENT_KIND_OPINION", "findings": FOUND, "text": TEXT}
CERTIFIED = 75
"""How many days ago those who supervise got their certificates, before the first matter."""
NAMING = ("AcceptSupervision", "BeginSupervisionInquiry", "TakeInquiryMeasure")
"""The acts that name who supervises."""
Step = tuple[int, str, Who | None, dict[str, Any]]
"""How many days ago, the act, who does it (nobody: the head of the department), and what is said."""
INQUIRED: tuple[tuple[int, str, Who, dict[str, Any]], ...] = (
    (0, "RegisterSupervisionClue", OVERSIGHT, CLUE),
    (1, "AcceptSupervision", OVERSIGHT, GENERAL),
    (2, "NotifySupervision", OVERSIGHT, {"asks": "示例：说明情况，提交举报登记和案卷。"}),
    (3, "BeginSupervisionInquiry", FIRST, {}),
    (4, "TakeInquiryMeasure", FIRST, MEASURE),
)


def put_right(began: int) -> list[Step]:
    """An opinion that the department acts on in time."""
    return [
        *((began - after, rpc, who, fields) for after, rpc, who, fields in INQUIRED),
        (began - 6, "IssueSupervisionDocument", FIRST, OPINION),
        (began - 7, "ServeSupervisionDocument", OVERSIGHT, {"receipt": "示例：送达回证"}),
        (began - 16, "ReportCorrection", None, {"text": "示例：三件举报均已核查，其中一件已经立案。"}),
        (
            began - 19,
            "VerifyCorrection",
            SECOND,
            {"corrected": True, "reasons": "示例：经实地核查，已经纠正。"},
        ),
    ]


def overdue(began: int) -> list[Step]:
    """A letter that nobody answers: it goes up to the head, and to the government."""
    return [
        *((began - after, rpc, who, fields) for after, rpc, who, fields in INQUIRED),
        (began - 6, "IssueSupervisionDocument", FIRST, LETTER),
        (began - 7, "ServeSupervisionDocument", OVERSIGHT, {"receipt": "示例：送达回证"}),
        (began - 34, "ProposeSupervisionDecision", FIRST, {"reasons": "示例：逾期没有报送办理情况。"}),
    ]


def warned(began: int) -> list[Step]:
    """A warning that the department is asked to look into."""
    asked = {"track": "SUPERVISION_TRACK_WARNING", "opinion": "示例：请对预警事项自查并说明情况。"}
    return [
        (began, "RegisterSupervisionClue", OVERSIGHT, {"title": "示例：预警事项核查", "source": None}),
        (began - 1, "AcceptSupervision", FIRST, asked),
    ]


@dataclass
class Matter:
    """One matter about a department, as far as it has come."""

    desk: Desk
    office: "Office"
    order_id: str = ""


@dataclass
class Office:
    """Those of the city's office who supervise, once they are certified: FIRST and SECOND."""

    people: list[Who] = field(default_factory=list)

    async def certify(self, callers: Callers, at: datetime) -> None:
        """Enter them on the office's roster and issue their certificates, where it has none. Raises AioRpcError."""
        self.people = list(await supervisor.team(saying(callers), at))


def planned(
    callers: Callers, desks: Sequence[Desk], now: datetime, rng: Random
) -> list[tuple[datetime, str, Callable[[], Any]]]:
    """The acts of the matters, each with its time and name."""
    office, before = Office(), on(rng, (now.astimezone(SHANGHAI) - timedelta(days=CERTIFIED)).date())
    found: list[tuple[datetime, str, Callable[[], Any]]] = [
        (before, "certify supervisors", partial(office.certify, callers, before))
    ]
    for desk, steps in zip(
        (desks[0], desks[-1], desks[0]), (put_right(70), overdue(48), warned(9)), strict=True
    ):
        matter, last = Matter(desk, office), now - timedelta(days=steps[0][0] + 1)
        for ago, rpc, who, fields in steps:
            at = on(rng, (now.astimezone(SHANGHAI) - timedelta(days=ago)).date())
            last = at = at if at > last else later(rng, last, 1)
            found.append((at, rpc, partial(do, callers, matter, rpc, who, fields)))
    return found


async def do(callers: Callers, matter: Matter, rpc: str, who: Who | None, fields: dict[str, Any]) -> None:
    """One act of a matter. Raises AioRpcError, NotWaiting."""
    say, said = patient(saying(callers)), dict(fields)
    if who is None:
        head: Who = (matter.desk.person("head"), "AGENCY_HEAD")
        await say(matter.desk.node, "enforcement", rpc, head, order_id=matter.order_id, **said)
        return
    if rpc == "RegisterSupervisionClue":
        said |= {"node": matter.desk.node, "body_id": matter.desk.body_id}
        said["source"] = said["source"] or await open_warning(say, callers.city, matter.desk)
    else:
        said["order_id"] = matter.order_id
    if who in (FIRST, SECOND):
        people = matter.office.people
        if not people:
            raise NotWaiting("nobody of the office supervises")
        who = people[who is SECOND]
        if rpc in NAMING:
            said["supervisors"] = [person for person, _ in people]
    reply = await say(callers.city, "supervision", rpc, who, **said)
    matter.order_id = reply.supervision_order.order_id


async def open_warning(say: Any, city: str, desk: Desk) -> dict[str, str]:
    """The first open warning about a case of the department that no matter handles."""
    wanted = {"node": desk.node, "state": warnings.WARNING_STATE_OPEN, "page_size": 500}
    found = (await say(city, "supervision", "ListWarnings", OVERSIGHT, **wanted)).warnings
    for warning in reversed(found):
        if warning.case_id and not warning.order_id:
            return {"kind": "SUPERVISION_SOURCE_KIND_WARNING", "source_id": warning.warning_id}
    raise NotWaiting(f"no warning about {desk.node} is open")
