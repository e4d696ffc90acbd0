"""What the law asks of a penalty: its kind, its amount, what it may not exceed. Pure."""

from yifa.enforcement.v1.case_pb2 import PenaltyKind

from services.enforcement.facts import CONFISCATIONS, Facts, fine_range, heavier, is_major
from services.law.process import rule

_FINE = PenaltyKind.PENALTY_KIND_FINE
_ON_THE_SPOT = {PenaltyKind.PENALTY_KIND_WARNING, _FINE}


@rule("CORRECTION_ORDER_MISSING", law="APL-2021:28(1)", zh="实施行政处罚应当责令当事人改正或者限期改正。")
def correction_ordered(f: Facts) -> bool:
    """A penalty comes with an order to correct, at once or by a date."""
    return f.penalty is None or bool(f.penalty.correction_order.strip())


@rule(
    "SANCTION_KIND_NOT_ALLOWED",
    law="APL-2021:9",
    zh="应当载明法定的处罚种类；罚款、没收应当与其种类和金额相符。",
)
def kinds_allowed(f: Facts) -> bool:
    """A penalty names kinds of article 9; a fine has its amount, and an amount its kind."""
    if f.penalty is None:
        return True
    kinds = set(f.penalty.kinds)
    known = bool(kinds) and 0 not in kinds and kinds <= set(PenaltyKind.values())
    confiscated = f.penalty.confiscation.fen == 0 or not CONFISCATIONS.isdisjoint(kinds)
    return known and confiscated and (_FINE in kinds) == (f.penalty.fine.fen > 0)


@rule(
    "DISCRETION_NOT_STATED",
    law="GBF-2022-27:12;APL-2021:34",
    zh="应当载明所适用的已公布裁量基准档次；按比例处罚的应当载明基数。",
)
def band_stated(f: Facts) -> bool:
    """A band of a published benchmark is named, with the base amount when it is a rate."""
    if f.penalty is None:
        return True
    return f.band is not None and (not f.band.max_rate or f.penalty.base.fen > 0)


@rule(
    "DISCRETION_OUT_OF_BAND",
    law="GBF-2022-27:12",
    zh="罚款数额超出裁量基准，且未载明理由并经办案人员以外的负责人批准。",
)
def inside_band(f: Facts) -> bool:
    """The fine lies inside the band, or a head who does not handle the case approved the stated reason."""
    if f.penalty is None or f.band is None:
        return True
    allowed = fine_range(f.band, f.penalty.base.fen)
    if allowed is None or allowed[0] <= f.penalty.fine.fen <= allowed[1]:
        return True
    approver = f.penalty.deviation_approver.strip()
    others = approver and all(approver != o.officer_id for o in f.case.officers)
    return bool(f.penalty.deviation_reason.strip() and others)


@rule(
    "AGGRAVATED_AFTER_DEFENCE",
    law="APL-2021:45(2);APL-2021:62",
    zh="处罚决定不得重于告知的内容，不得因陈述、申辩而给予更重的处罚。",
)
def not_heavier(f: Facts) -> bool:
    """The decision is not heavier than what the party was told."""
    if f.penalty is None or not f.case.HasField("notice"):
        return True
    return not heavier(f.penalty, f.case.notice.penalty)


@rule(
    "COLLECTIVE_DISCUSSION_REQUIRED",
    law="APL-2021:57(2)",
    zh="重大违法行为给予行政处罚，应当由行政机关负责人集体讨论决定。",
)
def discussed(f: Facts) -> bool:
    """A major penalty is decided by the heads together, with a record of who took part."""
    if f.discussed is not False or f.penalty is None or f.thresholds is None:
        return True
    return not is_major(f.penalty, f.thresholds)


@rule(
    "SIMPLE_LIMIT_EXCEEDED",
    law="APL-2021:51",
    zh="当场处罚限于警告，或者对公民二百元以下、对法人或者其他组织三千元以下的罚款。",
)
def within_spot_limit(f: Facts) -> bool:
    """On the spot only a warning is given, or a fine up to the limit of article 51."""
    if f.penalty is None or f.thresholds is None:
        return True
    return f.penalty.fine.fen <= f.thresholds.spot_fine and set(f.penalty.kinds) <= _ON_THE_SPOT


@rule(
    "SIMPLE_FORM_DEFECT",
    law="APL-2021:52(1);APL-2021:44",
    zh="当场处罚应当填写编有号码的决定书，告知事实、理由、依据和权利，并听取陈述申辩。",
)
def form_complete(f: Facts) -> bool:
    """The form is numbered, the party was told, and was heard."""
    return f.form is None or bool(f.form.number.strip() and f.form.rights_told and f.form.statement_heard)
