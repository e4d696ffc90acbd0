"""The rules of services/law/procedures/penalty/spot.py broken."""

from services.law.procedures.penalty.facts import SpotForm
from tests.law.penalty.change import Breaks, case, facts

BREAKS: Breaks = {
    "violation_stated": case(lambda c: setattr(c.violation, "title", " ")),
    "signed_or_noted": facts(form=SpotForm("F-1", True, True)),
    "reconsideration_first_told": facts(
        form=SpotForm("F-1", True, True, True, reconsideration_authority=" ")
    ),
    "form_unused": facts(form_used=True),
    "enough_on_the_spot": facts(officer_ids=("O-1",)),
}
