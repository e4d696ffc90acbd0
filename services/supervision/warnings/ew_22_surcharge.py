"""EW-22: more was taken as a surcharge than had accrued. What is charged by the body itself mirrors the rules of enforcement."""

from collections.abc import Iterable

from yifa.enforcement.v1.case_pb2 import Case

from services.law.moment import moment_at
from services.law.procedures.penalty.amounts import yuan
from services.law.procedures.penalty.outcome import in_force
from services.law.procedures.penalty.owed import owed
from services.supervision.warning.catalogue import Finding, also, said
from services.supervision.warning.seen import PAYING, SeenCase


@also("EW-22", watches="case", on=PAYING)
def surcharge_too_high(seen: SeenCase) -> Iterable[Finding]:
    """By the day of a payment more had been taken as a surcharge than three per cent for each day since the fine was late, those
    of remedies and of a deferral left out, and never more than the fine (APL 72, 73(3); ACL 45(2)).
    """
    case = seen.case
    if not in_force(case):
        return
    for n, paid in enumerate(case.payments):
        at = moment_at(paid, "pay_time")
        limit = seen.limits(at, "EW-22.tolerance") if at is not None and paid.surcharge.fen else None
        if at is None or limit is None:
            continue
        taken = sum(each.surcharge.fen for each in case.payments[: n + 1])
        accrued = owed(as_paid(case, n), at, seen.look.calendar).accrued.fen
        if taken <= accrued + limit[0]:
            continue
        beyond = taken > case.decision.penalty.fine.fen
        why = (
            ("超出罚款本数", "more than the fine itself")
            if beyond
            else ("超过依法累计的数额", "more than had accrued")
        )
        yield Finding(
            at=at,
            zh=f"至{said(at)}已收取加处罚款{yuan(taken)}元，依法累计{yuan(accrued)}元，{why[0]}。",
            en=f"By {said(at)} {yuan(taken)} yuan had been taken as a surcharge, and {yuan(accrued)} had accrued: {why[1]}.",
            about=paid.bank_reference or str(n),
            reason="SURCHARGE_TOO_HIGH",
            law="ACL-2011:45(2)" if beyond else "APL-2021:73(3);APL-2021:72(1)[1]",
        )


def as_paid(case: Case, last: int) -> Case:
    """The case with its payments up to one of them."""
    stood = Case.FromString(case.SerializeToString())
    del stood.payments[last + 1 :]
    return stood
