"""What the law asks about a training: who holds it, when it began, until when it is corrected."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from yifa.registry.v1 import training_pb2 as messages
from yifa.registry.v1.body_pb2 import EnforcementBody

from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.moment import moment_of
from services.law.procedure import whole
from services.law.procedures import training as law
from services.law.rule import NotAsked, fact
from services.registry.appointment.heading import headed
from services.registry.body.model import Body, body_proto
from services.registry.lawful import Looked
from services.registry.request import number
from services.registry.training.model import year_of


@whole
class Organiser(Looked, law.OrganiserFacts):
    """Who holds training for a body, or for the city where no body is named. Raises Missing for an unknown body."""

    def __init__(self, tx: Tx, body_id: str, kind: int = messages.TRAINING_KIND_UNSPECIFIED) -> None:
        super().__init__(tx)
        self._body_id, self._kind = body_id, kind

    def at_city(self) -> bool:
        return self.tx.node == self.tx.city

    @fact
    def bodies(self) -> tuple[EnforcementBody, ...]:
        return (body_proto(self.tx.get(Body, self._body_id)),) if self._body_id else ()

    def kind(self) -> int:
        return self._kind


class PlanFacts(Looked, law.PlanFacts):
    """What a plan says that is handed in."""

    def __init__(self, tx: Tx, plan: Any) -> None:
        super().__init__(tx)
        items = (text for item in plan.items for text in (item.topic, item.audience))
        self.texts = (plan.goal, *items)


@whole
class TrainingFacts(Organiser, law.TrainingFacts):
    """A training as it stands; `corrected` says whether a correction changes it, `listed` who is put on record as there."""

    def __init__(
        self,
        tx: Tx,
        training: messages.Training,
        corrected: bool | None = None,
        listed: Iterable[messages.Attendance] | None = None,
    ) -> None:
        super().__init__(tx, training.body_id, training.kind)
        self.training, self._corrected, self._listed = training, corrected, listed

    @fact
    def closing(self) -> datetime:
        year = year_of(moment_of(self.training.start_time))
        days = number(self.tx, "training.correction.days")
        return datetime(year + 1, 1, 1, tzinfo=SHANGHAI) + timedelta(days=days)

    def corrected(self) -> bool:
        if self._corrected is None:
            raise NotAsked
        return self._corrected

    @fact
    def not_heads(self) -> tuple[str, ...]:
        if self._listed is None:
            raise NotAsked
        at = self.begins()
        return tuple(each.officer_id for each in self._listed if not headed(self.tx, each.officer_id, at))


@whole
class Held(Looked, law.HeldFacts):
    """Something that is put on record as held at a moment."""

    def __init__(self, tx: Tx, begins: datetime) -> None:
        super().__init__(tx)
        self._begins = begins

    def begins(self) -> datetime:
        return self._begins
