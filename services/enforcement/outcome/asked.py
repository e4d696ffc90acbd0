"""How a remedy ended, as an act hands it in."""

from datetime import datetime
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases

from services.law.moment import put_moment
from services.law.procedures.penalty.corrected import CORRECTS
from services.law.procedures.penalty.outcome import REPLACES


def outcome_of(asked: Any, at: datetime) -> cases.Outcome:
    """The outcome that a RecordOutcomeRequest tells of, which took effect then."""
    told = cases.Outcome(
        kind=asked.kind,
        remedy=asked.remedy,
        authority=asked.authority.strip(),
        document=asked.document.strip(),
        anew=asked.anew,
        procedure_only=asked.procedure_only,
        third_party_request=asked.third_party_request,
        unanswered=asked.unanswered,
    )
    put_moment(told.outcome_time, at)
    for name in ("remedy_from_time", "anew_until_time", "penalty"):
        if asked.HasField(name):
            getattr(told, name).CopyFrom(getattr(asked, name))
    return told


def unfit(asked: Any) -> dict[str, tuple[str, str]]:
    """What of a RecordOutcomeRequest cannot stand in one paper, by its fields, in English and Chinese."""
    replaces, annulled = asked.kind in REPLACES, asked.kind == cases.OUTCOME_KIND_ANNULLED
    by_reconsideration = (
        asked.remedy == cases.REMEDY_RECONSIDERATION and asked.kind in CORRECTS and not replaces
    )
    wrong = {
        "penalty": (
            replaces != asked.HasField("penalty"),
            "is given where the decision was changed or agreed otherwise, and only there",
            "变更、调解的应当载明新的处罚内容，其他情形不得载明",
        ),
        "anew": (
            asked.anew and not annulled,
            "is said by an annulment alone",
            "仅撤销决定可以责令重新作出",
        ),
        "procedure_only": (
            asked.procedure_only and not asked.anew,
            "is asked where it has to be decided anew",
            "仅在责令重新作出时载明",
        ),
        "unanswered": (
            asked.unanswered and not by_reconsideration,
            "is said by a reconsideration decision that annuls, declares unlawful or void, or orders to perform",
            "仅复议机关撤销、确认违法、确认无效或者责令履行的决定可以载明逾期未答复",
        ),
    }
    return {name: (en, zh) for name, (broken, en, zh) in wrong.items() if broken}
