"""What the law asks about an appointment, and about the officer who is to hold a post."""

from datetime import UTC, datetime

from yifa.registry.v1 import post_pb2

from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.procedure import whole
from services.law.procedures import post as law
from services.law.rule import fact
from services.registry.appointment.model import Appointment, appointments, gone
from services.registry.body.model import Body
from services.registry.certificate.standing import expiry
from services.registry.lawful import Looked
from services.registry.officer.model import Officer
from services.registry.post.model import Post

NEVER = datetime.max.replace(tzinfo=UTC)
"""Where no rule that binds here has those in sensitive posts rotated."""


@whole
class StayFacts(Looked, law.StayFacts):
    """An appointment that is to run for a time; `over` says whether it ended already, or would go on after its end."""

    def __init__(self, tx: Tx, stay: law.Stay, over: bool) -> None:
        super().__init__(tx)
        self._stay, self._over = stay, over

    def stay(self) -> law.Stay:
        return self._stay

    def over(self) -> bool:
        return self._over


@whole
class AppointmentFacts(StayFacts, law.AppointmentFacts):
    """An officer who is to hold a post for a time."""

    def __init__(self, tx: Tx, post: post_pb2.Post, officer: Officer, stay: law.Stay) -> None:
        super().__init__(tx, stay, over=False)
        self.post, self._officer = post, officer

    @fact
    def held(self) -> tuple[law.Held, ...]:
        rows = appointments(self.tx, Appointment.officer_id == self._officer.officer_id)
        return tuple(
            law.Held(row.appointment_id, row.post_id, law.Stay(row.from_time, row.until_time)) for row in rows
        )

    def duties(self, post_id: str) -> frozenset[int]:
        return frozenset(post_pb2.Post.FromString(self.tx.get(Post, post_id).record).duties)

    def sector(self) -> str:
        body = self.tx.find(Body, self.post.body_id)
        return self.tx.sector_of(body.field) if body is not None else ""

    def body_id(self) -> str:
        return self._officer.body_id

    def gone(self) -> datetime | None:
        return gone(self._officer, self.post.body_id)

    def rotation_due(self, since: datetime) -> datetime:
        years = self.tx.parameters.value("post.rotation", since.astimezone(SHANGHAI).date())
        return expiry(since, years.value) if years.ordered else NEVER
