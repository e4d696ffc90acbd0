"""What the law asks about an officer whose attendance is put right."""

from datetime import datetime

from services.kit.tx import Tx
from services.law.procedure import whole
from services.law.procedures import training as law
from services.registry.lawful import Looked
from services.registry.officer.model import Officer, since


@whole
class Credit(Looked, law.CreditFacts):
    """An officer, and when the training began."""

    def __init__(self, tx: Tx, officer: Officer, begins: datetime) -> None:
        super().__init__(tx)
        self._officer, self._begins = officer, begins

    def at_city(self) -> bool:
        return self.tx.node == self.tx.city

    def on_roster(self) -> bool:
        return self._officer.node == self.tx.node

    def moved_since(self) -> bool:
        return bool(self._officer.former) and since(self._officer) > self._begins
