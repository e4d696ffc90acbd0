"""The rules that the law puts on a permit from the application to its end (ALIC 22–59, 70)."""

from services.law.procedures.papers import within
from services.law.procedures.permit.facts import Handling, PermitFacts
from services.law.procedures.shared import FEWEST_OFFICERS, local
from services.law.rule import rule

# Whether it may be asked for here.


@rule(
    "PERMIT_NOT_EMPOWERED",
    law="ALIC-2019:22",
    zh="行政许可由具有行政许可权的行政机关在法定职权范围内实施；该事项不在本机关公布的许可事项内。",
    en="The body may not act, or its published list had no such item of a permit. Send the applicant to the one that has.",
)
def empowered(f: PermitFacts) -> bool:
    """A permit is given by the body that has the power for it (ALIC 22)."""
    return f.empowered() is True


@rule(
    "PERMIT_GUIDE_NOT_PUBLISHED",
    guard="G-91",
    law="ALIC-2019:5(2);ALIC-2019:30(1)",
    zh="许可事项的依据、条件、程序、期限和材料目录应当公示；未经公布的，不得作为实施行政许可的依据。",
    en="No guide of the item was published when the application came. Publish one first (PublishPermitGuide).",
)
def guide_public(f: PermitFacts) -> bool:
    """What was not published is no basis of a permit (ALIC 5(2), 30(1))."""
    return f.guide_public() is True


@rule(
    "PERMIT_OTHER_WINDOW",
    guard="G-91",
    law="ALIC-2019:26(1)",
    zh="应当由办事指南确定的一个机构统一受理申请、统一送达决定。",
    en="Another unit than that of the guide took the application or hands out the permit. One unit does both: name it (window).",
    tells=lambda f: {"window": f.record.guide_window},
)
def one_window(f: PermitFacts) -> bool:
    """One unit takes the applications and serves the decisions (ALIC 26(1))."""
    return bool(f.record.window.strip()) and f.record.window == f.record.guide_window


# What the papers lack.


@rule(
    "SUPPLEMENT_NOT_PUBLISHED",
    guard="G-91",
    law="ALIC-2019:31(1);ALIC-2019:32(1)[4]",
    zh="补正的内容应当逐项载明，限于办事指南所列、申请人尚未提交的材料。",
    en="What is missing is not named, is not on the published list, or was handed in. Name, once, what of the list is missing.",
    tells=lambda f: {
        "codes": ",".join(c for c in f.record.missing if c not in f.record.listed or c in f.record.handed)
    },
)
def only_listed(f: PermitFacts) -> bool:
    """What is asked for is on the published list, and was not handed in; all of it is told at once (ALIC 31(1), 32(1)[4])."""
    asked = set(f.record.missing)
    return bool(asked) and asked == set(f.record.listed) - set(f.record.handed)


@rule(
    "SUPPLEMENT_INCOMPLETE",
    law="ALIC-2019:32(1)[5]",
    zh="申请人尚未按照要求提交全部补正申请材料。",
    en="Not all that the applicant was told to hand in came. Record it once it is complete, or do not accept the application.",
    tells=lambda f: {"codes": ",".join(c for c in f.record.missing if c not in f.record.supplied)},
)
def all_supplied(f: PermitFacts) -> bool:
    """The supplement is all that was asked for (ALIC 32(1)[5])."""
    return bool(f.record.missing) and set(f.record.missing) <= set(f.record.supplied)


@rule(
    "APPLICATION_INCOMPLETE",
    law="ALIC-2019:32(1)[5]",
    zh="申请材料不齐全，应当一次告知申请人需要补正的全部内容。",
    en="Papers of the published list are missing. Tell the applicant once which (TellPermitSupplement).",
    tells=lambda f: {"codes": ",".join(c for c in f.record.listed if c not in f.record.handed)},
)
def complete(f: PermitFacts) -> bool:
    """What is accepted is complete by the published list (ALIC 32(1)[5])."""
    return bool(f.record.listed) and set(f.record.listed) <= set(f.record.handed)


@rule(
    "JOINT_ORDER_MISSING",
    guard="G-91",
    law="ALIC-2019:26(2)",
    zh="统一办理、联合办理、集中办理的，应当载明本级人民政府确定办理方式的文件。",
    en="The item is handled with others, and the paper by which the government says so is missing. Name it (joint_order).",
)
def jointly_by_order(f: PermitFacts) -> bool:
    """Several departments handle an application together as their government has said (ALIC 26(2))."""
    if f.record.handling == Handling.JOINT:
        return bool(f.record.joint_order.strip())
    return f.record.handling in (Handling.ALONE, Handling.BELOW)


# While it is handled.


@rule(
    "TOO_FEW_INSPECTORS",
    law="ALIC-2019:55(2)",
    zh="应当指派两名以上工作人员进行检验、检测、检疫。",
    en="Fewer than two people of the department are named to inspect or test. Name at least two.",
    tells=lambda f: {"count": str(len({*f.record.inspectors}))},
)
def two_inspectors(f: PermitFacts) -> bool:
    """At least two people inspect, test or quarantine (ALIC 55(2))."""
    named = frozenset(f.record.inspectors)
    return len(named) >= FEWEST_OFFICERS and named <= f.on_roster()


@rule(
    "PERMIT_TIME_NOT_TOLD",
    law="ALIC-2019:45",
    zh="听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审所需时间应当书面告知申请人。",
    en="No paper told the applicant how long this takes. Tell it, and name the paper (document).",
)
def time_told(f: PermitFacts) -> bool:
    """The applicant is told in writing how long a hearing, test or review takes (ALIC 45)."""
    return bool(f.record.excluded_by.strip())


@rule(
    "PERMIT_TIME_STANDS",
    law="ALIC-2019:45",
    zh="期限已暂停计算，尚未恢复。",
    en="Time is being taken out of the term already. End that first (ResumePermitTime).",
)
def time_runs(f: PermitFacts) -> bool:
    """Time is taken out of a term once at a time (ALIC 45)."""
    return f.record.excluding is False


@rule(
    "PERMIT_TIME_RUNS",
    law="ALIC-2019:45",
    zh="期限未暂停计算。",
    en="No time is being taken out of the term. Nothing is to be resumed.",
)
def time_stands(f: PermitFacts) -> bool:
    """Only a term that stands still runs on (ALIC 45)."""
    return f.record.excluding is True


@rule(
    "PERMIT_EXTENSION_NOT_TOLD",
    law="ALIC-2019:42",
    zh="延长期限的理由应当告知申请人。",
    en="No reasons are given, or no paper told them to the applicant. State them (reasons), and name the paper (document).",
)
def extension_told(f: PermitFacts) -> bool:
    """The applicant is told why the term is extended (ALIC 42)."""
    return bool(f.record.reasons.strip() and f.record.told_by.strip())


@rule(
    "PERMIT_EXTENDED_ALREADY",
    law="ALIC-2019:42",
    zh="许可期限只能延长一次。",
    en="The term was extended before. It is extended once: decide.",
)
def extended_once(f: PermitFacts) -> bool:
    """The term is extended once (ALIC 42)."""
    return f.record.extensions == 1


# The hearing.


@rule(
    "PERMIT_NOBODY_TOLD",
    law="ALIC-2019:47(1)",
    zh="应当载明被告知听证权利的申请人、利害关系人。",
    en="Nobody is named who was told of the right to a hearing. Name applicant and those concerned (told).",
)
def people_told(f: PermitFacts) -> bool:
    """Applicant and those concerned are told that a hearing may be asked for (ALIC 47(1))."""
    return bool(f.record.hearing.told) and all(name.strip() for name in f.record.hearing.told)


@rule(
    "PERMIT_HEARING_ASKED_LATE",
    law="ALIC-2019:47(1)",
    zh="应当自被告知听证权利之日起五日内提出听证申请。",
    en="Nobody was told of the right, or the five working days since are over. The hearing is waived.",
    tells=lambda f: {"until": local(f.hearing_ask_end())} if f.hearing_ask_end() else {},
)
def asked_in_time(f: PermitFacts) -> bool:
    """A hearing is asked for within five days of being told (ALIC 47(1))."""
    end = f.hearing_ask_end()
    return end is not None and f.at() <= end


@rule(
    "PERMIT_HEARING_NOTICE_SHORT",
    law="ALIC-2019:48(1)[1]",
    zh="应当于举行听证的七日前将时间、地点通知申请人、利害关系人。",
    en="Time or place is missing, or fewer than seven working days are left. Set a later day, and name the place.",
    tells=lambda f: {"until": local(f.notice_end())} if f.notice_end() else {},
)
def told_ahead(f: PermitFacts) -> bool:
    """Time and place of the hearing are told seven days before (ALIC 48(1)[1])."""
    return bool(f.record.hearing.place.strip()) and within(f.notice_end(), f.at())


@rule(
    "PERMIT_HOST_INVOLVED",
    guard="G-91",
    law="ALIC-2019:48(1)[3]",
    zh="听证主持人应当由审查该许可申请的工作人员以外的人员担任。",
    en="The host reviews, inspects or verifies this application, or nobody is named. Name somebody else.",
    tells=lambda f: {"person": f.record.hearing.host},
)
def host_apart(f: PermitFacts) -> bool:
    """Who hosts the hearing does not review the application (ALIC 48(1)[3])."""
    r = f.record
    host = r.hearing.host.strip()
    return bool(host) and host not in {r.reviewer, *r.inspectors, *r.verifiers}


@rule(
    "PERMIT_HEARING_NOT_AS_TOLD",
    law="ALIC-2019:48(1)",
    zh="听证应当由指定的主持人在通知的时间公开举行。",
    en="It was held by another than the host, before the time told, or not in public. Hold it as it was told.",
)
def held_as_told(f: PermitFacts) -> bool:
    """The hearing is held in public, at the time told, by the host told (ALIC 48(1)[1], [2], [3])."""
    h = f.record.hearing
    by_host = bool(h.host) and h.presider == h.host
    return by_host and h.public is True and h.hold_at is not None and f.at() >= h.hold_at


@rule(
    "PERMIT_HEARING_NOT_RECORDED",
    law="ALIC-2019:48(1)[5]",
    zh="听证应当制作笔录，交听证参加人确认无误后签字或者盖章。",
    en="There is no record of the hearing, or those who took part did not sign it. Complete it.",
)
def minutes_signed(f: PermitFacts) -> bool:
    """The hearing is recorded, and those who took part sign (ALIC 48(1)[5])."""
    return bool(f.record.hearing.minutes.strip()) and f.record.hearing.signed is True


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
    zh="应当告知申请人享有依法申请行政复议或者提起行政诉讼的权利。",
    en="The authority for reconsideration or the court is not told. Name both (authority, court).",
)
def remedies_told(f: PermitFacts) -> bool:
    """Who gets no permit is told of reconsideration and suit (ALIC 38(2))."""
    return bool(f.record.authority.strip() and f.record.court.strip())


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
