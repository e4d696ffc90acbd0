"""Yearly plans of training, as they are kept."""

from typing import Any

from sqlalchemy import select
from sqlmodel import Field
from yifa.registry.v1 import training_plan_pb2 as messages

from services.registry.row import Row


class TrainingPlan(Row, table=True):
    plan_id: str = Field(primary_key=True)
    node: str
    year: int
    version: int
    record: bytes


def plan_values(plan: messages.TrainingPlan) -> dict[str, Any]:
    return {
        "node": plan.node,
        "year": plan.year,
        "version": plan.version,
        "record": plan.SerializeToString(),
    }


PLANS = select(TrainingPlan.plan_id, TrainingPlan.record)
