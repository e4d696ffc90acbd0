"""A penalty case: every act once, with who does it and what a plain lawful request says; and the way to each stage."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count, cycle
from types import MappingProxyType
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.enforcement.v1 import benchmark_pb2 as benchmarks
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import evidence_mark_pb2 as marks
from yifa.enforcement.v1 import evidence_pb2 as evidences
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.law.v1.law_pb2 import Money

from services.given.people import (
    CLERK,
    DEPUTY,
    FINANCE,
    HEAD,
    HOST,
    REVIEWER,
    UNIT,
    credit_code,
    id_number,
    officer,
)
from services.given.say import PATIENCE, Do, Who
from services.law.moment import put_moment

LAW = "《示例法》第一条"
ADDRESS = "示例市示例路1号"
"""Where a party lives or has its seat when nothing else is said."""


def paper_elsewhere(seal: str, address: str = ADDRESS) -> cases.DecisionPaper:
    """What the paper of a decision says that another system of the example city made."""
    return cases.DecisionPaper(
        address=address,
        bank="示例银行营业部",
        bank_address="示例市示例路1号",
        seal=seal,
        reconsideration="示例市人民政府",
        court="示例市",
        surcharge=True,
    )


FIRST_EVIDENCE = [
    cases.FirstEvidence(kind=cases.EVIDENCE_KIND_SITE_RECORD, title="核查记录", source="现场核查")
]
SIGNED = cases.HearingMinutes(
    officers_spoke=True, party_spoke=True, signed=True, points=["当事人认为情节轻微，请求从轻处罚。"]
)
ANSWERS = (cases.HearingAnswer(point=1, reason="在案证据表明情节并非轻微，不予采纳。"),)
"""What a decision says of the one point of those minutes."""
LISTENERS, MINUTES = ("listener-1", "listener-2"), "minutes-1"
WAIVER: Mapping[str, Any] = {
    "kind": cases.EVIDENCE_KIND_DOCUMENT,
    "title": "放弃陈述、申辩和听证声明书",
    "source": "当事人签名提交",
    "sha256": sha256("声明书".encode()).digest(),
    "location": "案卷第三十页",
}
"""The paper on which a party waives its rights, as evidence of the case."""
COMPARED = "与原件核对一致，经当事人确认"
MINUTES_TAKEN = evidences.SiteMinutes(
    place="当事人生产经营场所", findings="现场情况与笔录所载一致", told="当场通知负责人到场", present="负责人",
    officers_signed=True, signature="负责人",
)  # fmt: skip
"""What a plain site record says of itself."""
NO_GAINS = penalties.IllegalGains(finding=penalties.GAINS_FINDING_NONE)
_AGO = cycle(range(60, 360))
_PARTIES = count(1)
_FORMS = count(1)


def yuan(amount: float) -> Money:
    return Money(fen=round(amount * 100))


def violation(at: datetime | None = None, **more: Any) -> penalties.Violation:
    """An act that happened at a time, or on a day of its own within the last year."""
    made = penalties.Violation(**({"title": "示例违法行为"} | more))
    put_moment(made.occur_time, at or datetime.now(UTC) - timedelta(days=next(_AGO)))
    return made


def band(code: str, least: float, most: float) -> benchmarks.Band:
    """A band of fines between two amounts in yuan."""
    return benchmarks.Band(code=code, standard="处以罚款", min_fine=yuan(least), max_fine=yuan(most))


def fine(amount: float, **parts: Any) -> penalties.Penalty:
    """A fine in band 1 of the benchmark 示例法:1-1, with all that a penalty needs."""
    values: dict[str, Any] = {
        "kinds": [penalties.PENALTY_KIND_FINE],
        "fine": yuan(amount),
        "benchmark_id": "示例法:1-1",
        "band_code": "1",
        "correction_order": "立即改正",
    }
    made = penalties.Penalty(**(values | parts))
    if "gains" not in parts:
        confiscated = penalties.PENALTY_KIND_CONFISCATION_OF_GAINS in made.kinds
        made.gains.CopyFrom(gains(max(made.confiscation.fen, 1) / 100) if confiscated else NO_GAINS)
    return made


def verified(count: int) -> list[marks.EvidenceMark]:
    """So many pieces of evidence that were found true."""
    verdict = marks.EVIDENCE_VERDICT_VERIFIED
    return [marks.EvidenceMark(evidence_id=f"E-{n + 1}", verdict=verdict) for n in range(count)]


def gains(amount: float, back: float = 0, to: str = "") -> penalties.IllegalGains:
    """Illegal gains of an amount in yuan, of which some goes back to others."""
    return penalties.IllegalGains(
        finding=penalties.GAINS_FINDING_AMOUNT,
        amount=yuan(amount),
        reasons="销售收入减去购进价款",
        restitution=yuan(back) if back else None,
        restitution_to=to,
    )


@dataclass
class Dossier:
    """A case as those who handle it know it."""

    case_id: str
    body_id: str
    ids: Sequence[str] = ()
    proposal: penalties.Penalty = field(default_factory=lambda: fine(30_000))
    heads: tuple[str, str] = (HEAD[0], DEPUTY)
    reviewer: str = REVIEWER[0]

    @property
    def who(self) -> Who:
        """The officer who speaks for the case."""
        return officer(self.ids[0])


@dataclass(frozen=True)
class Act:
    """An act: who does it when nobody else is said to, and what its request says beside the case."""

    by: Who | None
    """None is the first of the handling officers."""
    says: Callable[[Any], Mapping[str, Any]] = lambda _: {}


PLAIN: Mapping[str, Act] = MappingProxyType(
    {
        "FileCase": Act(HEAD),
        "DeclineClue": Act(HEAD, lambda _: {"cause": "违法事实不成立"}),
        "TransferCase": Act(HEAD, lambda _: {"cause": "该违法行为属于受移送部门的职权范围。"}),
        "AcknowledgeTransfer": Act(CLERK),
        "AssignOfficers": Act(UNIT, lambda d: {"officer_ids": d.ids}),
        "RecordEvidence": Act(
            None,
            lambda d: {
                "kind": cases.EVIDENCE_KIND_SITE_RECORD,
                "title": "现场笔录",
                "source": "现场检查",
                "collector_ids": d.ids,
                "certificate_shown": True,
                "verified": COMPARED,
                "site_minutes": MINUTES_TAKEN,
            },
        ),
        "SubmitReport": Act(
            None,
            lambda d: {"report": "调查终结报告", "proposal": d.proposal, "party_address": ADDRESS},
        ),
        "SubmitForReview": Act(UNIT),
        "ConcludeReview": Act(REVIEWER, lambda _: {"passed": True, "opinion": "同意"}),
        "ServePriorNotice": Act(
            CLERK,
            lambda _: {"facts": "事实", "reasons": "理由", "basis": "依据", "hearing_right_told": True},
        ),
        "RecordStatement": Act(None, lambda _: {"statement": "请求从轻"}),
        "WaiveDefence": Act(None),
        "RequestHearing": Act(CLERK),
        "AppointHearingPanel": Act(
            HEAD, lambda _: {"host": HOST[0], "listeners": LISTENERS, "clerk": MINUTES}
        ),
        "NotifyHearing": Act(CLERK, lambda _: {"place": "本机关听证室", "receipt": "听证通知书送达回证"}),
        "AnnounceHearing": Act(CLERK, lambda _: {"address": "本机关公告栏、门户网站"}),
        "HoldHearing": Act(HOST, lambda _: {"record": "听证笔录，各方核对无误后签字。", "minutes": SIGNED}),
        "EndHearing": Act(HOST),
        "ReportHearing": Act(HOST, lambda _: {"report": "听证报告：事实清楚，建议维持拟处罚意见。"}),
        "RecheckDefence": Act(UNIT, lambda _: {"opinion": "当事人的意见不成立，不予采纳。"}),
        "MakeDecision": Act(
            HEAD,
            lambda d: {
                "discussion": "集体讨论记录",
                "discussion_members": heads_of(d),
                "hearing_answers": ANSWERS,
            },
        ),
        "ServeOwnCorrection": Act(
            CLERK, lambda _: {"method": cases.SERVICE_METHOD_DIRECT, "receipt": "送达回证2号"}
        ),
        "ServeDecision": Act(
            CLERK, lambda _: {"method": cases.SERVICE_METHOD_DIRECT, "receipt": "送达回证1号"}
        ),
        "PublishDecision": Act(CLERK, lambda _: {"address": "行政执法信息公示平台"}),
        "RecordPayment": Act(FINANCE),
        "FileMajorPenalty": Act(CLERK),
        "ReportSpotDecision": Act(None),
        "TerminateCase": Act(HEAD, lambda _: {"cause": "当事人注销且无权利义务承受人，终止调查。"}),
        "CloseCase": Act(
            HEAD,
            lambda _: {"report": "处罚决定已执行完毕，予以结案。", "closing": {"correction": "已按期改正"}},
        ),
    }
)
# The shortest lawful way from the clue: the state a case is in, and the acts that lead there from the one before.
WAY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "CLUE": (),
        "FILED": ("FileCase",),
        "INVESTIGATING": ("AssignOfficers",),
        "INVESTIGATED": ("RecordEvidence", "SubmitReport"),
        "REVIEWING": ("SubmitForReview",),
        "REVIEWED": ("ConcludeReview",),
        "NOTICED": ("ServePriorNotice",),
        "DECIDED": ("WaiveDefence", "MakeDecision"),
        "SERVED": ("ServeDecision",),
    }
)


async def register_clue(do: Do, body_id: str, by: Who = UNIT, **more: Any) -> cases.Case:
    """A clue of an inspection against an organisation, with first evidence."""
    fields = {
        "body_id": body_id,
        "source": cases.CLUE_SOURCE_INSPECTION,
        "summary": "巡查发现",
        "party": parties.Party(
            kind=parties.PARTY_KIND_ORGANISATION,
            name="示例当事人",
            identity_number=credit_code(next(_PARTIES), "91"),
            address=ADDRESS,
        ),
        "violation": violation(law=LAW),
        "evidence": FIRST_EVIDENCE,
    }
    case: cases.Case = (await do("RegisterClue", by, **(fields | more))).case
    return case


def heads_of(dossier: Any) -> tuple[str, str]:
    """The chief and a deputy of the body of a case."""
    found: tuple[str, str] = getattr(dossier, "heads", (HEAD[0], DEPUTY))
    return found


async def heads_known(do: Do, case_id: str, head: str, patience: float = PATIENCE) -> None:
    """Wait until the department's cases know of a head that the registry appointed. Raises TimeoutError."""
    async with asyncio.timeout(patience):
        while True:
            listed = (await do("ListOpenActs", (head, *HEAD[1:]), case_id=case_id)).acts
            if not any(o.reason == "HEAD_NOT_IN_OFFICE" for act in listed for o in act.obstacles):
                return
            await asyncio.sleep(0.01)


async def act(do: Do, rpc: str, dossier: Any, by: Who | None = None, **more: Any) -> Any:
    """One act in a case, plain where nothing else is said; its reply. A waiver comes with its paper as evidence."""
    plain = PLAIN[rpc]
    if rpc == "WaiveDefence" and "proof" not in more:
        more["proof"] = (await act(do, "RecordEvidence", dossier, **WAIVER)).evidence.evidence_id
    in_office = {HEAD: heads_of(dossier)[0], REVIEWER: getattr(dossier, "reviewer", REVIEWER[0])}
    who = (in_office.get(plain.by, plain.by[0]), *plain.by[1:]) if plain.by else dossier.who
    return await do(
        rpc,
        by or who,
        case_id=dossier.case_id,
        **{**plain.says(dossier), **more},
    )


async def noticed_hearing(do: Do, dossier: Any, hold_time: datetime) -> None:
    """A hearing that the party asked for, with a panel and a day of which party and public are told."""
    stamp = Timestamp()
    put_moment(stamp, hold_time)
    await act(do, "RequestHearing", dossier)
    await act(do, "AppointHearingPanel", dossier)
    await act(do, "NotifyHearing", dossier, hold_time=stamp)
    await act(do, "AnnounceHearing", dossier)


async def spot_decision(do: Do, body_id: str, ids: Sequence[str], by: Who | None = None, **more: Any) -> Any:
    """A decision on the spot by two officers (APL-2021 51, 52)."""
    fields = {
        "body_id": body_id,
        "party": parties.Party(
            kind=parties.PARTY_KIND_CITIZEN,
            name="示例当事人",
            identity_number=id_number(next(_PARTIES)),
            address=ADDRESS,
        ),
        "violation": violation(law=LAW),
        "officer_ids": list(ids),
        "certificate_shown": True,
        "rights_told": True,
        "statement_heard": True,
        "form_number": f"当场{next(_FORMS):04d}号",
        "party_signed": True,
        "reconsideration_authority": "示例市人民政府",
        "penalty": fine(200, band_code="5"),
    }
    return await do("MakeSpotDecision", by or officer(ids[0]), **(fields | more))


async def advance(do: Do, dossier: Any, since: str, until: str) -> None:
    """Take a case on from one state to a later one, by the shortest lawful way. Raises ValueError for no such way."""
    states = list(WAY)
    for state in states[states.index(since) + 1 : states.index(until) + 1]:
        for rpc in WAY[state]:
            await act(do, rpc, dossier)


async def case_up_to(
    do: Do,
    state: str,
    body_id: str,
    ids: Sequence[str],
    proposal: penalties.Penalty | None = None,
    heads: tuple[str, str] | None = None,
    **clue: Any,
) -> Dossier:
    """A case of a body and its officers as far as a state, by the shortest lawful way; by `heads` once the node knows them."""
    case = await register_clue(do, body_id, **clue)
    dossier = Dossier(case.case_id, body_id, ids)
    if heads is not None:
        dossier.heads = heads
        await heads_known(do, case.case_id, heads[0])
    if proposal is not None:
        dossier.proposal = proposal
    await advance(do, dossier, "CLUE", state)
    return dossier
