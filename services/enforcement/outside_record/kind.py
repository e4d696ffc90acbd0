"""What differs between an inspection, a measure, a referral and a permit that another system reports: the acts here, the facts
of its rules, and how one begins.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import inspection_pb2 as inspections
from yifa.enforcement.v1 import measure_pb2 as measures
from yifa.enforcement.v1 import outside_pb2 as pb
from yifa.enforcement.v1 import permit_pb2 as permits
from yifa.enforcement.v1 import referral_pb2 as referrals

from services.enforcement.inspection import acts as inspection
from services.enforcement.inspection.act import act as inspection_act
from services.enforcement.inspection.taking import opened
from services.enforcement.measure import acts as measure
from services.enforcement.measure import publicity as measure_publicity
from services.enforcement.measure.act import act as measure_act
from services.enforcement.measure.act import new_measure
from services.enforcement.outside.stage import KIND_OF, field_of
from services.enforcement.outside_record.facts import (
    AsTold,
    ToldInspection,
    ToldMeasure,
    ToldPermit,
    ToldReferral,
)
from services.enforcement.permit import acts as permit
from services.enforcement.permit import after as permit_after
from services.enforcement.permit import changing as permit_changing
from services.enforcement.permit import held as permit_held
from services.enforcement.permit import indemnity as permit_indemnity
from services.enforcement.permit.act import act as permit_act
from services.enforcement.permit.act import new_permit
from services.enforcement.referral import acts as referral
from services.enforcement.referral.act import act as referral_act
from services.enforcement.referral.act import new_referral
from services.kit.act import Acts
from services.law.event import announced_by
from services.law.procedures import names_of
from services.law.procedures.elsewhere import INSPECTION, MEASURE, PERMIT, REFERRAL, Kept
from services.law.procedures.inspection.acts import ACTS
from services.law.procedures.measure.recorded import DONE as MEASURED
from services.law.procedures.referral.recorded import DONE as REFERRED
from services.law.process import Move


@dataclass(frozen=True)
class Kind:
    """`done`: where the record says when an act was done, if the act does not put it there. `begin` makes the record of a stage's
    case before any act.
    """

    kept: Kept
    act: Acts
    methods: Mapping[str, Any]
    facts: Callable[..., Any]
    done: Mapping[str, str]
    begin: Callable[[pb.OutsideStage, str, Any], Any]

    @property
    def name(self) -> str:
        return self.kept.name


def _methods(kept: Kept, *modules: Any) -> Mapping[str, Any]:
    """The acts of some modules by the fields of the stages that tell of them."""
    named = {field_of(move.method) for move in kept.table.moves} & KIND_OF.keys()
    return MappingProxyType({n: next(vars(m)[n] for m in modules if n in vars(m)) for n in named})


def _inspection(stage: pb.OutsideStage, _case_id: str, tx: AsTold) -> inspections.Inspection:
    record = opened(stage.inspection, tx)  # type: ignore[arg-type]
    record.ClearField("open_time")
    record.ClearField("opener")
    return record


def _measure(stage: pb.OutsideStage, case_id: str, tx: AsTold) -> measures.Measure:
    asked = measures.RequestMeasureRequest(case_id=case_id, kind=stage.measure_kind)
    return new_measure(asked, tx)  # type: ignore[arg-type]


def _referral(_stage: pb.OutsideStage, case_id: str, tx: AsTold) -> referrals.Referral:
    record = new_referral(referrals.FlagCrimeRequest(case_id=case_id), tx)  # type: ignore[arg-type]
    record.ClearField("amount")
    return record


def _permit(stage: pb.OutsideStage, _case_id: str, tx: AsTold) -> permits.Permit:
    return new_permit(stage.permit, tx)  # type: ignore[arg-type]


_PERMIT_ACTS = (permit, permit_after, permit_held, permit_changing, permit_indemnity)
CASELESS = frozenset({INSPECTION.name, PERMIT.name})
"""Of these none serves a case: each has what it is about with it."""
KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            Kind(
                INSPECTION,
                inspection_act,
                _methods(INSPECTION, inspection),
                ToldInspection,
                {each.act: each.done for each in ACTS.values()},
                _inspection,
            ),
            Kind(
                MEASURE,
                measure_act,
                _methods(MEASURE, measure, measure_publicity),
                ToldMeasure,
                MEASURED,
                _measure,
            ),
            Kind(REFERRAL, referral_act, _methods(REFERRAL, referral), ToldReferral, REFERRED, _referral),
            Kind(PERMIT, permit_act, _methods(PERMIT, *_PERMIT_ACTS), ToldPermit, {}, _permit),
        )
    }
)


@cache
def event_of(name: str, move: Move) -> Any:
    """The event that announces a move of a procedure."""
    wanted = set(names_of(move))
    found = (
        each
        for each in events.DESCRIPTOR.message_types_by_name.values()
        if name in each.fields_by_name
        and (each.full_name in move.events or (wanted and set(announced_by(each.full_name)) == wanted))
    )
    return getattr(events, next(found).name)
