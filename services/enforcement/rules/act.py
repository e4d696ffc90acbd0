"""What the law asks of any act: its time, who does it, how a case begins. Pure."""

from services.enforcement.facts import Facts, moment_of
from services.law.process import rule


@rule("ACT_IN_FUTURE", law="APL-2021:47", zh="行为应当如实记录：尚未发生的行为不得记录。")
def not_in_future(f: Facts) -> bool:
    """An act is recorded after it was done, not before."""
    return f.at <= f.now


@rule("ACTS_OUT_OF_ORDER", law="APL-2021:47", zh="行为不得早于其所依据的前一行为。")
def in_order(f: Facts) -> bool:
    """An act may not lie before the act it builds on."""
    return f.after is None or f.at >= f.after


@rule("NON_FILING_REASON_REQUIRED", law="SAMR-2022:20", zh="不予立案应当说明理由。")
def cause_given(f: Facts) -> bool:
    """A clue is not filed only for a stated reason."""
    return f.cause is None or bool(f.cause.strip())


@rule(
    "FILING_CONDITIONS_NOT_MET",
    law="SAMR-2022:19(1)[1]",
    zh="立案应当有证据初步证明存在违法行为：未载明随线索取得或者经核查取得的证据。",
)
def first_evidence(f: Facts) -> bool:
    """A case is filed when evidence, got with the clue or by its check, shows at first sight that the act happened."""
    return f.first_evidence is not False


@rule(
    "FILING_CONDITIONS_NOT_MET",
    law="SAMR-2022:19(1)[2]",
    zh="立案的行为应当依法给予行政处罚：未载明违反的规定、裁量基准事项或者权责清单事项。",
)
def punishable(f: Facts) -> bool:
    """A case is filed about an act that is to be penalised: it names the article, the benchmark item or the power item."""
    return f.punishable is not False


@rule("LIMITATION_EXPIRED", law="APL-2021:36(1)", zh="违法行为超过追责时效才被发现，不再给予行政处罚。")
def within_limitation(f: Facts) -> bool:
    """An act discovered after the limitation period is not penalised."""
    found = f.case.clue.receive_time
    return f.limitation_end is None or moment_of(found) <= f.limitation_end


@rule("NOT_ON_CASE", law="APL-2021:42(1)", zh="该行为应当由本案承办执法人员办理。")
def by_handling_officers(f: Facts) -> bool:
    """Only the handling officers of the case do this."""
    return f.on_case is not False
