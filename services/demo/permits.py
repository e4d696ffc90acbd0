"""The permits of the demonstration: one granted in time, whose holder is checked since and has it changed; one after what was
missing came, which is recalled and made good; one overdue; one whose promise was broken and compensated; each with its papers.
Who applies here does not exist.
"""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.enforcement.v1 import permit_held_pb2 as held
from yifa.enforcement.v1.permit_pb2 import Permit
from yifa.law.v1.law_pb2 import Money

from services.demo.folder import Desk
from services.demo.officehours import on
from services.given import permit as given
from services.given.people import TEST_AREA, credit_code
from services.given.people import officer as handling
from services.given.say import Who, patient, saying
from services.law.calendar import SHANGHAI
from services.law.paper_form import is_due
from services.law.paper_permit import PERMIT_PAPERS
from services.node.callers import Callers

GUIDE_AGO = 84
VALID = timedelta(days=365 * 3)
# Far from the numbers of the parties of cases.
NUMBERS = 60_000_000
ADDRESS = "示例市政务服务网许可公示专栏"
ANSWERED_IN = timedelta(days=7)
REMEDIES = {"authority": "示例市人民政府", "court": "示例市人民法院"}
CHARGE = given.fee(2_000, "示例：《示例排污管理条例》第十二条")
AGREED = Money(fen=6_000_000)
CHECK: dict[str, Any] = {
    "manner": held.PERMIT_CHECK_MANNER_PAPERS,
    "situation": "示例：核查自行监测报告，缺少一个月的监测数据",
    "finding": held.PERMIT_FINDING_UNLAWFUL,
    "result": "示例：责令限期改正",
    "order": "示例：补充监测并报送数据",
}
TOLD: dict[str, Any] = {
    "kind": held.PERMIT_REVERSAL_KIND_RECALL,
    "ground": held.PERMIT_REVERSAL_GROUND_LAW_CHANGED,
    "basis": "示例：《示例市排污管理办法》修订，该类项目不再许可",
    "reasons": "示例：继续排放与修订后的规定不符",
    "document": "示例许告001",
}
MEETING: dict[str, Any] = {
    "kind": held.PERMIT_MEETING_KIND_NEGOTIATION,
    "minutes": "示例：经评估和协商，双方同意补偿六万元",
    "signed": True,
    "agreement": held.PERMIT_AGREEMENT_AGREED,
    "amount": AGREED,
}
LEFT: dict[str, Any] = {
    "ground": held.PERMIT_LEAVING_GROUND_REVERSED,
    "basis": "示例：许可已被依法撤回",
    "proof": "示例：撤回决定书",
}


@dataclass(frozen=True)
class Told:
    """An application: who applies, with which papers, and how many days ago each act was done."""

    name: str
    materials: tuple[str, ...]
    acts: tuple[tuple[str, int], ...]


STORIES = (
    Told(
        "示例印染许可有限公司",
        given.MATERIALS,
        (
            ("RECEIVE", 60), ("ACCEPT", 59), ("REVIEW", 56), ("GRANT", 55), ("ISSUE", 53), ("PUBLISH", 52),
            ("CHECK_HOLDER", 20), ("ASK_CHANGE", 15), ("CHANGE", 12),
        ),
    ),
    Told(
        "示例电镀许可有限公司",
        given.MATERIALS[:1],
        (
            ("RECEIVE", 47), ("TELL_SUPPLEMENT", 46), ("SUPPLEMENT", 43), ("ACCEPT", 42), ("REVIEW", 38), ("GRANT", 36),
            ("ISSUE", 35), ("PUBLISH", 33), ("TELL_REVERSAL", 24), ("HEAR_HOLDER", 20), ("RECALL", 16), ("CLAIM_INDEMNITY", 13),
            ("MEET_ON_INDEMNITY", 9), ("DECIDE_INDEMNITY", 6), ("PAY_INDEMNITY", 4), ("DEREGISTER", 2),
        ),
    ),
    Told("示例造纸许可有限公司", given.MATERIALS, (("RECEIVE", 45), ("ACCEPT", 44), ("REVIEW", 40))),
    Told(
        "示例涂料许可有限公司",
        given.MATERIALS,
        (
            ("RECEIVE", 38), ("ACCEPT", 37), ("REVIEW", 18), ("GRANT", 12), ("ISSUE", 11), ("COMPENSATE", 10),
            ("PUBLISH", 9),
        ),
    ),
)  # fmt: skip


@dataclass
class Counter:
    """The window of a department: its guide, and the applications as they came."""

    callers: Callers
    desk: Desk
    guide_id: str = ""
    came: dict[int, str] = field(default_factory=dict)

    def by(self, post: str, role: str) -> Who:
        return (self.desk.person(post), role)

    async def say(self, rpc: str, by: Who, **said: Any) -> Any:
        return await patient(saying(self.callers))(self.desk.node, "enforcement", rpc, by, **said)

    async def publish(self, step: str) -> None:
        """The guide of the item: drafted, argued for, published."""
        if step == "DRAFT":
            about = {
                "body_id": self.desk.body_id,
                "item_id": self.desk.permit_id,
                "terms": given.terms(fee=CHARGE),
            }
            made = await self.say("DraftPermitGuide", self.by("unit", "UNIT_HEAD"), **about)
            self.guide_id = made.permit_guide.guide_id
        elif step == "ARGUE":
            by = self.by("reviewer", "LEGAL_REVIEWER")
            await self.say("ArguePermitGuide", by, guide_id=self.guide_id, **given.argument())
        else:
            head = self.by("head", "AGENCY_HEAD")
            await self.say("PublishPermitGuide", head, guide_id=self.guide_id, address=ADDRESS)

    async def act(self, n: int, what: str, at: datetime) -> None:
        """One act of an application."""
        told, clerk = STORIES[n], self.by("clerk", "CLERK")
        if what == "RECEIVE":
            party = given.applicant(credit_code(NUMBERS + n, "91", TEST_AREA), told.name)
            party.address, party.legal_representative = "示例市示例区示例路8号", "示例乙"
            asked = {"guide_id": self.guide_id, "applicant": party, "window": given.WINDOW}
            came = await self.say("ReceivePermitApplication", clerk, materials=told.materials, **asked)
            self.came[n] = came.permit.permit_id
            await self.print(what, came.permit)
            return
        missing = [code for code in given.MATERIALS if code not in told.materials]
        since, until = Timestamp(), Timestamp()
        since.FromDatetime(at)
        until.FromDatetime(at + VALID)
        says: dict[str, tuple[str, Who, dict[str, Any]]] = {
            "TELL_SUPPLEMENT": ("TellPermitSupplement", clerk, {"missing": missing}),
            "SUPPLEMENT": ("SupplementPermitApplication", clerk, {"supplied": missing}),
            "ACCEPT": ("AcceptPermitApplication", clerk, {}),
            "REVIEW": (
                "ReviewPermitApplication",
                handling(self.desk.officers[1]),
                {"met": given.CONDITIONS, "opinion": "示例：逐项核对，条件全部符合。"},
            ),
            "GRANT": ("GrantPermit", self.by("head", "AGENCY_HEAD"), {}),
            "ISSUE": (
                "IssuePermit",
                clerk,
                {
                    "number": f"示例排许{n + 1:03d}",
                    "window": given.WINDOW,
                    "from_time": since,
                    "until_time": until,
                },
            ),
            "PUBLISH": ("PublishPermit", clerk, {"address": ADDRESS}),
            "COMPENSATE": (
                "CompensatePermitApplicant",
                clerk,
                {"compensation": "示例：书面致歉，免费邮寄证照"},
            ),
        }
        rpc, by, said = says[what] if what in says else self.held(what, at)
        await self.print(what, (await self.say(rpc, by, permit_id=self.came[n], **said)).permit)

    async def print(self, what: str, permit: Permit) -> None:
        """The papers that belong to an act; what is changed is printed on a new permit too."""
        for paper in PERMIT_PAPERS:
            wanted = paper.act == what or (what == "CHANGE" and paper.kind == "permit_certificate")
            if wanted and is_due(paper, permit):
                about = {"record_id": permit.permit_id, "kind": paper.kind}
                await self.say("IssuePaper", self.by("clerk", "CLERK"), **about)

    def held(self, what: str, at: datetime) -> tuple[str, Who, dict[str, Any]]:
        """One act of a permit that stands."""
        clerk, unit, head = (
            self.by("clerk", "CLERK"),
            self.by("unit", "UNIT_HEAD"),
            self.by("head", "AGENCY_HEAD"),
        )
        both, until = [self.desk.officers[n] for n in (1, 2)], Timestamp()
        until.FromDatetime(at + ANSWERED_IN)
        interest = {"interest": "示例：上位规定调整，为公共利益需要撤回；不影响公共供应", **REMEDIES}
        return {
            "CHECK_HOLDER": (
                "CheckPermitHolder",
                handling(self.desk.officers[1]),
                CHECK | {"checker_ids": both, "signer_ids": both, "correct_time": until},
            ),
            "ASK_CHANGE": (
                "AskPermitChange",
                clerk,
                {"content": "示例：企业名称由“示例印染”变更为“示例染整”"},
            ),
            "CHANGE": ("ChangePermit", head, {"opinion": "示例：变更后仍符合全部许可条件"}),
            "TELL_REVERSAL": ("TellPermitReversal", unit, TOLD | {"until_time": until}),
            "HEAR_HOLDER": ("HearPermitHolder", clerk, {"statement": "示例：无异议，请求依法补偿"}),
            "RECALL": ("RecallPermit", head, interest),
            "CLAIM_INDEMNITY": (
                "ClaimPermitIndemnity",
                clerk,
                {"loss": "示例：已购置的治理设备无法使用", "claimed": Money(fen=8_000_000)},
            ),
            "MEET_ON_INDEMNITY": ("MeetOnPermitIndemnity", unit, MEETING),
            "DECIDE_INDEMNITY": ("DecidePermitIndemnity", head, {"awarded": AGREED}),
            "PAY_INDEMNITY": ("PayPermitIndemnity", clerk, {"paid": AGREED, "voucher": "示例支付凭证018"}),
            "DEREGISTER": ("DeregisterPermit", unit, LEFT),
        }[what]


def planned(
    callers: Callers, desks: Sequence[Desk], now: datetime, rng: Random
) -> Iterator[tuple[datetime, str, Callable[[], Awaitable[None]]]]:
    """Every act with its time and what it is called."""
    today, counter = now.astimezone(SHANGHAI).date(), Counter(callers, desks[0])
    last = datetime.min.replace(tzinfo=SHANGHAI)

    def next_day(days_ago: int) -> datetime:
        nonlocal last
        last = max(on(rng, today - timedelta(days=days_ago)), last + timedelta(minutes=20))
        return last

    for n, step in enumerate(("DRAFT", "ARGUE", "PUBLISH")):
        yield next_day(GUIDE_AGO - n), f"办事指南 {step}", partial(counter.publish, step)
    for n, told in enumerate(STORIES):
        last = datetime.min.replace(tzinfo=SHANGHAI)
        for what, days_ago in told.acts:
            at = next_day(days_ago)
            yield at, f"许可 {what}", partial(counter.act, n, what, at)
