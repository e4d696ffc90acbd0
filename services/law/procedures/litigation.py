"""An administrative suit against a decision."""

from dataclasses import dataclass

from services.law.process import Rule, table


@dataclass(frozen=True)
class LitigationFacts:
    """What the rules ask of a suit when an act is to be done."""

    in_time: bool
    reconsideration_first: bool  # and it was done where the law asks for it
    simple: bool
    head_appears: bool
    head_excused: bool  # with a written reason
    staff_appears: bool  # somebody of the agency beside the lawyer
    collected_itself: bool
    appeal_in_time: bool


_ADMISSIBLE = (
    Rule("SUIT_LATE", "ALIT-2017:45;ALIT-2017:46", "The suit is brought in time.",
         "在法定期限内起诉。", lambda f: f.in_time),
    Rule("RECONSIDERATION_FIRST", "ALIT-2017:44(2);ARL-2023:23", "Where the law asks for it, reconsideration came first.",
         "法律、法规规定复议前置的，应当先申请复议。", lambda f: f.reconsideration_first),
)  # fmt: skip
_SIMPLE = Rule(
    "NOT_SIMPLE", "ALIT-2017:82", "The simplified procedure is for clear and small cases, or if all agree.",
    "符合法定情形或者各方同意的，方可适用简易程序。", lambda f: f.simple,
)  # fmt: skip
_NO_COLLECTION = Rule(
    "NO_SELF_COLLECTION", "ALIT-2017:35", "The defendant gathers no evidence during the suit.",
    "诉讼过程中，被告及其代理人不得自行收集证据。", lambda f: not f.collected_itself,
)  # fmt: skip
_APPEARANCE = (
    Rule("HEAD_APPEARANCE", "ALIT-2017:3(3);ALIT-JI-2018:129", "The head appears, or gives a reason in writing.",
         "行政机关负责人应当出庭，不能出庭的应当书面说明理由。",
         lambda f: f.head_appears or f.head_excused, severity="warn"),
    Rule("LAWYER_ALONE", "ALIT-2017:3(3)", "The agency is never represented by a lawyer alone.",
         "不得仅委托律师出庭。", lambda f: f.head_appears or f.staff_appears),
)  # fmt: skip
_APPEAL = Rule(
    "APPEAL_LATE", "ALIT-2017:85", "An appeal comes in time.",
    "应当在上诉期限内提起上诉。", lambda f: f.appeal_in_time,
)  # fmt: skip
_JUDGED = "suit.judged"
_OPEN = "ACCEPTED ANSWER_DUE ANSWERED HEARD"

# fmt: off
LITIGATION = table(
    "litigation",
    ("FILE", "", "FILED", "ALIT-2017:45;ALIT-2017:46", (), "PARTY", ("提起诉讼", "File the suit"), "suit.filed"),
    ("ACCEPT", "FILED", "ACCEPTED", "ALIT-2017:51", _ADMISSIBLE,
     "COURT", ("立案（普通程序）", "Accept, ordinary procedure"), "suit.accepted"),
    ("ACCEPT_SIMPLIFIED", "FILED", "ACCEPTED", "ALIT-2017:82", (*_ADMISSIBLE, _SIMPLE),
     "COURT", ("立案（简易程序）", "Accept, simplified procedure"), "suit.accepted_simplified"),
    ("REFUSE", "FILED", "RULED_AGAINST", "ALIT-2017:51", (),
     "COURT", ("裁定不予立案", "Refuse to accept"), "ruling.served"),
    ("RECEIVE_COPY", "ACCEPTED", "ANSWER_DUE", "ALIT-2017:67(1)", (),
     "AGENCY", ("收到起诉状副本", "Receive the copy"), "suit.copy_received"),
    ("ANSWER", "ANSWER_DUE", "ANSWERED", "ALIT-2017:67(1)", (_NO_COLLECTION,),
     "AGENCY", ("提交答辩状和证据", "Answer"), "suit.answered"),
    ("HEAR", "ANSWER_DUE ANSWERED", "HEARD", "ALIT-2017:67(2);ALIT-2017:3(3)", _APPEARANCE,
     "COURT", ("开庭审理", "Hear the case")),
    ("WITHDRAW", _OPEN, "WITHDRAWN", "ALIT-2017:62", (), "PARTY", ("撤诉", "Withdraw"), "suit.ended"),
    ("DISMISS", "ACCEPTED ANSWER_DUE ANSWERED HEARD", "RULED_AGAINST", "ALIT-JI-2018:69", (),
     "COURT", ("裁定驳回起诉", "Dismiss the suit"), "suit.ended ruling.served"),
    ("REJECT", "HEARD", "JUDGED", "ALIT-2017:69", (), "COURT", ("判决驳回诉讼请求", "Reject the claims"), _JUDGED),
    ("ANNUL", "HEARD", "JUDGED", "ALIT-2017:70", (),
     "COURT", ("判决撤销", "Annul"), f"{_JUDGED} decision.annulled"),
    ("ORDER_PERFORMANCE", "HEARD", "JUDGED", "ALIT-2017:72", (),
     "COURT", ("判决履行", "Order performance"), _JUDGED),
    ("ORDER_PAYMENT", "HEARD", "JUDGED", "ALIT-2017:73", (), "COURT", ("判决给付", "Order payment"), _JUDGED),
    ("DECLARE_UNLAWFUL", "HEARD", "JUDGED", "ALIT-2017:74", (),
     "COURT", ("确认违法", "Declare unlawful"), f"{_JUDGED} decision.declared_unlawful"),
    ("DECLARE_VOID", "HEARD", "JUDGED", "ALIT-2017:75", (),
     "COURT", ("确认无效", "Declare void"), f"{_JUDGED} decision.declared_void"),
    ("CHANGE", "HEARD", "JUDGED", "ALIT-2017:77", (),
     "COURT", ("判决变更", "Change"), f"{_JUDGED} decision.changed"),
    ("SERVE", "JUDGED", "SERVED", "ALIT-2017:80", (),
     "COURT", ("送达判决书", "Serve the judgment"), "judgment.served"),
    ("APPEAL", "SERVED RULED_AGAINST", "APPEALED", "ALIT-2017:85", (_APPEAL,),
     "PARTY_OR_AGENCY", ("上诉", "Appeal"), "suit.appealed"),
    ("LET_STAND", "SERVED RULED_AGAINST", "FINAL", "ALIT-2017:85", (),
     "SYSTEM", ("上诉期满，发生法律效力", "Let it become final")),
    ("JUDGE_APPEAL", "APPEALED", "FINAL", "ALIT-2017:89", (), "COURT", ("二审裁判", "Judge the appeal")),
    ("PERFORM", "FINAL", "PERFORMED", "ALIT-2017:94", (),
     "AGENCY PARTY", ("履行生效裁判", "Perform the judgment")),
    titles=("行政诉讼", "Administrative suit"),
    ends="WITHDRAWN PERFORMED",
)
# fmt: on
