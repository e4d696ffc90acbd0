"""The acts of a guide: bound to its procedure, its table and its facts."""

from typing import Any

from yifa.enforcement.v1 import permit_guide_pb2 as pb

from services.enforcement.permit_guide.facts import Guiding
from services.enforcement.permit_guide.model import PermitGuide
from services.kit.act import Acts
from services.law.procedures.permit_guide import PERMIT_GUIDE

_STATES = {n: name.removeprefix("PERMIT_GUIDE_STATE_") for name, n in pb.PermitGuideState.items()}


def columns(guide: pb.PermitGuide) -> dict[str, Any]:
    return {
        "body_id": guide.body_id,
        "item_id": guide.item_id,
        "state": _STATES[guide.state],
        "version": guide.version,
    }


act = Acts(
    row=PermitGuide,
    record=pb.PermitGuide,
    key="guide_id",
    procedure=PERMIT_GUIDE,
    facts=Guiding,
    columns=columns,
    tags=("guide_id",),
)
