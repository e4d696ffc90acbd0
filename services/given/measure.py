"""Compulsory measures and referrals: each word is one act, plain and lawful where nothing else is said."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.enforcement.v1 import measure_pb2 as pb
from yifa.enforcement.v1 import referral_pb2 as referrals

from services.given.people import CLERK, HEAD, officer
from services.given.say import Do, Who
from services.law.moment import put_moment

DAYS = 30


def stamp(at: datetime) -> Timestamp:
    made = Timestamp()
    put_moment(made, at)
    return made


def thing(name: str = "生产设备", mark: str = "SN-001", **more: Any) -> pb.HeldThing:
    """A thing that is connected with the violation and no necessity of life."""
    values = {"quantity": 1, "related": True, "dispensable": True}
    return pb.HeldThing(name=name, mark=mark, **(values | more))


def decision(at: datetime, **more: Any) -> pb.HoldingDecision:
    """A decision that states all that the law wants (ACL 24(2), 31)."""
    values = {
        "party": "示例当事人",
        "address": "示例路1号",
        "reasons": "涉嫌违法，为防止证据损毁",
        "basis": "《示例法》第五条",
        "days": DAYS,
        "remedies": "六十日内申请行政复议，六个月内提起行政诉讼",
        "agency": "示例执法机关",
        "seal_time": stamp(at),
    }
    return pb.HoldingDecision(**(values | more))


def execution(at: datetime, ids: Sequence[str], **more: Any) -> pb.Execution:
    """Things taken at a moment, with all that the law wants done on the spot (ACL 18, 23, 24)."""
    now = stamp(at)
    values: dict[str, Any] = {
        "officer_ids": ids,
        "execute_time": now,
        "certificate_shown": True,
        "party_call_time": now,
        "party_present": True,
        "rights_tell_time": now,
        "hear_time": now,
        "record": pb.OnSiteRecord(write_time=now, party_signed=True),
        "things": [thing()],
        "other_organs_asked": True,
        "decision": decision(at),
        "decision_deliver_time": now,
        "list_deliver_time": now,
    }
    return pb.Execution(**(values | more))


def freezing(at: datetime, ids: Sequence[str], **more: Any) -> pb.Execution:
    """Money frozen at a moment (ACL 29, 30): the party is not told before."""
    now = stamp(at)
    values: dict[str, Any] = {
        "officer_ids": ids,
        "execute_time": now,
        "certificate_shown": True,
        "record": pb.OnSiteRecord(write_time=now, refusal_noted=True),
        "other_organs_asked": True,
        "violation": {"fen": 5_000_000},
        "frozen": {"fen": 5_000_000},
        "bank": "示例银行",
        "account": "622200001",
        "freeze_notice_time": now,
    }
    return pb.Execution(**(values | more))


async def ask(do: Do, case_id: str, item_id: str, by: Any, kind: int = pb.MEASURE_KIND_SEIZE) -> pb.Measure:
    """A measure is asked for."""
    fields = {"case_id": case_id, "item_id": item_id, "kind": kind, "reasons": "防止证据损毁"}
    asked: pb.Measure = (await do("RequestMeasure", by, **fields)).measure
    return asked


async def approve(do: Do, measure_id: str, head: Who = HEAD) -> pb.Measure:
    approved: pb.Measure = (await do("ApproveMeasure", head, measure_id=measure_id)).measure
    return approved


async def take(do: Do, measure_id: str, taken: pb.Execution) -> pb.Measure:
    """An approved measure is taken, by the first of its officers."""
    by = officer(taken.officer_ids[0])
    made: pb.Measure = (await do("ExecuteMeasure", by, measure_id=measure_id, execution=taken)).measure
    return made


async def seized(
    do: Do, case_id: str, item_id: str, taken: pb.Execution, kind: int = pb.MEASURE_KIND_SEIZE
) -> pb.Measure:
    """A measure asked for, approved and taken."""
    asked = await ask(do, case_id, item_id, officer(taken.officer_ids[0]), kind)
    await approve(do, asked.measure_id)
    return await take(do, asked.measure_id, taken)


async def release(do: Do, measure_id: str, ground: int, cause: str = "不再需要采取强制措施") -> pb.Measure:
    lifted: pb.Measure = (
        await do("ReleaseMeasure", HEAD, measure_id=measure_id, ground=ground, cause=cause)
    ).measure
    return lifted


PAPERS = (
    referrals.REFERRAL_PAPER_LETTER,
    referrals.REFERRAL_PAPER_REPORT,
    referrals.REFERRAL_PAPER_LIST_OF_THINGS,
)


async def flag(do: Do, case_id: str, by: Any) -> referrals.Referral:
    """A crime is suspected in a case (CRT 3)."""
    fields = {"case_id": case_id, "suspicion": "涉案金额达到立案追诉标准", "standard": "示例追诉标准第一条"}
    flagged: referrals.Referral = (await do("FlagCrime", by, **fields)).referral
    return flagged


async def refer(
    do: Do, case_id: str, ids: Sequence[str], at: datetime, head: Who = HEAD
) -> referrals.Referral:
    """A crime flagged, verified, approved and sent to the police with its papers (CRT 5, 6)."""
    by = officer(ids[0])
    flagged = await flag(do, case_id, by)
    fields = {"referral_id": flagged.referral_id}
    await do("ReportCrime", by, officer_ids=list(ids), report="专案组核实报告", **fields)
    await do("ApproveReferral", head, **fields)
    sent: referrals.Referral = (
        await do("SendReferral", CLERK, police="示例市公安局", papers=PAPERS, copy_time=stamp(at), **fields)
    ).referral
    return sent


async def police(do: Do, referral_id: str, said: int, **more: Any) -> referrals.Referral:
    """The police answer."""
    fields = {"referral_id": referral_id, "said": said, "document": "公函1号"}
    answered: referrals.Referral = (await do("RecordPoliceAnswer", CLERK, **(fields | more))).referral
    return answered
