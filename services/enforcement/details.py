"""What a refusal tells besides its sentences, by reason. Pure."""

from collections.abc import Callable
from datetime import datetime

from services.enforcement.facts import Facts, fine_range, moment_of
from services.enforcement.rules.recusal import barred, pending
from services.law.calendar import SHANGHAI


def local(at: datetime) -> str:
    return at.astimezone(SHANGHAI).isoformat(timespec="seconds")


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}"


def _unfit(facts: Facts, *, suspended: bool) -> dict[str, str]:
    wrong = [p.officer_id for p in facts.officers or () if (p.suspended if suspended else not p.certified)]
    return {"officer_id": ",".join(wrong), "at": local(facts.at)}


def _band(facts: Facts) -> dict[str, str]:
    assert facts.penalty is not None and facts.band is not None
    low, high = fine_range(facts.band, facts.penalty.base.fen) or (0, 0)
    return {"fine": yuan(facts.penalty.fine.fen), "min": yuan(low), "max": yuan(high)}


def _threshold(facts: Facts) -> dict[str, str]:
    return {"threshold": yuan(facts.thresholds.hearing_fine)} if facts.thresholds else {}


def _spot_limit(facts: Facts) -> dict[str, str]:
    return {"limit": yuan(facts.thresholds.spot_fine)} if facts.thresholds else {}


def _window(facts: Facts) -> dict[str, str]:
    notice = facts.case.notice
    return {"window_end": local(moment_of(notice.window_end))} if notice.HasField("window_end") else {}


def _heavier(facts: Facts) -> dict[str, str]:
    decided = facts.penalty.fine.fen if facts.penalty else 0
    return {"noticed": yuan(facts.case.notice.penalty.fine.fen), "decided": yuan(decided)}


DETAILS: dict[str, Callable[[Facts], dict[str, str]]] = {
    "TWO_CERTIFIED_OFFICERS": lambda f: _unfit(f, suspended=False),
    "CERTIFICATE_SUSPENDED": lambda f: _unfit(f, suspended=True),
    "CERTIFICATE_OUT_OF_SCOPE": lambda f: {
        "officers": ",".join(p.officer_id for p in f.officers or () if p.outside)
    },
    "CERTIFICATE_OUT_OF_AREA": lambda f: {
        "officers": ",".join(p.officer_id for p in f.officers or () if p.elsewhere),
        "area_code": f.place or f.case.area_code,
    },
    "REVIEWER_NOT_QUALIFIED": lambda f: {"person": f.caller or ""},
    "SUBJECT_NOT_QUALIFIED": lambda f: {"body_id": f.case.body_id},
    "NO_LEGAL_BASIS": lambda f: {"body_id": f.case.body_id, "item_id": f.case.item_id},
    "PLACE_OUTSIDE_JURISDICTION": lambda f: {"body_id": f.case.body_id, "area_code": f.case.area_code},
    "LEVEL_NOT_COMPETENT": lambda f: {"body_id": f.case.body_id, "item_id": f.case.item_id},
    "JURISDICTION_CONFLICT": lambda f: {
        "other_case_id": f.filed_before.case_id if f.filed_before else "",
        "other_case_number": f.filed_before.case_number if f.filed_before else "",
    },
    "ENTRUSTMENT_INVALID": lambda f: {"body_id": f.case.body_id, "item_id": f.case.item_id},
    "SUCCESSOR_NOT_NAMED": lambda f: {"body_id": f.case.body_id},
    "NOT_ON_CASE": lambda f: {"person": f.caller or ""},
    "FILING_CONDITIONS_NOT_MET": lambda f: {
        "missing": ",".join(
            name for name, met in (("evidence", f.first_evidence), ("law", f.punishable)) if met is False
        )
    },
    "OFFICER_RECUSED": lambda f: {"officers": ",".join(barred(f))},
    "RECUSAL_PENDING_DECISION": lambda f: {"recusal_id": ",".join(r.recusal_id for r in pending(f.case))},
    "RECUSAL_NOT_OWN": lambda f: {"person": f.caller or ""},
    "RECUSAL_OWN_DECISION": lambda f: {"person": f.recusal.officer_id if f.recusal else ""},
    "SOD_VIOLATION": lambda f: {"person": f.caller or ""},
    "DISCRETION_OUT_OF_BAND": _band,
    "HEARING_RIGHT_NOT_TOLD": _threshold,
    "NO_DECISION_WITHOUT_NOTICE": _window,
    "HEARING_REQUEST_LATE": _window,
    "AGGRAVATED_AFTER_DEFENCE": _heavier,
    "OVERPAID": lambda f: {"due": yuan(f.due)},
    "SIMPLE_LIMIT_EXCEEDED": _spot_limit,
    "ACT_IN_FUTURE": lambda f: {"at": local(f.at)},
    "ACTS_OUT_OF_ORDER": lambda f: {"at": local(f.at), "after": local(f.after) if f.after else ""},
}
