"""What the law asks about a certificate that is to be shown."""

from datetime import datetime

from services.law.procedure import whole
from services.law.procedures import showing as law
from services.law.rule import NotAsked


@whole
class Shown(law.ShownFacts):
    """How a certificate that is to be shown stands."""

    def __init__(self, standing: str, why_not: tuple[str, str]) -> None:
        self._standing, self._why_not = standing, why_not

    def at(self) -> datetime:
        raise NotAsked

    def standing(self) -> str:
        return self._standing

    def why_not(self) -> tuple[str, str]:
        return self._why_not
