"""The rules of services/law/procedures/penalty/questioning.py broken."""

from collections.abc import Callable
from typing import Any

from yifa.enforcement.v1.evidence_pb2 import Inquiry

from tests.law.penalty.change import Breaks, facts
from tests.law.penalty.known import INQUIRY, Known


def _held(**changed: Any) -> Callable[[Known], Any]:
    said = Inquiry.FromString(INQUIRY.SerializeToString())
    for name, value in changed.items():
        setattr(said, name, value)
    return facts(inquiry=said)


BREAKS: Breaks = {
    "inquiry_told": facts(inquiry=None),
    "heard_alone": _held(alone=False),
    "heard_apart": facts(questioned_meanwhile=("另一证人",)),
    "inquiry_signed": _held(signature=" ", refusal_note="拒绝签名"),
}
