"""The ways of the registry's records, as tables, by noun; and the step along one."""

from typing import Any

from services.law.process import Process, Unlawful
from services.registry.process.annual_review import ANNUAL_REVIEW
from services.registry.process.body import BODY
from services.registry.process.certificate import CERTIFICATE, MEASURE, TRANSFER
from services.registry.process.exam import EXAM, EXAM_ENTRY, LEADER_TEST
from services.registry.process.points import POINTS
from services.registry.process.power import POWER_ITEM
from services.registry.process.roster import QUALIFICATION
from services.registry.process.training import TRAINING

__all__ = [
    "ANNUAL_REVIEW",
    "BODY",
    "CERTIFICATE",
    "EXAM",
    "EXAM_ENTRY",
    "LEADER_TEST",
    "MEASURE",
    "POINTS",
    "POWER_ITEM",
    "QUALIFICATION",
    "TRAINING",
    "TRANSFER",
    "step",
]


def step(process: Process, act: str, state: str, facts: Any, **about: str) -> str:
    """The state that an act leads to. Raises Unlawful, whose metadata also names the record."""
    try:
        return process.step(act, state, facts).target
    except Unlawful as no:
        no.about.update(about)
        raise
