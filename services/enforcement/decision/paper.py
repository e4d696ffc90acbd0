"""What the paper of a decision says of address, bank, seal and remedies: by the record, the registry and the city's settings."""

from yifa.enforcement.v1 import case_pb2 as cases

from services.law.parameters import Layers


def paper_of(case: cases.Case, seal: str, parameters: Layers) -> cases.DecisionPaper:
    """As a decision of a case is set now (APL 59; FCS 7); what nobody set is left blank. Each says what is added to a fine
    that is paid late (put_surcharge).
    """
    said = parameters.numbering(case.sector)
    return cases.DecisionPaper(
        address=case.party.address.strip(),
        bank=said.bank.strip(),
        bank_address=said.bank_address.strip(),
        seal=seal,
        reconsideration=said.government.strip(),
        court=said.court.strip(),
        surcharge=True,
    )
