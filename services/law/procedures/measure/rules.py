"""The rules that the law puts on sealing, seizure and freezing."""

from services.law.naming import names_article
from services.law.procedures.measure.facts import MeasureFacts, Release
from services.law.procedures.papers import same_day
from services.law.procedures.shared import local
from services.law.rule import rule

MOST_DAYS = 30  # of a measure, and of its extension, ACL 25(1), 32(1)


@rule(
    "COERCION_NOT_ENTRUSTABLE",
    guard="G-58 G-64",
    warning="EW-35",
    law="ACL-2011:17(1);ACL-2011:22",
    zh="行政强制措施由法律、法规规定的行政机关在法定职权范围内实施，不得委托。",
    en="No law or regulation gives this agency itself the power. Leave the measure to the agency that has it.",
)
def empowered(f: MeasureFacts) -> bool:
    """Only the agency that a law or regulation empowers takes the measure, and it entrusts nobody with it (ACL 17, 22)."""
    return f.empowered()


@rule(
    "COERCION_NOT_ENTRUSTABLE",
    guard="G-58 G-64",
    warning="EW-35",
    law="ACL-2011:29(1)",
    zh="冻结存款、汇款应当由法律规定的行政机关实施，不得委托。",
    en="No law gives this agency itself the power to freeze. Leave the freeze to the agency that has it.",
)
def empowered_to_freeze(f: MeasureFacts) -> bool:
    """Only an agency that a law itself names freezes money, and it entrusts nobody with it (ACL 29(1))."""
    return f.empowered_to_freeze()


@rule(
    "ACT_IN_FUTURE",
    law="ACL-2011:18",
    zh="尚未实施的强制措施不得记录。",
    en="It is not said when the measure was taken, or that lies in the future. Record it after it was taken (execute_time).",
)
def taken_by_now(f: MeasureFacts) -> bool:
    """A measure is recorded after it was taken."""
    taken = f.record.execute_time
    return taken is not None and taken <= f.now


@rule(
    "MEASURE_NOT_APPROVED",
    guard="G-57",
    warning="EW-35",
    law="ACL-2011:18[1]",
    zh="实施前须经行政机关负责人批准；情况紧急当场实施的，应当补办批准手续。",
    en="It was taken before the head approved it. In urgency take it urgently (ExecuteUrgently), and have it approved in a day.",
    tells=lambda f: {"approved": local(f.record.approve_time)} if f.record.approve_time else {},
)
def approved_first(f: MeasureFacts) -> bool:
    """The head approves a measure before it is taken (ACL 18[1])."""
    approved, taken = f.record.approve_time, f.record.execute_time
    return approved is not None and taken is not None and approved <= taken


@rule(
    "MEASURE_NOT_APPROVED",
    guard="G-55",
    law="GBF-2018-118:6;ACL-2011:19",
    zh="情况紧急当场实施、未补办批准手续的强制措施，没有可以公示的决定。",
    en="It was taken in urgency and never approved: there is no decision to publish. Have it approved first (ApproveAfterwards).",
)
def approved_indeed(f: MeasureFacts) -> bool:
    """What is made public is a decision: what nobody approved is none (ACL 18[1], 19)."""
    return f.record.approve_time is not None


@rule(
    "PARTY_NOT_PRESENT",
    guard="G-57",
    warning="EW-35",
    law="ACL-2011:18[4];ACL-2011:18[9]",
    zh="应当通知当事人到场；当事人不到场的，邀请见证人到场并在现场笔录上签名。",
    en="The party was not called, or neither it nor a witness who signed was there. Call the party, or invite a witness.",
)
def party_or_witness(f: MeasureFacts) -> bool:
    """The party is called to be there; if it does not come, a witness is there and signs the record (ACL 18[4], [9])."""
    r = f.record
    witnessed = bool(r.witness.strip()) and r.minutes.witness_signed
    return r.party_call_time is not None and (r.party_present or witnessed)


@rule(
    "RIGHTS_NOT_TOLD",
    guard="G-57",
    warning="EW-35",
    law="ACL-2011:18[5]",
    zh="应当当场告知采取措施的理由、依据以及当事人依法享有的权利、救济途径。",
    en="Reasons, basis, rights and remedies were not told. Tell them on the spot, and record when (rights_tell_time).",
)
def rights_told(f: MeasureFacts) -> bool:
    """Reasons, basis, rights and remedies are told on the spot (ACL 18[5])."""
    return same_day(f.record.execute_time, f.record.rights_tell_time)


@rule(
    "DEFENCE_NOT_HEARD",
    guard="G-57",
    warning="EW-35",
    law="ACL-2011:18[6]",
    zh="应当听取当事人的陈述和申辩。",
    en="The party's statement was not heard. Hear it, and record when (hear_time).",
)
def party_heard(f: MeasureFacts) -> bool:
    """The party's statement and defence are heard (ACL 18[6]); a party that does not come, and whom a witness stands in for,
    has nothing to be heard."""
    r = f.record
    absent = not r.party_present and r.minutes.witness_signed
    return same_day(r.execute_time, r.hear_time) or (r.hear_time is None and absent)


@rule(
    "PAPERS_NOT_DELIVERED",
    guard="G-57",
    warning="EW-35",
    law="ACL-2011:24(1)",
    zh="查封、扣押决定书和清单应当当场交付。",
    en="Decision or list was not handed over when the measure was taken. Deliver both on the spot.",
)
def papers_delivered(f: MeasureFacts) -> bool:
    """Decision and list are made and delivered on the spot, once the measure is taken (ACL 24(1))."""
    r = f.record
    return same_day(r.execute_time, r.decision_deliver_time, r.list_deliver_time)


@rule(
    "DECISION_INCOMPLETE",
    guard="G-57",
    warning="EW-35",
    law="ACL-2011:24(2)",
    zh="查封、扣押决定书应当载明当事人、理由、依据、期限、财物名称数量、救济途径和行政机关印章、日期。",
    en="The decision lacks party, reasons, basis, term, things with their number, remedies, or seal and date. Complete it.",
)
def decision_complete(f: MeasureFacts) -> bool:
    """The decision states the party, reasons, basis and term, what is taken, the remedies, and the agency with seal and date
    (ACL 24(2))."""
    d, things = f.record.decision, f.record.things
    said = all(text.strip() for text in (d.party, d.address, d.reasons, d.basis, d.remedies, d.agency))
    named = bool(things) and all(t.name.strip() and t.quantity > 0 for t in things)
    return said and named and 0 < d.days <= MOST_DAYS and d.seal_time is not None


@rule(
    "COERCIVE_SCOPE",
    guard="G-58",
    warning="EW-35",
    law="ACL-2011:23(1)",
    zh="限于涉案的场所、设施或者财物，不得查封、扣押生活必需品。",
    en="Something on the list is not connected with the violation or is a necessity of life, or nothing is listed. Leave it out.",
    tells=lambda f: {
        "things": ",".join(t.name for t in f.record.things if not (t.related and t.dispensable))
    },
)
def within_scope(f: MeasureFacts) -> bool:
    """Only what is connected with the violation is taken, and no necessities of life (ACL 23(1))."""
    return bool(f.record.things) and all(t.related and t.dispensable for t in f.record.things)


@rule(
    "SEALED_TWICE",
    guard="G-58",
    warning="EW-35",
    law="ACL-2011:23(2)",
    zh="已被其他国家机关依法查封的，不得重复查封。",
    en="A measure holds it already, or it was not made sure that none does. Leave it to the organ that holds it.",
)
def not_sealed_twice(f: MeasureFacts) -> bool:
    """What is lawfully sealed is not sealed again; that no other organ holds it is made sure first (ACL 23(2))."""
    return f.record.other_organs_asked and f.held_already() is False


@rule(
    "FROZEN_TWICE",
    guard="G-58",
    warning="EW-35",
    law="ACL-2011:29(2)",
    zh="已被其他国家机关依法冻结的，不得重复冻结。",
    en="A measure holds it already, or it was not made sure that none does. Leave it to the organ that holds it.",
)
def not_frozen_twice(f: MeasureFacts) -> bool:
    """What is lawfully frozen is not frozen again; that no other organ holds it is made sure first (ACL 29(2))."""
    return f.record.other_organs_asked and f.held_already() is False


@rule(
    "COERCIVE_SCOPE",
    guard="G-58",
    warning="EW-35",
    law="ACL-2011:29(2)",
    zh="冻结存款、汇款的数额应当与违法行为涉及的金额相当。",
    en="More is frozen than the violation is about, or no sum is stated. Freeze that sum.",
    tells=lambda f: {"frozen_fen": str(f.record.frozen_fen), "violation_fen": str(f.record.violation_fen)},
)
def sum_fits(f: MeasureFacts) -> bool:
    """What is frozen answers to the sum that the violation is about (ACL 29(2))."""
    return 0 < f.record.frozen_fen <= f.record.violation_fen


@rule(
    "PAPERS_NOT_DELIVERED",
    guard="G-57",
    warning="EW-35",
    law="ACL-2011:30(1)",
    zh="应当向金融机构交付冻结通知书。",
    en="The notice to freeze was not handed to the bank. Deliver it.",
)
def bank_noticed(f: MeasureFacts) -> bool:
    """The notice to freeze is delivered to the bank (ACL 30(1))."""
    return f.record.freeze_notice_time is not None


@rule(
    "NOT_COMPLEX",
    guard="G-59",
    warning="EW-35",
    law="ACL-2011:25(1);ACL-2011:32(1)",
    zh="情况复杂的，方可延长；应当说明何以复杂。",
    en="It is not said what makes the case complex. State it, or end the measure in time.",
)
def complex_case(f: MeasureFacts) -> bool:
    """The term is extended only for complexity (ACL 25(1), 32(1))."""
    return bool(f.last_extension().complexity.strip())


@rule(
    "EXTENSION_INVALID",
    guard="G-59",
    warning="EW-35",
    law="ACL-2011:25(1);ACL-2011:32(1)",
    zh="只可延长一次，延长期限不得超过三十日。",
    en="The term was extended before, or by more than thirty days. Extend it once, by thirty days at most.",
    tells=lambda f: {"extensions": str(len(f.record.extensions)), "days": str(f.last_extension().days)},
)
def extended_once(f: MeasureFacts) -> bool:
    """The term is extended once, by thirty days at most (ACL 25(1), 32(1))."""
    return len(f.record.extensions) == 1 and 0 < f.last_extension().days <= MOST_DAYS


@rule(
    "EXTENSION_NOT_TOLD",
    guard="G-59",
    warning="EW-35",
    law="ACL-2011:25(2);ACL-2011:32(2)",
    zh="延长的决定应当及时书面告知当事人，并说明理由。",
    en="The party was not told of the extension in writing, or without reasons. Tell it.",
)
def extension_told(f: MeasureFacts) -> bool:
    """The party is told of the extension in writing, with reasons (ACL 25(2), 32(2))."""
    extension = f.last_extension()
    return extension.tell_time is not None and bool(extension.told_reasons.strip())


@rule(
    "APPRAISAL_NOT_TOLD",
    warning="EW-35",
    law="ACL-2011:25(3)",
    zh="检测、检验、检疫或者技术鉴定的期间应当明确，并书面告知当事人。",
    en="It is not said when the appraisal ends, or the party was not told. Set the end, and tell the party in writing.",
)
def appraisal_told(f: MeasureFacts) -> bool:
    """How long the appraisal takes is set and told to the party in writing (ACL 25(3))."""
    return f.record.appraisal_end_time is not None and f.record.appraisal_tell_time is not None


@rule(
    "NOT_DECIDED",
    warning="EW-35",
    law="ACL-2011:27",
    zh="违法事实清楚并已作出处理决定的，方可没收、销毁。",
    en="The violation was not decided on yet. Decide the case first.",
)
def case_decided(f: MeasureFacts) -> bool:
    """The facts are clear and the violation is decided on (ACL 27)."""
    decided = f.decided_at()
    return decided is not None and decided <= f.at()


@rule(
    "CONFISCATION_NOT_DECIDED",
    warning="EW-35",
    law="ACL-2011:27;APL-2021:9[3]",
    zh="处罚决定载明没收的，方可没收。",
    en="The decision on the case confiscates nothing. Lift the measure, or decide the case so.",
)
def confiscation_decided(f: MeasureFacts) -> bool:
    """Things are confiscated by the decision on the case, which says so (ACL 27, APL 9[3])."""
    return f.confiscation_decided()


@rule(
    "GROUNDS_MISSING",
    warning="EW-35",
    law="ACL-2011:28(1);ACL-2011:33(1)",
    zh="解除决定应当说明属于法律规定的何种情形。",
    en="It is not said which case of the law it is, or the case was not decided as it says. Name the one it is (ground).",
)
def release_ground(f: MeasureFacts) -> bool:
    """The decision to lift says which case of the law it is (ACL 28(1), 33(1)); that the case was decided is no mere word."""
    decided = f.record.release != Release.DECIDED or f.decided_at() is not None
    return f.record.release in tuple(Release) and decided


@rule(
    "DESTRUCTION_WITHOUT_LAW",
    warning="EW-35",
    law="ACL-2011:27",
    zh="法律、行政法规规定应当销毁的，方可销毁；应当载明所依据的法律、行政法规名称和条款。",
    en="No article of a law or regulation that wants the things destroyed is named. Name title and article (destruction_law).",
)
def destruction_lawful(f: MeasureFacts) -> bool:
    """Things are destroyed if a law or regulation says so, which is named (ACL 27)."""
    return names_article(f.record.destruction_law)


@rule(
    "TRANSFER_NOT_TOLD",
    warning="EW-35",
    law="ACL-2011:21",
    zh="移送财物应当书面告知当事人。",
    en="The party was not told in writing that its things are handed over. Tell it.",
)
def transfer_told(f: MeasureFacts) -> bool:
    """The party is told in writing that its things are handed over (ACL 21)."""
    return f.record.transfer_tell_time is not None


@rule(
    "POLICE_NOT_OPENED",
    warning="EW-35",
    law="ACL-2011:21;CRT-2020:12",
    zh="公安机关决定立案的，方可将查封、扣押、冻结的财物一并移送。",
    en="The police opened no criminal case on a referral of this case. Refer the case first, and wait for their notice.",
)
def police_opened(f: MeasureFacts) -> bool:
    """What is held goes along with a case that the police opened (ACL 21, CRT 12)."""
    return f.police_opened()


@rule(
    "OFFICER_RECUSED",
    guard="G-10",
    warning="EW-35",
    law="APL-2021:43(1)",
    zh="已决定回避的人员不得参与本案的强制措施。",
    en="Somebody who takes part stands aside from the case. Let others do it.",
    tells=lambda f: {"officers": ",".join(sorted(f.taking_part() & f.standing_aside()))},
)
def nobody_aside(f: MeasureFacts) -> bool:
    """Who stands aside from the case takes no part in its measures."""
    return bool(f.taking_part()) and f.taking_part().isdisjoint(f.standing_aside())


@rule(
    "CERTIFICATE_OUT_OF_AREA",
    guard="G-08",
    warning="EW-09",
    law="ACL-2011:17(3);ASR-2025:11(2)[4]",
    zh="执法人员所持行政执法证件的执法区域不包括实施地；需要在外地实施的，应当请求当地行政机关协助。",
    en="The certificate of an officer named does not cover the place. Ask the agency of that place to assist.",
    tells=lambda f: {
        "officers": ",".join(p.officer_id for p in f.officers() if p.elsewhere),
        "area_code": f.place(),
    },
)
def inside_area(f: MeasureFacts) -> bool:
    """Every officer's certificate covers the place where the measure is taken."""
    return not any(p.elsewhere for p in f.officers())


@rule(
    "CASE_NOT_OPEN",
    warning="EW-35",
    law="ACL-2011:2(2)",
    zh="行政强制措施应当在办案过程中实施；案件已作出决定或者已经终结的，不得再采取。",
    en="The case is decided or at an end. A measure serves an inquiry that is open.",
)
def serves_inquiry(f: MeasureFacts) -> bool:
    """A measure serves a case that is not decided yet (ACL 2(2))."""
    return f.case_open()


@rule(
    "NOTHING_DUE",
    warning="EW-35",
    law="ACL-2011:46(3)",
    zh="罚款已经缴清或者处罚决定已被撤销的，不得拍卖抵缴。",
    en="No fine is left to pay. Lift the measure instead.",
)
def fine_unpaid(f: MeasureFacts) -> bool:
    """What is held is auctioned only to pay a fine that is still owed (ACL 46(3))."""
    return f.fine_left()
