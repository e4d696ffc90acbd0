"""Suspected crimes of the demonstration: flagged, verified, sent to the police, and what the police say."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from yifa.enforcement.v1 import referral_pb2 as pb

from services.demo.folder import Folder, stamp
from services.given.say import Who

SAID = {
    "received": pb.POLICE_SAID_RECEIVED,
    "opened": pb.POLICE_SAID_OPENED,
    "refused": pb.POLICE_SAID_REFUSED,
}
PAPERS = [p for p in pb.ReferralPaper.values() if p]


def report(folder: Folder, _flags: frozenset[str]) -> dict[str, Any]:
    return {"officer_ids": list(folder.officers), "report": "示例：经专案组核实，涉案金额达到立案追诉标准。"}


def send(folder: Folder, _flags: frozenset[str]) -> dict[str, Any]:
    return {"police": "示例市公安局", "papers": PAPERS, "copy_time": stamp(folder.at)}


def answer(_folder: Folder, flags: frozenset[str]) -> dict[str, Any]:
    [said] = flags
    return {
        "said": SAID[said],
        "document": "示例公经通〔2026〕1号",
        "reason": "示例：情节显著轻微" if said == "refused" else "",
    }


def hand_over(folder: Folder, _flags: frozenset[str]) -> dict[str, Any]:
    return {"things": "示例：账册、电子数据各一份", "list_time": stamp(folder.at)}


# By the RPC: the post that does it, empty for the officer of the case.
POSTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "FlagCrime": ("", ""),
        "ReportCrime": ("", ""),
        "ApproveReferral": ("head", "AGENCY_HEAD"),
        "SendReferral": ("clerk", "CLERK"),
        "RecordPoliceAnswer": ("clerk", "CLERK"),
        "ResumeCase": ("head", "AGENCY_HEAD"),
        "HandOverToPolice": ("", ""),
    }
)


def who(folder: Folder, rpc: str) -> Who:
    post, role = POSTS[rpc]
    return (folder.desk.person(post), role) if post else folder.who


async def refer(work: Callable[..., Any], folder: Folder, rpc: str, said: Mapping[str, Any]) -> pb.Referral:
    """One act of a referral. Raises AioRpcError when it is refused."""
    key = {"case_id": folder.case_id} if rpc == "FlagCrime" else {"referral_id": folder.referral.referral_id}
    done: pb.Referral = (await work(rpc, who(folder, rpc), **key, **said)).referral
    return done
