"""A service among others: it hears what they announce, and counts by the calendar that the city proclaims."""

from google.protobuf.message import Message
from yifa.journal.v1.events_pb2 import CheckpointMade, CheckpointsWitnessed, EpochBegun, JournalWanted
from yifa.law.v1.events_pb2 import CalendarYearLoaded

from services.kit.access import Gate
from services.kit.calendar import Keeper, on_year_loaded
from services.kit.checkpoint.epoch import on_epoch
from services.kit.checkpoint.keeping import witnesses
from services.kit.checkpoint.witness import on_made, on_witnessed
from services.kit.door import Door
from services.kit.journal import Envelope
from services.kit.reactions import Reaction, Reactor, reactions
from services.kit.service import Running, Service
from services.kit.settings import Settings
from services.kit.telemetry import Telemetry
from services.kit.tx import Tx


class Member(Running):
    """A running service with its ears: what it reacts to, and the calendar years that it keeps."""

    def __init__(
        self,
        service: Service,
        settings: Settings,
        gate: Gate,
        telemetry: Telemetry | None = None,
        door: Door | None = None,
    ):
        super().__init__(service, settings, gate, telemetry, door)
        self.keeper = Keeper(self)
        heads: dict[type[Message], Reaction] = {CheckpointsWitnessed: on_witnessed}
        if witnesses(self):
            heads[CheckpointMade], heads[EpochBegun] = self.on_made, self.on_epoch
        heard = {CalendarYearLoaded: on_year_loaded, JournalWanted: self.on_wanted}
        table = reactions(heard, heads, service.reactions)
        self.reactor = Reactor(self, table, service.on_broken)

    def on_made(self, event: CheckpointMade, tx: Tx, about: Envelope) -> None:
        on_made(self, event, tx, about)

    def on_epoch(self, event: EpochBegun, tx: Tx, about: Envelope) -> None:
        on_epoch(self, event, tx, about)

    def on_wanted(self, _event: JournalWanted, _tx: Tx, about: Envelope) -> None:
        """Somebody lacks events of this node: its stream is to be begun anew, and the journals fill it."""
        if about.to == self.settings.node or (
            about.to == "city" and self.settings.node == self.settings.city
        ):
            self.wanted = True
