"""Review and decision: by whom, in which order, and what a penalty may not exceed (APL 28, 45, 51, 52, 57, 58)."""

from yifa.enforcement.v1.case_pb2 import CASE_SOURCE_SYSTEM
from yifa.enforcement.v1.penalty_pb2 import PenaltyKind

from services.law.moment import moment_at
from services.law.procedures import legal_adviser
from services.law.procedures.penalty.amounts import CONFISCATIONS, GRAVER_KINDS, heavier, yuan
from services.law.procedures.penalty.facts import PenaltyFacts, apart
from services.law.procedures.penalty.rows import ADVISERS
from services.law.procedures.shared import under
from services.law.rule import rule

_FINE = PenaltyKind.PENALTY_KIND_FINE
_ON_THE_SPOT = {PenaltyKind.PENALTY_KIND_WARNING, _FINE}


def _caller(f: PenaltyFacts) -> dict[str, str]:
    return {"person": f.caller()}


@rule(
    "SOD_VIOLATION",
    guard="G-11 G-38",
    warning="EW-07",
    law="SAMR-2022:49(3)",
    zh="办案人员不得作为本案审核人员。",
    en="The caller investigates or investigated this case. Let somebody else review it.",
    tells=_caller,
)
def reviewer_apart(f: PenaltyFacts) -> bool:
    """Who investigates a case does not review it."""
    return apart(f)


@rule(
    "REVIEWER_NOT_QUALIFIED",
    guard="G-38",
    warning="EW-07",
    law="APL-2021:58(2)",
    zh="初次从事法制审核的人员应当通过国家统一法律职业资格考试取得法律职业资格：审核人员在审核时没有登记在册的有效法制审核资格。",
    en="The caller held no qualification for legal review in force by the registry. Let a qualified reviewer pass the case.",
    tells=_caller,
)
def reviewer_qualified(f: PenaltyFacts) -> bool:
    """Who passes a review that article 58(1) asks for holds the registry's qualification: the exam of the legal profession, or
    that the person reviewed before the exam was asked for.
    """
    return f.qualified() or not f.review_by_law()


advisers_stand = under(legal_adviser.advisers_stand, legal_adviser.LAW, guard="G-38", warning="EW-07")


@rule(
    "ADVISERS_NOT_HEARD",
    guard="G-38",
    warning="EW-07",
    law=legal_adviser.LAW,
    zh="疑难复杂案件的法制审核，应当听取法律顾问、公职律师的意见；列明听取意见人员的，应当载明其意见。",
    en="The case is complex and no adviser on the register was heard, or it is not said what. Say both (advisers, advice).",
)
def adviser_heard(f: PenaltyFacts) -> bool:
    """A complex case passes the review after an adviser was heard, where the layer asks for it; who is named said something."""
    asked = bool(f.complexity().strip()) and bool(f.parameter(ADVISERS, f.at()))
    said = f.advisers() != () or bool(f.advice().strip())
    return legal_adviser.heard(f) or not (asked or said)


@rule(
    "SOD_VIOLATION",
    guard="G-11 G-42",
    warning="EW-07",
    law="APL-2021:57(1)",
    zh="调查终结后由行政机关负责人审查决定：决定人不得是本案调查人员。",
    en="The caller investigates or investigated this case. Let another head decide it.",
    tells=_caller,
)
def decider_apart(f: PenaltyFacts) -> bool:
    """A head looks at what the inquiry found, so who investigates a case does not decide it."""
    return apart(f)


@rule(
    "SOD_VIOLATION",
    guard="G-11 G-42",
    warning="EW-07",
    law="CITY-ERS:6(4)",
    zh="审核权和决定权分离：决定人不得是本案审核人员。",
    en="The caller reviewed this case. Let another head decide it.",
    tells=_caller,
)
def decider_not_reviewer(f: PenaltyFacts) -> bool:
    """Review and decision are apart: who reviewed a case does not decide it. No law says so, the city's system does."""
    return bool(f.caller().strip()) and f.caller() not in (f.case.review.reviewer, *f.case.reviewers)


def review_due(f: PenaltyFacts) -> bool:
    """Whether legal review has to pass: in every case that Yifa carries; in one from outside, where article 58(1) asks for it."""
    if f.case.source == CASE_SOURCE_SYSTEM:
        return True
    return f.case.defence.HasField("hearing_time") or f.major()


@rule(
    "LEGAL_REVIEW_NOT_PASSED",
    guard="G-37 G-38 G-40",
    warning="EW-07",
    law="APL-2021:58(1)",
    zh="未经法制审核或者审核未通过。",
    en="Legal review has not passed. Submit the case for review, and go on when it passes.",
)
def review_passed(f: PenaltyFacts) -> bool:
    """Legal review has passed."""
    return f.case.review.passed or not review_due(f)


@rule(
    "LEGAL_REVIEW_NOT_PASSED",
    guard="G-37 G-39",
    warning="EW-07",
    law="APL-2021:58(1)[2]",
    zh="经过听证程序的案件，应当在听证之后、作出决定之前进行法制审核；现有审核早于听证。",
    en="Legal review passed before the party was heard. Submit the case for review once more, and go on when it passes.",
)
def reviewed_after_hearing(f: PenaltyFacts) -> bool:
    """A case in which the party was heard is reviewed after the hearing."""
    heard, reviewed = moment_at(f.case, "defence.hearing_time"), moment_at(f.case, "review.conclude_time")
    return heard is None or (reviewed is not None and reviewed >= heard)


@rule(
    "SOD_VIOLATION",
    guard="G-11 G-38",
    warning="EW-07",
    law="CITY-ERS:6(4)",
    zh="听证主持人不得作为本案审核人员。",
    en="The caller hosted the hearing of this case. Let somebody else review it.",
    tells=_caller,
)
def reviewer_not_host(f: PenaltyFacts) -> bool:
    """Who hosts the hearing does not review the case. No law says so, the city's system does."""
    return bool(f.caller().strip()) and f.caller() not in (f.case.hearing.host, f.case.defence.hearing_host)


@rule(
    "CORRECTION_ORDER_MISSING",
    guard="G-18",
    warning="EW-33",
    law="APL-2021:28(1)",
    zh="实施行政处罚应当责令当事人改正或者限期改正。",
    en="The penalty comes without an order to correct. Add it (correction_order).",
)
def correction_ordered(f: PenaltyFacts) -> bool:
    """A penalty comes with an order to correct, at once or by a date."""
    return bool(f.penalty().correction_order.strip())


@rule(
    "SANCTION_KIND_NOT_ALLOWED",
    guard="G-44",
    warning="EW-33",
    law="APL-2021:9",
    zh="应当载明法定的处罚种类；罚款、没收应当与其种类和金额相符。",
    en="The penalty names no kind of article 9, or a fine or confiscation without its amount or kind. Make them agree.",
)
def kinds_allowed(f: PenaltyFacts) -> bool:
    """A penalty names kinds of article 9; a fine has its amount, and an amount its kind."""
    penalty = f.penalty()
    kinds = set(penalty.kinds)
    known = bool(kinds) and 0 not in kinds and kinds <= set(PenaltyKind.values())
    confiscated = penalty.confiscation.fen == 0 or not CONFISCATIONS.isdisjoint(kinds)
    return known and confiscated and (_FINE in kinds) == (penalty.fine.fen > 0)


def _named(kind: int) -> str:
    known = kind in PenaltyKind.values()
    return PenaltyKind.Name(kind).removeprefix("PENALTY_KIND_") if known else str(kind)  # type: ignore[arg-type]


def _not_given(f: PenaltyFacts) -> set[int]:
    """The kinds of the penalty that nothing on the body's list gives it: what its item does not name; where there is no item,
    all that is graver than a warning, a criticism, a fine or a confiscation.
    """
    kinds = set(f.penalty().kinds)
    item = f.item(f.case.item_id) if f.case.item_id.strip() else None
    return kinds & set(GRAVER_KINDS) if item is None else kinds - set(item.penalty_kinds)


@rule(
    "SANCTION_KIND_NOT_ALLOWED",
    guard="G-44",
    warning="EW-33",
    law="APL-2021:17;APL-2021:18(3)",
    zh="行政机关应当在法定职权范围内实施行政处罚：该主体权责清单所列本事项不包括该处罚种类，或者没有载明事项而作出吊销许可证件、责令停产停业等处罚。",
    en="The item of the power list does not give this kind of penalty, or no item is named and the kind is graver than a fine "
    "or a confiscation. Leave it out, name the item that gives it (item_id), or have the list say it (penalty_kinds).",
    tells=lambda f: {"item_id": f.case.item_id, "kinds": ",".join(map(_named, sorted(_not_given(f))))},
)
def kinds_given(f: PenaltyFacts) -> bool:
    """An agency imposes the kinds of penalty that its published power gives it, by the item that the case exercises."""
    return not _not_given(f)


def _heavier(f: PenaltyFacts) -> dict[str, str]:
    return {"noticed": yuan(f.case.notice.penalty.fine.fen), "decided": yuan(f.penalty().fine.fen)}


@rule(
    "AGGRAVATED_AFTER_DEFENCE",
    guard="G-32",
    warning="EW-10",
    law="APL-2021:45(2);APL-2021:62",
    zh="处罚决定不得重于告知的内容，不得因陈述、申辩而给予更重的处罚。",
    en="The decision is heavier than what the party was told. Decide no more than that, or serve a new notice.",
    tells=_heavier,
)
def not_heavier(f: PenaltyFacts) -> bool:
    """The decision is not heavier than what the party was told; where it was told nothing, another rule refuses."""
    return not f.case.HasField("notice") or not heavier(f.penalty(), f.case.notice.penalty)


def _reached(f: PenaltyFacts, *, sector: bool) -> dict[str, str]:
    """The lowest amount that was reached of those that the sector sets, or of all others."""
    amounts = [r.value for r in f.for_the_heads() if r.unit == "fen" and (r.layer == f.sector()) == sector]
    return {"discussed_from": yuan(min(amounts))} if amounts else {}


@rule(
    "COLLECTIVE_DISCUSSION_REQUIRED",
    guard="G-41",
    warning="EW-08",
    law="APL-2021:57(2)",
    zh="情节复杂或者重大违法行为给予行政处罚，应当由行政机关负责人集体讨论决定。",
    en="A complex or major case was not discussed by the heads together. Discuss it, and hand in the record and who took part.",
    tells=lambda f: _reached(f, sector=False),
)
def discussed(f: PenaltyFacts) -> bool:
    """What was found complex, or is major by its amount or kind, the heads discuss, with a record of who took part."""
    asked = any([found.layer != f.sector() for found in f.for_the_heads()])
    return f.discussion().held or not (asked or f.case.review.complexity.strip())


@rule(
    "COLLECTIVE_DISCUSSION_REQUIRED",
    guard="G-41",
    warning="EW-08",
    law="APL-2021:57(2)",
    zh="依照本部门规章属于情节复杂或者重大的案件，应当由行政机关负责人集体讨论决定。",
    en="By the rules of the sector the heads discuss this case. Let them, and hand in the record and who took part.",
    tells=lambda f: _reached(f, sector=True),
)
def discussed_as_the_sector_asks(f: PenaltyFacts) -> bool:
    """What the sector's own rules count as complex or major is decided by the heads together, with a record of who took part."""
    asked = any([found.layer == f.sector() for found in f.for_the_heads()])
    return f.discussion().held or not asked


def _handlers(f: PenaltyFacts) -> dict[str, str]:
    return {"members": ",".join(m for m in f.discussion().members if f.handled(m))}


@rule(
    "SOD_VIOLATION",
    guard="G-11 G-41",
    warning="EW-08",
    law="APL-2021:57(2)",
    zh="集体讨论由行政机关负责人参加，办案人员不得作为讨论决定的成员。",
    en="Somebody who investigates or investigated the case took part in the discussion. Let the other heads discuss it.",
    tells=_handlers,
)
def heads_apart(f: PenaltyFacts) -> bool:
    """Who investigates a case is not among the heads who discuss and decide it."""
    return not _handlers(f)["members"]


@rule(
    "SIMPLE_LIMIT_EXCEEDED",
    guard="G-45",
    warning="EW-33",
    law="APL-2021:51",
    zh="当场处罚限于警告，或者对公民二百元以下、对法人或者其他组织三千元以下的罚款。",
    en="This is more than may be decided on the spot. Register a clue and follow the ordinary procedure.",
    tells=lambda f: {"limit": yuan(f.limits().spot_fine)},
)
def within_spot_limit(f: PenaltyFacts) -> bool:
    """On the spot only a warning is given, or a fine up to the limit of article 51."""
    return f.penalty().fine.fen <= f.limits().spot_fine and set(f.penalty().kinds) <= _ON_THE_SPOT


@rule(
    "SIMPLE_FORM_DEFECT",
    guard="G-46",
    warning="EW-33",
    law="APL-2021:52(1);APL-2021:44",
    zh="当场处罚应当填写编有号码的决定书，告知事实、理由、依据和权利，并听取陈述申辩。",
    en="The form has no number, or the party was not told its rights or not heard. Do and record all three.",
)
def form_complete(f: PenaltyFacts) -> bool:
    """The form is numbered, the party was told, and was heard."""
    form = f.form()
    return bool(form.number.strip() and form.rights_told and form.statement_heard)
