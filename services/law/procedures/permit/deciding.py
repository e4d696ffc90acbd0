"""The rules that the law puts on the review of an application, the decision, and the permit that comes of it (ALIC 34–59)."""

from services.law.procedures.papers import within
from services.law.procedures.permit.facts import Handling, PermitFacts
from services.law.procedures.shared import FEWEST_OFFICERS, local
from services.law.rule import rule

# Review and decision.


@rule(
    "PERMIT_REVIEW_BY_HOST",
    guard="G-91",
    law="ALIC-2019:48(1)[3]",
    zh="听证主持人不得审查该许可申请。",
    en="Nobody reviews, or who hosts the hearing does. Have somebody else review.",
)
def reviewed_apart(f: PermitFacts) -> bool:
    """Who reviews does not host the hearing (ALIC 48(1)[3])."""
    return bool(f.record.reviewer.strip()) and f.record.reviewer != f.record.hearing.host


@rule(
    "PERMIT_CONDITIONS_NOT_JUDGED",
    guard="G-91",
    law="ALIC-2019:34(1);ALIC-2019:5(3)",
    zh="审查应当对办事指南公布的每一项条件作出结论，不得增设条件。",
    en="A published condition is not judged, is judged both ways, or one that was not published is. Judge each, once.",
)
def each_judged(f: PermitFacts) -> bool:
    """The review judges each published condition, and no other: the same for all (ALIC 5(3), 34(1))."""
    met, unmet, asked = set(f.record.met), set(f.record.unmet), set(f.record.conditions)
    return bool(asked) and met | unmet == asked and met.isdisjoint(unmet)


@rule(
    "PERMIT_NOT_VERIFIED",
    law="ALIC-2019:34(3)",
    zh="需要对申请材料的实质内容进行核实的，应当指派两名以上工作人员进行核查。",
    en="What the papers say has to be verified by two people of the department. Name at least two (verifier_ids).",
)
def verified_by_two(f: PermitFacts) -> bool:
    """What has to be verified is verified by at least two (ALIC 34(3))."""
    named = frozenset(f.record.verifiers)
    needed = FEWEST_OFFICERS if f.record.verified is not False else 0
    return len(named) >= needed and named <= f.on_roster()


@rule(
    "PERMIT_DECIDED_ABOVE",
    law="ALIC-2019:35",
    zh="依法由上级行政机关决定的，应当将初步审查意见和全部申请材料报送上级行政机关。",
    en="The superior body decides this. Send it the opinion and all the papers (SendPermitUp).",
)
def decided_here(f: PermitFacts) -> bool:
    """What the superior body decides is not decided here (ALIC 35)."""
    return f.record.handling in (Handling.ALONE, Handling.JOINT)


@rule(
    "PERMIT_NOT_DECIDED_ABOVE",
    law="ALIC-2019:35",
    zh="该事项由本机关决定，不报送上级行政机关。",
    en="This body decides the item itself. Decide (GrantPermit, RefusePermit).",
)
def decided_above(f: PermitFacts) -> bool:
    """Only what the superior body decides goes up (ALIC 35)."""
    return f.record.handling == Handling.BELOW


@rule(
    "PERMIT_NOT_CHECKED_APART",
    guard="G-91",
    law="OPR-SUP:7",
    zh="一审一核：审查人与核准人不得为同一人。",
    en="Nobody reviewed, or who reviewed decides. Have another decide.",
    tells=lambda f: {"person": f.record.reviewer},
)
def checked_apart(f: PermitFacts) -> bool:
    """One reviews and another checks and decides (OPR-SUP 7)."""
    r = f.record
    return bool(r.reviewer.strip() and r.decider.strip()) and r.reviewer != r.decider


@rule(
    "PERMIT_HEARING_OWED",
    law="ALIC-2019:46;ALIC-2019:47(1);ALIC-2019:48(2)",
    zh="告知听证权利后期限未满，或者已经申请听证而未举行的，不得作出决定。",
    en="A hearing may still be asked for, or was asked for and not held. Hold it, or wait.",
    tells=lambda f: {"until": local(f.hearing_ask_end())} if f.hearing_ask_end() else {},
)
def heard_first(f: PermitFacts) -> bool:
    """Nothing is decided while a hearing may be asked for, or before it was held (ALIC 46, 47(1), 48(2))."""
    h = f.record.hearing
    if h.tell_time is None and h.request_time is None and h.hold_at is None:
        return True
    if h.request_time is not None or h.hold_at is not None:
        return h.hold_time is not None and h.hold_time <= f.at()
    end = f.hearing_ask_end()
    return end is not None and f.at() > end


@rule(
    "PERMIT_CONDITION_NOT_MET",
    law="ALIC-2019:38(1)",
    zh="申请符合法定条件、标准的，方可准予行政许可。",
    en="The review did not find every published condition met. Refuse, or review again.",
    tells=lambda f: {"codes": ",".join(c for c in f.record.conditions if c not in f.record.met)},
)
def conditions_met(f: PermitFacts) -> bool:
    """A permit is granted where every condition is met (ALIC 38(1))."""
    return bool(f.record.conditions) and set(f.record.conditions) == set(f.record.met) and not f.record.unmet


@rule(
    "PERMIT_REFUSED_WITHOUT_GROUND",
    guard="G-91",
    law="ALIC-2019:38;ALIC-2019:5(3)",
    zh="不予许可应当有公布的条件不符合；符合法定条件、标准的，应当准予行政许可。",
    en="The review found no published condition unmet. Grant the permit.",
)
def unmet_condition(f: PermitFacts) -> bool:
    """Who meets every published condition gets the permit (ALIC 5(3), 38)."""
    return bool(f.record.unmet) and set(f.record.unmet) <= set(f.record.conditions)


@rule(
    "PERMIT_REMEDIES_NOT_TOLD",
    law="ALIC-2019:38(2)",
    zh="应当告知享有依法申请行政复议或者提起行政诉讼的权利，所告知的复议机关、人民法院应当是本市规则（[paper]）所设定的。",
    en="The authority for reconsideration or the court is not told, or is another than the city has set (government and court in "
    "[paper] of its layer). Name both (authority, court).",
    tells=lambda f: dict(zip(("authority", "court"), f.remedies(), strict=True)),
)
def remedies_told(f: PermitFacts) -> bool:
    """Who gets no permit is told of reconsideration and suit, and where, by the city's word (ALIC 38(2))."""
    told = (f.record.authority.strip(), f.record.court.strip())
    return all(told) and told == f.remedies()


@rule(
    "PERMIT_STANDARD_NOT_NAMED",
    law="ALIC-2019:55(3)",
    zh="根据检验、检测、检疫结果不予许可的，应当书面说明所依据的技术标准、技术规范。",
    en="It is refused by the result of a test, and the technical standard is not named. Name it (standard).",
)
def standard_named(f: PermitFacts) -> bool:
    """A refusal by the result of a test names the technical standard (ALIC 55(3))."""
    return f.record.tested is False or bool(f.record.standard.strip())


@rule(
    "PERMIT_FEE_NOT_ALLOWED",
    guard="G-91",
    law="ALIC-2019:58(1);ALIC-2019:59",
    zh="实施行政许可不得收取任何费用；法律、行政法规另有规定的，按照公布的法定项目和标准收费。",
    en="A fee is taken that no law or administrative regulation has, or another than was published. Take none, or that one.",
    tells=lambda f: {"published": str(f.record.guide_fee)},
)
def fee_lawful(f: PermitFacts) -> bool:
    """No fee is taken but the published one that a law or administrative regulation has (ALIC 58(1), 59)."""
    if f.record.fee == 0:
        return True
    return bool(f.record.guide_fee_law.strip()) and f.record.fee == f.record.guide_fee


# What comes of it.


@rule(
    "PERMIT_VALIDITY_WRONG",
    law="ALIC-2019:39(1);ALIC-2019:50(1)",
    zh="许可证件应当有编号和起始日期；有效期届满日应当晚于起始日期。",
    en="The permit has no number or no first day, or ends before it begins. Correct it.",
)
def validity_right(f: PermitFacts) -> bool:
    """A permit has a number, a first day, and a last day after it where it has an end (ALIC 39(1), 50(1))."""
    r = f.record
    began = bool(r.number.strip()) and r.from_time is not None
    return began and (r.until_time is None or (r.from_time is not None and r.until_time > r.from_time))


@rule(
    "PERMIT_ADDRESS_MISSING",
    law="ALIC-2019:40;GBF-2018-118:6",
    zh="应当载明公开许可决定的网址或者处所。",
    en="It is not said where the decision is public. Name the address.",
)
def address_given(f: PermitFacts) -> bool:
    """Decisions on permits are public, and anybody may look them up (ALIC 40)."""
    return bool(f.record.address.strip())


@rule(
    "PERMIT_PROMISE_NOT_BROKEN",
    law="CITY-ERS:3(7)",
    zh="承诺的办理时限未被违反。",
    en="No promise was broken. There is nothing to compensate.",
)
def promise_broken(f: PermitFacts) -> bool:
    """What is compensated is a broken promise (CITY-ERS 3(7))."""
    return f.record.break_time is not None and f.record.break_time <= f.at()


@rule(
    "PERMIT_COMPENSATION_MISSING",
    law="CITY-ERS:3(7)",
    zh="应当载明对违反承诺的补偿，且只登记一次。",
    en="It is not said what the applicant got, or it was said before. State it once (compensation).",
)
def compensation_said(f: PermitFacts) -> bool:
    """Compensation for a broken promise is on record, once (CITY-ERS 3(7))."""
    return bool(f.record.compensation.strip()) and f.record.compensated is False


@rule(
    "PERMIT_RENEWAL_LATE",
    law="ALIC-2019:50(1)",
    zh="应当在许可有效期届满三十日前提出延续申请；逾期的，按新申请办理。",
    en="Fewer than thirty days are left, or the permit has no end. Take it as a new application (ReceivePermitApplication).",
    tells=lambda f: {"until": local(f.renewal_end())} if f.renewal_end() else {},
)
def renewed_in_time(f: PermitFacts) -> bool:
    """A renewal is asked for thirty days before the permit ends (ALIC 50(1))."""
    return within(f.renewal_end(), f.at())


@rule(
    "PERMIT_ENDED",
    law="ALIC-2019:50(2)",
    zh="许可有效期已经届满；逾期未作决定的，视为准予延续。",
    en="The permit has ended. What was not decided before is renewed by silence.",
    tells=lambda f: {"until": local(f.record.until_time)} if f.record.until_time else {},
)
def still_valid(f: PermitFacts) -> bool:
    """A renewal is decided before the permit ends (ALIC 50(2))."""
    return within(f.record.until_time, f.at())


@rule(
    "PERMIT_RENEWAL_NO_LONGER",
    law="ALIC-2019:50(2)",
    zh="延续后的届满日应当晚于原届满日。",
    en="The permit would end no later than before. Name a later day (until_time).",
)
def renewed_longer(f: PermitFacts) -> bool:
    """A renewed permit ends later than before (ALIC 50(2))."""
    end, then = f.record.until_time, f.record.next_until
    return end is not None and then is not None and then > end
