"""The acts of a case as requests: who does each, and what it says. One table for history and live cases."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import evidence_pb2
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.law.v1.law_pb2 import Money

from services.demo import after, beside, confirmation, duty, film, papers, referral
from services.demo.beside import always
from services.demo.folder import Folder, stamp
from services.demo.violations import occurred, yuan
from services.given import case as given
from services.given.say import Who, saying
from services.law.calendar import SHANGHAI, china
from services.law.moment import put_moment
from services.law.procedures.penalty.recorded import SPOKEN
from services.node.callers import Callers

Flags = frozenset[str]
PLAIN: Flags = frozenset()

_EVIDENCE = (
    (cases.EVIDENCE_KIND_SITE_RECORD, "现场检查（勘察）笔录", "现场制作，当事人签字确认"),
    (cases.EVIDENCE_KIND_AUDIO_VISUAL, "现场执法录像", "执法记录仪"),
    (cases.EVIDENCE_KIND_PARTY_STATEMENT, "当事人询问笔录", "依法询问当事人"),
    (cases.EVIDENCE_KIND_DOCUMENT, "营业执照及相关许可文件复印件", "当事人提供，注明与原件一致"),
    (cases.EVIDENCE_KIND_EXPERT_OPINION, "检测（鉴定）报告", "有资质机构出具"),
    (cases.EVIDENCE_KIND_TESTIMONY, "证人证言", "依法询问证人"),
)
_STATEMENTS = (
    "示例：当事人称已于检查次日完成整改，请求从轻处理。",
    "示例：当事人对违法事实无异议，但认为罚款数额偏高。",
    "示例：当事人提交整改照片和检测报告，请求减轻处罚。",
)
_OPINIONS = (
    "示例：事实清楚，证据确凿，适用法律正确，程序合法，裁量适当，同意。",
    "示例：主体适格，依据正确，处罚幅度在裁量档次之内，审核通过。",
)


Said = dict[str, Any]


@dataclass(frozen=True)
class Act:
    """One act: its RPC, and what its request says otherwise than the plain one."""

    rpc: str
    says: Callable[[Folder, Flags], Said] = lambda _folder, _flags: {}


BESIDE: Mapping[str, beside.Beside] = MappingProxyType({**beside.BESIDE, **after.AFTER, **duty.DUTY})
# Who holds the post in a department that acts in a role.
POSTS: Mapping[str, str] = MappingProxyType(
    {
        "UNIT_HEAD": "unit",
        "LEGAL_REVIEWER": "reviewer",
        "AGENCY_HEAD": "head",
        "CLERK": "clerk",
        "FINANCE": "finance",
    }
)


async def do(
    callers: Callers, folder: Folder, name: str, flags: Flags = PLAIN, *, patience: float = 20.0
) -> None:
    """Do one act of a case as the one whose office it is. Raises AioRpcError when it is refused."""
    act = ACTS[name]
    work = partial(saying(callers, patience), folder.desk.node, "enforcement")
    if act.rpc == "RecordPayment":
        folder.owed = (await work("GetOwed", by(folder, act, PLAIN), case_id=folder.case_id)).owed.total.fen
    said = act.says(folder, flags)
    if said.get("method") == cases.SERVICE_METHOD_ELECTRONIC:
        said |= {"consent": await confirmation.hand_in(callers, folder), "address": confirmation.ADDRESS}
    if act.rpc == "RegisterClue":
        folder.case = await given.register_clue(work, folder.desk.body_id, folder.who, **said)
    elif act.rpc == "MakeSpotDecision":
        reply = await given.spot_decision(work, folder.desk.body_id, folder.officers, **said)
        folder.case = reply.case
    elif act.rpc in BESIDE:
        await beside.do(saying(callers, patience), folder, BESIDE[act.rpc], act.rpc, flags)
    elif act.rpc == "BeginCourtEnforcement":
        folder.enforcement = await after.begin(work, folder)
    elif act.rpc == "UploadFile":
        await film.hand_in(callers, folder, flags)
    elif act.rpc in referral.POSTS:
        folder.referral = await referral.refer(work, folder, act.rpc, said)
    else:
        reply = await given.act(work, act.rpc, folder, by(folder, act, flags), **said)
        folder.case = reply.case
        if act.rpc == "RecordEvidence":
            folder.evidence.append(reply.evidence.evidence_id)
    assert folder.case is not None, "an act beside a case follows one in it"
    await papers.issue(work, folder, act.rpc)


def by(folder: Folder, act: Act, flags: Flags) -> Who:
    """Who does an act: the holder of the post whose it is, or an officer in that role where the story says so."""
    plain = given.PLAIN[act.rpc].by
    if plain is None:
        return folder.who
    role = plain[1]
    post = "host" if act.rpc in ("HoldHearing", "ReportHearing") else POSTS[role]
    return folder.officers[0] if "by-officer" in flags else folder.desk.person(post), role


def violation(folder: Folder) -> penalties.Violation:
    about = folder.choice.violation
    folder.acted = occurred(folder.rng, about, folder.at)
    return penalties.Violation(
        benchmark_id=about.id,
        title=about.title,
        law=about.law,
        occur_time=stamp(folder.acted),
        place=f"{folder.desk.place}{folder.rng.randint(1, 199)}号（示例）",
    )


def clue(folder: Folder, flags: Flags) -> Said:
    sources = list(cases.ClueSource.values())[1:]
    found = cases.FirstEvidence(
        kind=cases.EVIDENCE_KIND_SITE_RECORD, title="示例：线索核查记录", source="示例：现场核查"
    )
    received = folder.at - timedelta(minutes=folder.rng.randint(5, 40))
    return dict(
        source=folder.rng.choice(sources),
        summary=f"示例：{folder.rng.choice(folder.choice.violation.clues)}",
        party=folder.party,
        violation=violation(folder),
        receive_time=stamp(received),
        evidence=[found],
        item_id=folder.desk.item_id,
    )


def transfer(folder: Folder, flags: Flags) -> Said:
    assert folder.other is not None, f"{folder.story}: there is no other department"
    cause = "示例：该违法行为属于受移送部门的职权范围。"
    return {"body_id": folder.other.body_id, "cause": cause}


def assign(folder: Folder, flags: Flags) -> Said:
    officers = folder.officers
    if "uncertified" in flags:
        officers = (officers[0], folder.desk.officers[10])
    if "alone" in flags:
        officers = officers[:1]
    return {"officer_ids": officers}


def evidence(folder: Folder, flags: Flags) -> Said:
    count = folder.case.evidence_count if folder.case else 0
    kind, title, source = _EVIDENCE[count % len(_EVIDENCE)]
    return dict(
        kind=kind,
        title=title,
        source="" if "no-source" in flags else source,
        collector_ids=folder.officers,
        certificate_shown="not-shown" not in flags,
        rights_told=True,
        verified="示例：与原件、原物核对一致。",
        inquiry=questioned(folder, title) if kind in SPOKEN else None,
        site_minutes=seen(folder) if kind == cases.EVIDENCE_KIND_SITE_RECORD else None,
        origin=evidence_pb2.EVIDENCE_ORIGIN_OFFICERS if kind == cases.EVIDENCE_KIND_AUDIO_VISUAL else 0,
        sha256=sha256(f"{folder.case_id}/{count}".encode()).digest(),
        location=f"evidence://{folder.desk.node}/{folder.case_id}/{count + 1}",
    )


def seen(folder: Folder) -> evidence_pb2.SiteMinutes:
    """What was found at the place, signed by all."""
    return evidence_pb2.SiteMinutes(
        place=folder.case.violation.place if folder.case else "示例：现场",
        findings="示例：现场情况与照片、录像一致，当事人正在从事涉案活动。",
        told="示例：当场通知当事人到场",
        present=folder.party.name,
        officers_signed=True,
        signature=folder.party.name,
    )


def questioned(folder: Folder, title: str) -> evidence_pb2.Inquiry:
    """One person for half an hour, the party before the witness."""
    party = "当事人" in title
    person = folder.party.name if party else "示例：证人"
    said = evidence_pb2.Inquiry(person=person, alone=True, read_over=True, signature=person)
    ended = folder.at - timedelta(minutes=30 if party else 0)
    put_moment(said.begin_time, ended - timedelta(minutes=30))
    put_moment(said.end_time, ended)
    return said


def penalty(folder: Folder, flags: Flags) -> penalties.Penalty:
    """The penalty of the case's band; outside it, with approved reasons, when the story says so."""
    found = folder.proposal
    if "outside-band" in flags or "deviate" in flags:
        found.fine.fen = max(found.fine.fen * 6 // 10, 100) if "deviate" in flags else found.fine.fen * 40
    if "deviate" in flags:
        found.deviation_reason = "示例：首次违法且主动消除危害后果，经批准减轻处罚（行政处罚法第三十二条）。"
        found.deviation_approver = folder.desk.person("head")
    if "duty" in flags:
        found.duty.CopyFrom(duty.ORDERED)
    return found


def report(folder: Folder, flags: Flags) -> Said:
    about = folder.choice.violation
    said = f"示例：经查，当事人{folder.party.name}{about.title}，违反{about.law}，依据{about.basis}提出处罚建议。"
    if ground := next((GROUNDS[flag] for flag in flags if flag in GROUNDS), None):
        return {"report": said, "proposal": None, "no_penalty": let_off(folder, ground)}
    return {"report": said, "proposal": penalty(folder, flags)}


# Why no penalty is imposed, by the flag of a story: the ground, and what is said of it.
GROUNDS: Mapping[str, tuple[int, str]] = MappingProxyType(
    {
        "minor": (
            penalties.NO_PENALTY_GROUND_MINOR,
            "示例：违法行为轻微，当日改正，没有造成危害后果。",
        ),
        "no-fault": (
            penalties.NO_PENALTY_GROUND_NO_FAULT,
            "示例：当事人提交的证据足以证明其没有主观过错。",
        ),
    }
)


def let_off(folder: Folder, ground: tuple[int, str]) -> penalties.NoPenalty:
    said = penalties.NoPenalty(
        reasons=ground[1], evidence_ids=folder.evidence, education="示例：已当场教育。"
    )
    said.ground = ground[0]  # type: ignore[assignment]
    return said


def review(folder: Folder, flags: Flags) -> Said:
    returned = "return" in flags
    opinion = "示例：主要事实证据不足，退回补充调查。" if returned else folder.rng.choice(_OPINIONS)
    return {"passed": not returned, "opinion": opinion}


def notice(folder: Folder, flags: Flags) -> Said:
    about = folder.choice.violation
    return dict(
        facts=f"示例：{folder.party.name}{about.title}。",
        reasons=f"上述行为违反{about.law}。",
        basis=about.basis,
        hearing_right_told=folder.grave and "silent" not in flags,
    )


def statement(folder: Folder, flags: Flags) -> Said:
    return {"statement": folder.rng.choice(_STATEMENTS)}


# Working days from the notice to the hearing: one more than the law asks for.
HEARING_DAYS = 8


def panel(folder: Folder, flags: Flags) -> Said:
    desk = folder.desk
    return {
        "host": desk.person("host"),
        "listeners": [desk.person("listener"), desk.person("expert")],
        "clerk": desk.person("minutes"),
    }


def hearing_notice(folder: Folder, flags: Flags) -> Said:
    """In the morning of a day, some working days on; where one was set before, it is put off."""
    day = china().add_working(folder.at.astimezone(SHANGHAI).date(), HEARING_DAYS)
    said: Said = {"hold_time": stamp(datetime.combine(day, time(8), SHANGHAI))}
    if folder.case is not None and folder.case.hearing.HasField("hold_time"):
        said["adjourn_cause"] = "示例：当事人申请延期，理由正当。"
    return said


def recheck(folder: Folder, flags: Flags) -> Said:
    adopted = "adopt" in flags
    opinion = "示例：当事人的意见成立，予以采纳。" if adopted else "示例：当事人的意见不成立，不予采纳。"
    return {"opinion": opinion, "adopted": adopted}


def decide(folder: Folder, flags: Flags) -> Said:
    said: Said = {"discussion": "", "discussion_members": []}
    if "heavier" in flags:
        assert folder.case is not None
        said["penalty"] = penalties.Penalty()
        said["penalty"].CopyFrom(folder.case.notice.penalty)
        said["penalty"].fine.fen += 10_000
    if folder.grave and "undiscussed" not in flags:
        said["discussion"] = "示例：集体讨论记录，与会人员一致同意。"
        said["discussion_members"] = [folder.desk.person("head"), folder.desk.person("deputy")]
    return said


def serve(folder: Folder, flags: Flags) -> Said:
    direct = folder.rng.random() < 0.7
    method = cases.SERVICE_METHOD_DIRECT if direct else cases.SERVICE_METHOD_ELECTRONIC
    receipt = "示例：送达回证（当事人签收）" if direct else "示例：电子送达系统回执"
    return {"method": method, "receipt": receipt}


def pay(folder: Folder, flags: Flags) -> Said:
    assert folder.case is not None
    amount = folder.owed // 2 if "half" in flags else folder.owed
    serial = f"{folder.case_id[-12:]}-{len(folder.case.payments) + 1}"
    reference = "" if "cash" in flags else f"示例银行{serial}"
    return {"amount": Money(fen=amount), "bank_reference": reference}


def spot(folder: Folder, flags: Flags) -> Said:
    done, found = violation(folder), folder.proposal
    if "too-much" in flags:
        found.fine.CopyFrom(yuan(folder.choice.fine + 5_000))
    return dict(
        party=folder.party,
        violation=done,
        statement_heard="unheard" not in flags,
        form_number=folder.desk.form_number(folder.at),
        item_id=folder.desk.item_id,
        penalty=found,
    )


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "clue": Act("RegisterClue", clue),
        "decline": Act("DeclineClue", always(cause="示例：经核查，违法事实不成立，不予立案。")),
        "file": Act("FileCase"),
        "transfer": Act("TransferCase", transfer),
        "take-over": Act("AcknowledgeTransfer"),
        "assign": Act("AssignOfficers", assign),
        "evidence": Act("RecordEvidence", evidence),
        "report": Act("SubmitReport", report),
        "submit": Act("SubmitForReview"),
        "review": Act("ConcludeReview", review),
        "notice": Act("ServePriorNotice", notice),
        "statement": Act("RecordStatement", statement),
        "waive": Act("WaiveDefence"),
        "ask-hearing": Act("RequestHearing"),
        "panel": Act("AppointHearingPanel", panel),
        "tell-hearing": Act("NotifyHearing", hearing_notice),
        "announce-hearing": Act("AnnounceHearing", always(address="示例：本机关公告栏")),
        "hearing": Act("HoldHearing", always(record="示例：听证笔录，各方核对无误后签字。")),
        "hearing-report": Act(
            "ReportHearing",
            always(report="示例：听证报告。当事人的意见不足以改变事实认定，建议维持拟处罚意见。"),
        ),
        "recheck": Act("RecheckDefence", recheck),
        "decide": Act("MakeDecision", decide),
        "serve": Act("ServeDecision", serve),
        "publish": Act("PublishDecision", always(address="示例：行政执法信息公示平台")),
        "pay": Act("RecordPayment", pay),
        "file-major": Act("FileMajorPenalty"),
        "close": Act(
            "CloseCase",
            always(
                report="示例：处罚决定已执行完毕，予以结案。", closing={"correction": "示例：已按期改正。"}
            ),
        ),
        "terminate": Act("TerminateCase", always(cause="示例：当事人注销且无权利义务承受人，终止调查。")),
        "spot": Act("MakeSpotDecision", spot),
        "report-spot": Act("ReportSpotDecision"),
        "flag": Act(
            "FlagCrime",
            always(suspicion="示例：涉案金额较大，涉嫌犯罪。", standard="示例：立案追诉标准第一条"),
        ),
        "report-crime": Act("ReportCrime", referral.report),
        "approve-crime": Act("ApproveReferral"),
        "send-crime": Act("SendReferral", referral.send),
        "police": Act("RecordPoliceAnswer", referral.answer),
        "resume": Act("ResumeCase"),
        "hand-over": Act("HandOverToPolice", referral.hand_over),
        "ask-measure": Act("RequestMeasure"),
        "approve-measure": Act("ApproveMeasure"),
        "take": Act("ExecuteMeasure"),
        "publish-measure": Act("PublishMeasure"),
        "lift": Act("ReleaseMeasure"),
        "ask-deferral": Act("RequestDeferral"),
        "defer": Act("DecideDeferral"),
        "let-off": Act("DecideNoPenalty"),
        "ask-help": Act("AskAssistance"),
        "accept-help": Act("AcceptAssistance"),
        "answer-help": Act("AnswerAssistance"),
        "decline-help": Act("DeclineAssistance"),
        "object-help": Act("ObjectToDecline"),
        "film": Act("UploadFile"),
        "slip": Act("CorrectRecord"),
        "put-right": Act("DecideCorrection"),
        "suspend": Act("SuspendInquiry"),
        "go-on": Act("ResumeInquiry"),
        "reconsider": Act("RecordRemedy"),
        "stay": Act("RecordStay"),
        "reconsidered": Act("RecordOutcome"),
        "withdraw": Act("WithdrawPublication"),
        "find-wrong": Act("ProposeOwnCorrection"),
        "correct-own": Act("DecideOwnCorrection"),
        "tell-credit": Act("CorrectCredit"),
        "collect": Act("CollectFine"),
        "hand-in": Act("HandInFine"),
        "bank": Act("BankFine"),
        "archive": Act("ArchiveCase"),
        "remedies-over": Act("BeginCourtEnforcement"),
        "demand": Act("DemandPerformance"),
        "to-court": Act("ApplyToCourt"),
        "court": Act("RecordCourtAnswer"),
        "ask-repair": Act("ApplyForCreditRepair"),
        "get-repair": Act("ReceiveCreditRepair"),
        "accept-repair": Act("AcceptCreditRepair"),
        "repair": Act("GrantCreditRepair"),
        "tell-repair": Act("RecordCreditAnswer"),
        "late-duty": Act("BeginDutyEnforcement"),
        "urge": Act("DemandBeforeEnforcement"),
        "decide-substitute": Act("DecideEnforcement"),
        "serve-substitute": Act("ServeEnforcementDecision"),
        "set-day": Act("ScheduleSubstitute"),
        "tell-again": Act("DemandBeforeSubstitute"),
        "substitute": Act("StartSubstitute"),
        "complete": Act("CompleteEnforcement"),
        "claim-costs": Act("ClaimSubstituteCosts"),
        "pay-costs": Act("RecordSubstituteCosts"),
    }
)
