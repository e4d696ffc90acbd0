"""The acts of a mediation: bound to its procedure, its table and its facts."""

from typing import Any

from yifa.enforcement.v1 import mediation_pb2 as pb

from services.enforcement.mediation.facts import Mediating
from services.enforcement.mediation.model import Mediation
from services.kit.act import Acts
from services.law.procedures.mediation import MEDIATION

_STATES = {n: name.removeprefix("MEDIATION_STATE_") for name, n in pb.MediationState.items()}


def columns(mediation: pb.Mediation) -> dict[str, Any]:
    return {
        "body_id": mediation.body_id,
        "state": _STATES[mediation.state],
        "collective": mediation.group,
        "version": mediation.version,
    }


act = Acts(
    row=Mediation,
    record=pb.Mediation,
    key="mediation_id",
    procedure=MEDIATION,
    facts=Mediating,
    columns=columns,
    tags=("mediation_id",),
)
