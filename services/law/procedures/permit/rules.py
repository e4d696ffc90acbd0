"""The rules that the law puts on an application for a permit until it is reviewed: whether it may be asked for here, what is
missing, the term, the hearing (ALIC 22–48, 55).
"""

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
