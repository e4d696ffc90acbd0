"""What the law asks before a certificate is shown (亮证)."""

from abc import abstractmethod

from services.law.procedure import Procedure
from services.law.process import table
from services.law.rule import Facts, rule


class ShownFacts(Facts):
    """What is asked before a certificate is shown."""

    @abstractmethod
    def standing(self) -> str:
        """How the certificate stands."""

    @abstractmethod
    def why_not(self) -> tuple[str, str]:
        """What that means, in English and Chinese."""


@rule(
    "CERTIFICATE_NOT_IN_FORCE",
    law="APL-2021:55(1)",
    zh="出示的行政执法证件应当在有效期内且未被暂扣、吊销、注销。",
    en="The certificate is not in force, so it is not shown.",
    tells=lambda f: {"standing": f.standing(), "why_en": f.why_not()[0], "why_zh": f.why_not()[1]},
)
def certificate_in_force(f: ShownFacts) -> bool:
    """Only a certificate that is in force is shown."""
    return f.standing() == "ACTIVE"


SHOWING_TABLE = table(
    "showing",
    (
        "SHOW_CERTIFICATE",
        "",
        "",
        "APL-2021:55(1)",
        (certificate_in_force,),
        "",
        ("亮证", "Show the certificate"),
    ),
    titles=("亮证", "Showing of certificates"),
)
SHOWING = Procedure("showing", ShownFacts, SHOWING_TABLE)
