"""Once it is decided and served: payment, filing with the city, publication, closing (APL 48, 52, 67)."""

from collections.abc import Mapping
from types import MappingProxyType

from yifa.enforcement.v1.case_pb2 import CloseGround, Procedure

from services.law.procedures.penalty.amounts import yuan
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.procedures.penalty.outcome import UNDOES, on_show
from services.law.procedures.penalty.performance import undone
from services.law.rule import rule


@rule(
    "COLLECT_DECIDE_SEPARATION",
    guard="G-50",
    warning="EW-33",
    law="APL-2021:67(2)",
    zh="罚款应当缴入指定银行，行政机关及其执法人员不得自行收缴。",
    en="The payment has no bank reference. Fines are paid to the designated bank; give its reference.",
)
def paid_to_bank(f: PenaltyFacts) -> bool:
    """Fines are paid to the designated bank, which gives a reference."""
    return bool(f.bank_reference().strip())


@rule(
    "COLLECT_DECIDE_SEPARATION",
    guard="G-50",
    warning="EW-33",
    law="APL-2021:67(1)",
    zh="作出罚款决定应当与收缴罚款分离：决定人和本案办案人员不得登记缴款。",
    en="Who decided or investigated the case records no payment of it. Let somebody else of the finance unit do it.",
    tells=lambda f: {"persons": ",".join(n for n in f.collectors() if n.strip())},
)
def collected_apart(f: PenaltyFacts) -> bool:
    """Who collects the fine neither decided nor investigated; where nobody is named, that is not kept."""
    names = f.collectors()
    return bool(names) and all(n.strip() and n != f.case.decision.decider and not f.handled(n) for n in names)


@rule(
    "OVERPAID",
    law="APL-2021:67(3)",
    zh="缴款数额超过应缴罚款和加处罚款余额。",
    en="More is paid than is due. Record no more than that.",
    tells=lambda f: {"due": yuan(f.owed().total.fen)},
)
def not_overpaid(f: PenaltyFacts) -> bool:
    """No more is paid than is due, of the fine and its surcharge; of nothing, nothing is paid."""
    due = f.owed().total.fen
    return due > 0 and f.amount() <= due


@rule(
    "NOT_MAJOR",
    law="LN-SUP:16",
    zh="仅重大行政处罚决定需报送备案。",
    en="The penalty is not a major one; it is not filed with the city legal office.",
)
def major(f: PenaltyFacts) -> bool:
    """Only a major penalty is filed with the city legal office."""
    return bool(f.case.decision.major)


@rule(
    "ALREADY_DONE",
    law="LN-SUP:16",
    zh="该决定已报送备案。",
    en="The decision was filed with the city legal office already.",
)
def not_filed_yet(f: PenaltyFacts) -> bool:
    """A decision is filed with the city legal office once."""
    return not f.case.HasField("report_time")


@rule(
    "DECISION_MISSING",
    law="APL-2021:48(1)",
    zh="本案未作出处罚决定。",
    en="The case has no decision that could be made public.",
)
def decision_made(f: PenaltyFacts) -> bool:
    """Only a decision that was made can be made public."""
    return bool(f.case.HasField("decision"))


@rule(
    "ALREADY_DONE",
    law="APL-2021:48(1)",
    zh="该决定已公开。",
    en="The decision was made public already.",
)
def not_published_yet(f: PenaltyFacts) -> bool:
    """A decision is made public once."""
    return not f.case.HasField("publish_time")


@rule(
    "DECISION_SET_ASIDE",
    warning="EW-33",
    law="APL-2021:48(2)",
    zh="该决定已被变更、撤销、确认违法或者确认无效。",
    en="The decision was changed, annulled, or declared unlawful or void. Nothing rests on it any more.",
    tells=lambda f: {"document": f.case.set_aside.document},
)
def stands(f: PenaltyFacts) -> bool:
    """A decision that was set aside is not made public."""
    return not f.case.HasField("set_aside")


@rule(
    "NOT_TO_BE_WITHDRAWN",
    law="APL-2021:48(2)",
    zh="仅已公开且被变更、撤销、确认违法或者确认无效的决定，以及不应公开的决定应当撤回，且只撤回一次。",
    en="Only a published decision that was set aside, or should not be public (ground), is withdrawn, and once. Record first by "
    "whom it was set aside, or name the ground.",
)
def to_be_withdrawn(f: PenaltyFacts) -> bool:
    """What is withdrawn is public still, and was set aside since or should never have been public."""
    shown = on_show(f.case)
    public = shown.HasField("publish_time") and not shown.HasField("withdrawal")
    return public and (shown.HasField("set_aside") or bool(f.withhold_ground()))


@rule(
    "ALREADY_DONE",
    law="APL-2021:52(3)",
    zh="该当场处罚决定已报所属机关备案。",
    en="The on-the-spot decision was filed with the own agency already.",
)
def not_reported_yet(f: PenaltyFacts) -> bool:
    """An on-the-spot decision is filed with the own agency once."""
    return not f.case.HasField("spot_report_time")


# What a case may be closed on though the fine is not paid, by the names under which layers say which of it they have.
GROUNDS: Mapping[int, str] = MappingProxyType(
    {
        CloseGround.CLOSE_GROUND_COURT_ACCEPTED: "closing.court_accepted",
        CloseGround.CLOSE_GROUND_ENFORCEMENT_ENDED: "closing.enforcement_ended",
        CloseGround.CLOSE_GROUND_SET_ASIDE: "closing.set_aside",
    }
)


def _another_ground(f: PenaltyFacts) -> bool:
    """Whether the case is closed on something that the sector's rules have, with its paper, and as the records show.

    Where there is no such ground nobody is asked for one.
    """
    if not any([_open(f, ground) for ground in GROUNDS]):
        return False
    said = f.closing()
    shown = said.ground == CloseGround.CLOSE_GROUND_SET_ASIDE or (
        bool(said.document.strip()) and f.enforced(said.ground)
    )
    return shown and _open(f, said.ground)


def _open(f: PenaltyFacts, ground: int) -> bool:
    """Whether the sector's rules have a ground, and the records show it."""
    key = GROUNDS.get(ground, "")
    if not key or not f.parameter(key, f.at()):
        return False
    if ground == CloseGround.CLOSE_GROUND_SET_ASIDE:
        return f.case.set_aside.kind in UNDOES
    return f.enforced(ground)


@rule(
    "TERMINATION_NOT_REASONED",
    guard="G-56",
    warning="EW-33",
    law="SAMR-2022:47",
    zh="终止案件应当说明理由。",
    en="No reason is given for ending the case without a decision. State it (cause).",
)
def termination_reasoned(f: PenaltyFacts) -> bool:
    """A case ends without a decision only for a stated reason."""
    return bool(f.cause().strip())


@rule(
    "CLOSE_NOT_ALLOWED",
    guard="G-56",
    warning="EW-33",
    law="SAMR-2022:77",
    tells=lambda f: {"undone": ",".join(undone(f.case, f.at())), "due": yuan(f.owed().total.fen)},
    zh="处罚决定尚未执行完毕（罚款和加处罚款未缴清，或者没收、停产停业、吊销等内容没有履行证明），也没有规章规定的其他结案情形及其文书，或者当场处罚决定尚未报所属机关备案，不得结案。",
    en="The fine or its surcharge is not paid or another order not shown to be carried out (RecordPerformance), nor another "
    "ground of the sector's rules shown (closing), or the on-the-spot decision not filed with the own agency. Do that first.",
)
def settled(f: PenaltyFacts) -> bool:
    """A case is closed when fine and surcharge are paid and all else that was ordered is carried out, or another ground of the
    sector's rules is shown, and a spot decision was filed.
    """
    reported = f.case.procedure != Procedure.PROCEDURE_SUMMARY or f.case.HasField("spot_report_time")
    paid = f.owed().total.fen <= 0
    return reported and ((paid and not undone(f.case, f.at())) or _another_ground(f))


@rule(
    "CLOSE_NOT_ALLOWED",
    guard="G-56",
    law="APL-2021:28(1)",
    zh="责令改正尚未履行完毕，不得结案；请说明改正情况。",
    en="It is not said how the order to correct was carried out. See to it, and say it (closing.correction).",
)
def corrected(f: PenaltyFacts) -> bool:
    """Where the sector's rules ask it, a penalty that was carried out closes a case when the act is put right too."""
    if not f.parameter("closing.correction", f.at()):
        return True
    return bool(f.closing().correction.strip()) or _another_ground(f)
