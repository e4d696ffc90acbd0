"""The words of the routes that are acts of a penalty case: who does each, and what a plain lawful request says."""

from collections.abc import Mapping
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.enforcement.v1 import publication_pb2 as publications
from yifa.enforcement.v1.evidence_mark_pb2 import RESPONSIBILITY_NONE
from yifa.supervision.v1 import dispute_pb2
from yifa.supervision.v1 import events_pb2 as supervision

from services.given.case import ANSWERS, NO_GAINS
from services.given.people import CLERK, FINANCE, HEAD, HOST, REVIEWER, UNIT, id_number
from services.law.procedures.penalty import PENALTY
from services.law.procedures.penalty.correction import value_of
from tests.enforcement.department import number_of
from tests.enforcement.duty import DEMOLITION, ordered
from tests.enforcement.handing_in import handed_in
from tests.enforcement.routes.walking import CASE, Walk, Word
from tests.enforcement.samples import DAY, NODE, START, Dossier, fine, serial, stamp, yuan
from tests.enforcement.test_archive import NEEDED, issue
from tests.enforcement.test_archive import archive as archived

BORN = {"child": 2013, "youth": 2010, "adult": 1980}
CITIZEN = parties.PARTY_KIND_CITIZEN
P = penalties
# What the inquiry proposes, by name.
PROPOSALS = {
    "": lambda: fine(30_000),
    "major": lambda: fine(150_000),
    "citizen": lambda: fine(20_000),
    "youth": lambda: fine(
        20_000, lenience=P.Lenience(degree=1, grounds=[1], reasons="已满十四周岁不满十八周岁")
    ),
    "warning": lambda: P.Penalty(
        kinds=[P.PENALTY_KIND_WARNING],
        correction_order="立即改正",
        benchmark_id="示例法:1-1",
        band_code="3",
        gains=NO_GAINS,
    ),
    "confiscation": lambda: fine(
        30_000, kinds=[P.PENALTY_KIND_FINE, P.PENALTY_KIND_CONFISCATION_OF_PROPERTY], confiscation=yuan(1)
    ),
    "duty": ordered,
    "demolition": lambda: ordered(DEMOLITION),
}
OPINION = {"kind": cases.EVIDENCE_KIND_EXPERT_OPINION, "responsibility": RESPONSIBILITY_NONE}
SITE = {"address": "行政执法信息公示平台"}
SECRET = publications.Redaction(passage="一号配方", ground=publications.WITHHOLD_GROUND_TRADE_SECRET)


async def clue(w: Walk, said: str) -> None:
    """Against an organisation nobody knows; `child`, `youth` or `adult`; `water` where review comes last; `elsewhere`."""
    more: dict[str, Any] = {"number": number_of(parties.PARTY_KIND_ORGANISATION)}
    if born := BORN.get(said):
        more = {"kind": CITIZEN, "number": id_number(next(serial), born)}
    if said == "water":
        more["body_id"] = await w.d.body(field="水务")
    w.here = await w.d.clue(**more)
    w.here.officers = [await w.d.officer(w.here.body_id) for _ in range(2)]


async def spot(w: Walk, said: str) -> None:
    body_id = await w.d.body()
    officers = [await w.d.officer(body_id) for _ in range(2)]
    more: dict[str, Any] = {}
    if said == "warning":
        more["penalty"] = fine(0, kinds=[P.PENALTY_KIND_WARNING], band_code="3")
    if said == "small":
        more["penalty"] = fine(100, band_code="5")
    made = await w.d.spot(body_id=body_id, officers=officers, **more)
    w.here = Dossier(made.case.case_id, body_id, officers)


def plain(act: str) -> Word:
    """An act as the given world does it; by somebody else where that is said."""
    named = PENALTY.named(act)

    async def do(w: Walk, said: str) -> None:
        await w.d.act(named.method, w.here, (said, named.roles[0]) if said else None)

    return Word(CASE, act, do)


def said_by(act: str, by: Any, **fields: Any) -> Word:
    """An act whose request says always the same."""

    async def do(w: Walk, _said: str) -> None:
        await w.d.do(PENALTY.named(act).method, by or w.here.who, case_id=w.here.case_id, **fields)

    return Word(CASE, act, do)


def ended(act: str, kind: int, **more: Any) -> Word:
    """A remedy ended so; each time by another paper."""

    async def do(w: Walk, _said: str) -> None:
        document = f"示府行复〔2026〕{next(serial)}号"
        told = {"kind": kind, "authority": "示例市人民政府", "document": document, **more}
        asked = {"case_id": w.here.case_id, "remedy": cases.REMEDY_RECONSIDERATION}
        await w.d.do("RecordOutcome", CLERK, **asked, **told)

    return Word(CASE, act, do)


async def evidence(w: Walk, said: str) -> None:
    kind = OPINION if said == "expert" else {}
    w.evidence_ids.append((await w.d.evidence(w.here, **kind)).evidence.evidence_id)


# What is asked for when no piece of a walk was recorded, or none is left: it is not there.
NO_PIECE = "E-none"


async def weigh(w: Walk, said: str) -> None:
    asked = {"evidence_id": (w.evidence_ids or [NO_PIECE])[-1], "relied": not said, "how": "与原件核对"}
    await w.d.do("VerifyEvidence", w.here.who, case_id=w.here.case_id, **asked)


async def exclude(w: Walk, _said: str) -> None:
    """The newest piece, on which nothing rests any more."""
    piece = w.evidence_ids.pop() if w.evidence_ids else NO_PIECE
    asked = {"evidence_id": piece, "ground": 1, "reason": "以欺骗手段取得"}
    await w.d.do("ExcludeEvidence", w.here.who, case_id=w.here.case_id, **asked)


async def report(w: Walk, said: str) -> None:
    await w.d.report(w.here, PROPOSALS[said]())


def outcome(w: Walk, ground: str) -> penalties.NoPenalty:
    return penalties.NoPenalty(
        ground=penalties.NoPenaltyGround.Value(f"NO_PENALTY_GROUND_{ground}"),
        reasons="事实和理由",
        education="当场教育，责令监护人加以管教",
        evidence_ids=w.evidence_ids,
        guardian="其父甲",
        guardian_told_time=stamp(w.d.now),
    )


async def propose(w: Walk, said: str) -> None:
    asked = {"case_id": w.here.case_id, "report": "调查终结报告", "no_penalty": outcome(w, said)}
    await w.d.do("SubmitReport", w.here.who, **asked)


async def call(w: Walk, _said: str) -> None:
    """Two weeks from now."""
    await w.d.act("NotifyHearing", w.here, hold_time=stamp(w.d.now + 14 * DAY))


async def let_go(w: Walk, said: str) -> None:
    more = {"no_penalty": outcome(w, said)} if said else {}
    await w.d.do("DecideNoPenalty", HEAD, case_id=w.here.case_id, hearing_answers=ANSWERS, **more)


async def notice(w: Walk, _said: str) -> None:
    await w.d.notice(w.here, facts="以一号配方生产，未按规定记录。")


async def serve(w: Walk, said: str) -> None:
    method = cases.ServiceMethod.Value(f"SERVICE_METHOD_{said or 'DIRECT'}")
    await w.d.serve(w.here, method=method)


async def publish(w: Walk, said: str) -> None:
    more = {"redactions": [SECRET]} if said == "redacted" else {}
    await w.d.do("PublishDecision", CLERK, case_id=w.here.case_id, **SITE, **more)


async def correct(w: Walk, said: str) -> None:
    """A secret is taken out; `law` where what was done is shown too exactly."""
    passage = "示例违法行为" if said == "law" else SECRET.passage
    secret = publications.Redaction(passage=passage, ground=SECRET.ground)
    asked = {"case_id": w.here.case_id, "reason": "误将商业秘密公开", "redactions": [secret]}
    await w.d.do("CorrectPublication", CLERK, **asked)


async def withhold(w: Walk, said: str) -> None:
    ground = publications.WithholdGround.Value(f"WITHHOLD_GROUND_{said}")
    asked = {"case_id": w.here.case_id, "ground": ground, "reason": "依法不予公开"}
    await w.d.do("WithholdPublication", HEAD, **asked)


async def withdraw(w: Walk, said: str) -> None:
    more = {"ground": publications.WithholdGround.Value(f"WITHHOLD_GROUND_{said}")} if said else {}
    asked = {"case_id": w.here.case_id, "explanation": "撤回说明", **SITE}
    await w.d.do("WithdrawPublication", CLERK, **asked, **more)


async def grant(w: Walk, said: str) -> None:
    """One part in 31 days, or as many as said, thirty days apart, of the whole fine."""
    case, parts = await w.case(), int(said or 1)
    due = case.decision.penalty.fine.fen - case.paid.fen
    asked = [
        cases.Instalment(amount={"fen": due // parts}, due_time=stamp(w.d.now + (31 + 30 * n) * DAY))
        for n in range(parts)
    ]
    await w.d.do("DecideDeferral", HEAD, case_id=case.case_id, approved=True, instalments=asked)


async def pay(w: Walk, said: str) -> None:
    """All that is left, or the yuan said."""
    case = await w.case()
    left = case.decision.penalty.fine.fen - case.paid.fen
    amount = {"fen": 100 * int(said) if said else left}
    bank = f"R-{case.case_id}-{case.version}"
    await w.d.do("RecordPayment", FINANCE, case_id=case.case_id, amount=amount, bank_reference=bank)


async def refund(w: Walk, said: str) -> None:
    """All that is to be given back, or the yuan said."""
    case = await w.case()
    amount = {"fen": 100 * int(said)} if said else case.owed.refund
    bank = f"B-{case.case_id}-{case.version}"
    await w.d.do("RecordRefund", FINANCE, case_id=case.case_id, amount=amount, bank_reference=bank)


async def recuse(w: Walk, said: str) -> None:
    who = {"": w.ids[-1:], "reviewer": [REVIEWER[0]], "head": [HEAD[0]]}[said][0]
    asked = {"asker": cases.RECUSAL_ASKER_PARTY, "cause": "系当事人近亲属", "officer_id": who}
    reply = await w.d.do("RequestRecusal", CLERK, case_id=w.here.case_id, of_head=said == "head", **asked)
    w.recusal_id = reply.recusal.recusal_id


async def answer(w: Walk, granted: bool, by: Any = HEAD, **more: Any) -> None:
    said = {
        "granted": granted,
        "reason": "经核实",
        "earlier_acts": cases.EARLIER_ACTS_STAND if granted else 0,
    }
    asked = {"case_id": w.here.case_id, "recusal_id": w.recusal_id, **said, **more}
    await w.d.do("DecideRecusal", by, **asked)


async def aside(w: Walk, said: str) -> None:
    """It is granted; that of the head by the heads together."""
    heads = (
        {"discussion": "集体讨论记录", "discussion_members": ["head-2", "head-3"]} if said == "head" else {}
    )
    await answer(w, True, ("head-2", "AGENCY_HEAD"), **heads)
    if not said:
        w.here.officers[-1:] = [await w.d.officer(w.here.body_id)]


async def stay(w: Walk, _said: str) -> None:
    await answer(w, False)


async def transfer(w: Walk, _said: str) -> None:
    body_id = await w.d.body(area="440703")
    asked = {"body_id": body_id, "cause": "违法行为发生地不在本机关管辖区域"}
    await w.d.do("TransferCase", HEAD, case_id=w.here.case_id, **asked)
    received = (await w.d.do("ListCases", HEAD, page_size=1)).cases[0]
    w.there = Dossier(received.case_id, body_id)
    w.there.officers = [await w.d.officer(body_id) for _ in range(2)]


async def rival(w: Walk) -> None:
    """Another body has filed the matter too."""
    w.there = await w.d.filed()


async def designate(w: Walk, said: str) -> None:
    """The city says that this case (`here`) or the other (`there`) handles the matter."""
    chosen = w.here if said == "here" else w.there
    told = dispute_pb2.Dispute(
        dispute_id=f"J-{next(serial)}", state=dispute_pb2.DISPUTE_STATE_DESIGNATED, case_id=w.there.case_id, node=NODE,
        other_case_id=w.here.case_id, other_node=NODE, designated_case_id=chosen.case_id, opinion="指定管辖意见",
        designate_time=stamp(w.d.now),
    )  # fmt: skip
    await w.d.hear(supervision.JurisdictionDesignated(dispute=told))


async def perform(w: Walk, _said: str) -> None:
    kind = penalties.PENALTY_KIND_CONFISCATION_OF_PROPERTY
    asked = {"kind": kind, "proof": "没收物品清单", "perform_time": stamp(max(w.d.now, START))}
    await w.d.do("RecordPerformance", CLERK, case_id=w.here.case_id, **asked)


async def close(w: Walk, said: str) -> None:
    """Where a recording may still be handed in, when the days for that are over."""
    if any(d.clock_id.startswith("AVR") and not d.HasField("stop_time") for d in (await w.case()).deadlines):
        w.d.now += 4 * DAY
    closing: dict[str, Any] = {"correction": "已按期改正"}
    if said:
        closing |= {"ground": cases.CloseGround.Value(f"CLOSE_GROUND_{said}"), "document": "行审1号"}
    await w.d.do("CloseCase", HEAD, case_id=w.here.case_id, report="结案报告", closing=closing)


async def archive(w: Walk, _said: str) -> None:
    """The whole volume, with its papers."""
    await issue(w.d, w.here, *NEEDED)
    await archived(w.d, w.here)


async def slip(w: Walk, _said: str) -> None:
    """In the summary of the clue, or in what the act is called where there was none."""
    case = await w.case()
    field = "clue.summary" if case.clue.summary else "violation.title"
    before = value_of(case, field)
    said = {
        "field": field,
        "before": before,
        "after": f"{before}，更正",
        "reason": "录入笔误",
        "proof": "现场笔录",
    }
    reply = await w.d.do("CorrectRecord", CLERK, case_id=w.here.case_id, **said)
    w.correction_id = reply.correction.correction_id


async def put_right(w: Walk, _said: str) -> None:
    said = {"approved": True, "opinion": "属于笔误，同意更正"}
    asked = {"case_id": w.here.case_id, "correction_id": w.correction_id}
    await w.d.do("DecideCorrection", HEAD, **asked, **said)


async def wrong(w: Walk, said: str) -> None:
    """The agency finds its decision wrong: it is to be annulled, halved, or made anew."""
    asked = {"kind": cases.OUTCOME_KIND_ANNULLED, "ground": cases.OWN_ERROR_GROUND_FACTS, "anew": said == "anew",
             "reason": "主要证据不足", "proof": "执法监督检查记录"}  # fmt: skip
    if said == "less":
        left = penalties.Penalty.FromString((await w.case()).decision.penalty.SerializeToString())
        left.fine.fen //= 2
        asked |= {"kind": cases.OUTCOME_KIND_CHANGED, "penalty": left}
    reply = await w.d.do("ProposeOwnCorrection", REVIEWER, case_id=w.here.case_id, **asked)
    w.correction_id = reply.own_correction.correction_id


async def announce(w: Walk, _said: str) -> None:
    """A paper of the case shows that the party cannot be found."""
    shown = w.d.folder / f"{w.here.case_id}.jpg"
    shown.write_bytes(b"\xff\xd8\xff" + w.here.case_id.encode())
    lost = await handed_in(w.d, w.here, shown, title="派出所查询证明")
    said = {"cause": "受送达人下落不明", "address": "公告栏", "whereabouts": lost.file_id}
    await w.d.do("AnnounceService", CLERK, case_id=w.here.case_id, **said)


def decided_itself(act: str) -> Word:
    async def do(w: Walk, _said: str) -> None:
        said = {"approved": act != "REFUSE_OWN_CORRECTION", "opinion": "经研究决定"}
        asked = {"case_id": w.here.case_id, "correction_id": w.correction_id}
        await w.d.do("DecideOwnCorrection", HEAD, **asked, **said)

    return Word(CASE, act, do)


WORDS: Mapping[str, Word] = {
    "clue": Word(CASE, "REGISTER_CLUE", clue),
    "spot": Word(CASE, "MAKE_SPOT_DECISION", spot),
    "file": plain("FILE_CASE"),
    "decline": plain("DECLINE_CLUE"),
    "assign": plain("ASSIGN_OFFICERS"),
    "evidence": Word(CASE, "RECORD_EVIDENCE", evidence),
    "weigh": Word(CASE, "VERIFY_EVIDENCE", weigh),
    "exclude": Word(CASE, "EXCLUDE_EVIDENCE", exclude),
    "report": Word(CASE, "SUBMIT_REPORT", report),
    "propose": Word(CASE, "PROPOSE_NO_PENALTY", propose),
    "submit": plain("SUBMIT_FOR_REVIEW"),
    "pass": plain("PASS_REVIEW"),
    "return": said_by("RETURN_REVIEW", REVIEWER, passed=False, opinion="证据不足，退回补充调查"),
    "notice": Word(CASE, "SERVE_PRIOR_NOTICE", notice),
    "statement": plain("RECORD_STATEMENT"),
    "waive": plain("WAIVE_DEFENCE"),
    "ask-hearing": plain("REQUEST_HEARING"),
    "panel": plain("APPOINT_HEARING_PANEL"),
    "call": Word(CASE, "NOTIFY_HEARING", call),
    "announce-hearing": plain("ANNOUNCE_HEARING"),
    "hearing": plain("HOLD_HEARING"),
    "miss-hearing": said_by("END_HEARING", HOST, end=cases.HEARING_END_ABSENT, record="当事人未到场"),
    "report-hearing": plain("REPORT_HEARING"),
    "recheck": said_by("RECHECK_DEFENCE", UNIT, opinion="不予采纳", adopted=False),
    "decide": plain("MAKE_DECISION"),
    "let-go": Word(CASE, "DECIDE_NO_PENALTY", let_go),
    "announce": Word(CASE, "ANNOUNCE_SERVICE", announce),
    "serve": Word(CASE, "SERVE_DECISION", serve),
    "publish": Word(CASE, "PUBLISH_DECISION", publish),
    "correct": Word(CASE, "CORRECT_PUBLICATION", correct),
    "withhold": Word(CASE, "WITHHOLD_PUBLICATION", withhold),
    "set-aside": ended("RECORD_UNDONE", cases.OUTCOME_KIND_ANNULLED),
    "uphold": ended("RECORD_UPHELD", cases.OUTCOME_KIND_UPHELD),
    "unlawful": ended("RECORD_SET_ASIDE", cases.OUTCOME_KIND_UNLAWFUL),
    "reopen": ended("REOPEN_CASE", cases.OUTCOME_KIND_ANNULLED, anew=True),
    "reopen-spot": ended("REOPEN_SPOT_DECISION", cases.OUTCOME_KIND_ANNULLED, anew=True),
    "wrong": Word(CASE, "PROPOSE_OWN_CORRECTION", wrong),
    "own-refuse": decided_itself("REFUSE_OWN_CORRECTION"),
    "own-change": decided_itself("CHANGE_OWN_DECISION"),
    "own-annul": decided_itself("ANNUL_OWN_DECISION"),
    "own-reopen": decided_itself("REOPEN_OWN_DECISION"),
    "own-reopen-spot": decided_itself("REOPEN_OWN_SPOT_DECISION"),
    "tell-credit": said_by("CORRECT_CREDIT", CLERK, receipt="信用平台回执1号"),
    "stand-still": said_by(
        "SUSPEND_INQUIRY", HEAD, ground=cases.SUSPENSION_GROUND_FORCE_MAJEURE, cause="台风"
    ),
    "go-on": said_by("RESUME_INQUIRY", HEAD, cause="台风已过"),
    "archive": Word(CASE, "ARCHIVE_CASE", archive),
    "slip": Word(CASE, "CORRECT_RECORD", slip),
    "put-right": Word(CASE, "DECIDE_CORRECTION", put_right),
    "withdraw": Word(CASE, "WITHDRAW_PUBLICATION", withdraw),
    "file-major": plain("FILE_MAJOR_PENALTY"),
    "report-spot": plain("REPORT_SPOT_DECISION"),
    "ask-deferral": said_by("REQUEST_DEFERRAL", CLERK, application="申请书", cause="停产，经济困难"),
    "grant": Word(CASE, "DECIDE_DEFERRAL", grant),
    "deny": said_by("DECIDE_DEFERRAL", HEAD, approved=False, reason="没有经济困难"),
    "pay-part": Word(CASE, "RECORD_PAYMENT", pay),
    "refund": Word(CASE, "REFUND_FINE", refund),
    "pay": Word(CASE, "COMPLETE_PAYMENT", pay),
    "perform": Word(CASE, "RECORD_PERFORMANCE", perform),
    "close": Word(CASE, "CLOSE_CASE", close),
    "terminate": plain("TERMINATE_CASE"),
    "recuse": Word(CASE, "REQUEST_RECUSAL", recuse),
    "aside": Word(CASE, "DECIDE_RECUSAL", aside),
    "stay": Word(CASE, "DECIDE_RECUSAL", stay),
    "transfer": Word(CASE, "TRANSFER_CASE", transfer),
    "acknowledge": plain("ACKNOWLEDGE_TRANSFER"),
    "dispute": said_by("DISPUTE_TRANSFER", HEAD, cause="本机关亦无管辖权"),
    "refer-dispute": said_by("REFER_DISPUTE", HEAD, cause="协商不成"),
    "take-back-clue": said_by("TAKE_BACK_CLUE", HEAD),
    "take-back": said_by("TAKE_BACK_CASE", HEAD),
}
