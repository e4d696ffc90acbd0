"""The rules of services/law/procedures/penalty/lenience.py broken."""

from collections.abc import Callable
from datetime import date

from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.enforcement.v1.evidence_mark_pb2 import EVIDENCE_VERDICT_VERIFIED

from tests.law.penalty.change import Breaks, put
from tests.law.penalty.known import Known

REMOVED = penalties.LENIENCE_GROUND_HARM_REMOVED


def lenient(fen: int | None = None, **said: object) -> Callable[[Known], None]:
    """The penalty as it is, called lighter; with another fine where one is given."""

    def change(f: Known) -> None:
        changed = penalties.Penalty.FromString(f.known["penalty"].SerializeToString())
        values = {
            "degree": penalties.LENIENCE_DEGREE_LIGHTER,
            "grounds": [REMOVED],
            "reasons": "已消除危害后果",
        }
        changed.lenience.CopyFrom(penalties.Lenience(**(values | said)))
        if fen is not None:
            changed.fine.fen = fen
        f.known["penalty"] = changed

    return change


def _sixteen(f: Known) -> None:
    put(f.case, "violation.occur_time", 60)
    f.case.party.kind = parties.PARTY_KIND_CITIZEN
    f.known["birth_date"] = date(2010, 1, 1)


def _unproved(f: Known) -> None:
    lenient()(f)
    f.known["lenience_proofs"] = (1, 0)


def _left_out(f: Known) -> None:
    """The notice told of it, the decision does not."""
    f.known["penalty"] = penalties.Penalty.FromString(f.known["penalty"].SerializeToString())
    f.case.notice.penalty.lenience.grounds.append(REMOVED)


def _closed(f: Known) -> None:
    """The band speaks of a fine, or a warning, and a closure is imposed."""
    lenient()(f)
    f.known["penalty"].kinds.append(penalties.PENALTY_KIND_CLOSURE)


BREAKS: Breaks = {
    "young_lighter": _sixteen,
    "lenience_grounded": lenient(reasons=" "),
    "young_shown": lenient(grounds=[penalties.LENIENCE_GROUND_UNDER_EIGHTEEN]),
    "lenience_proved": _unproved,
    "lenience_kept": _left_out,
    "shown_counted": lambda f: (
        setattr(f.case.evidence_marks[0], "verdict", EVIDENCE_VERDICT_VERIFIED),
        f.case.evidence_marks[0].circumstances.append(REMOVED),
    ),
    "partly_shown": lenient(grounds=[penalties.LENIENCE_GROUND_PARTLY_RESPONSIBLE], evidence_ids=["E-9"]),
    "lighter": lenient(300_000_00),
    "lighter_in_kind": _closed,
}
