"""When a case goes to another body, and when nobody is to have it (APL 22, 25)."""

from yifa.enforcement.v1.case_pb2 import Case

from services.law.procedures.penalty.body import designated, may_enforce
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.rule import rule


def came_in(case: Case) -> bool:
    """Whether a case was transferred here by another body."""
    return bool(case.transfer.to_case_id) and case.transfer.to_case_id == case.case_id


def disputed(case: Case) -> bool:
    """Whether jurisdiction over a transferred case is disputed and not settled."""
    return case.transfer.HasField("dispute_time") and not case.transfer.HasField("settle_time")


@rule(
    "RECEIVER_NOT_QUALIFIED",
    law="APL-2021:22;APL-2021:38(1)",
    zh="受移送的主体不具有行政处罚主体资格，或者就是本案的承办主体。",
    en="The receiver may not enforce, or handles this case itself. Name another body that may.",
)
def receiver_qualified(f: PenaltyFacts) -> bool:
    """A case is transferred to another body that may enforce."""
    to = f.receiver()
    return to.body_id != f.case.body_id and may_enforce(to, to.node, f.now, f.now)


@rule(
    "TRANSFERRED_AGAIN",
    law="SAMR-2022:14",
    zh="移送来的案件不得再自行移送；对管辖权有异议的，应当报请共同的上一级行政机关指定管辖。",
    en="This case was transferred here and is not transferred on. Dispute the transfer, and refer it to the common superior.",
)
def not_sent_on(f: PenaltyFacts) -> bool:
    """A case that was transferred here is not transferred on; who disputes it asks the common superior."""
    return not came_in(f.case)


@rule(
    "TRANSFERRED_AGAIN",
    law="INTERNAL",
    zh="经指定管辖的案件不得自行移送；确需变更的，应当报请指定管辖的行政机关决定。",
    en="The common superior designated this case. Only the superior may change that.",
)
def not_given_away(f: PenaltyFacts) -> bool:
    """A case that the common superior designated is not transferred on, or designating it would come to nothing; one that came
    in is refused for that already."""
    return came_in(f.case) or not designated(f.case)


@rule(
    "NOT_TRANSFERRED",
    law="SAMR-2022:14",
    zh="本案不是移送来的案件。",
    en="This case was not transferred here.",
)
def transferred_in(f: PenaltyFacts) -> bool:
    """Only a case that was transferred here is taken over or disputed."""
    return came_in(f.case)


@rule(
    "ALREADY_DONE",
    law="SAMR-2022:14",
    zh="本案已接收移送。",
    en="The transferred case was taken over already.",
)
def not_acknowledged(f: PenaltyFacts) -> bool:
    """A transferred case is taken over once, and not disputed any more then."""
    return not f.case.transfer.HasField("acknowledge_time")


@rule(
    "ALREADY_DONE",
    law="SAMR-2022:14",
    zh="本案已提出管辖异议。",
    en="Jurisdiction over this case was disputed already.",
)
def not_disputed_yet(f: PenaltyFacts) -> bool:
    """Jurisdiction over a transferred case is disputed once."""
    return not f.case.transfer.HasField("dispute_time")


@rule(
    "ALREADY_DONE",
    law="APL-2021:25(2)",
    zh="本案管辖争议已报请指定管辖。",
    en="The dispute was referred to the common superior already.",
)
def not_referred_yet(f: PenaltyFacts) -> bool:
    """A dispute is referred to the common superior once."""
    return not f.case.transfer.HasField("refer_time")


@rule(
    "NOT_DISPUTED",
    law="APL-2021:25(2)",
    zh="本案不存在尚未解决的管辖争议。",
    en="Nobody disputes jurisdiction over this case, and it was not designated; there is nothing to take back.",
)
def dispute_open(f: PenaltyFacts) -> bool:
    """There is a dispute over jurisdiction that is not settled, or the superior designated this case."""
    return disputed(f.case) or designated(f.case)


@rule(
    "NOT_DISPUTED",
    law="APL-2021:25(2)",
    zh="本案不存在尚未解决的管辖争议。",
    en="No dispute over this case is open; there is nothing to refer.",
)
def not_settled(f: PenaltyFacts) -> bool:
    """What was settled or designated is not referred to the superior."""
    return disputed(f.case)


@rule(
    "JURISDICTION_DISPUTED",
    law="APL-2021:25(2)",
    zh="本案管辖争议尚未解决。",
    en="Jurisdiction over this case is disputed. Wait until the dispute is settled.",
)
def undisputed(f: PenaltyFacts) -> bool:
    """While jurisdiction over a case is disputed, it is neither filed nor declined nor transferred."""
    return not disputed(f.case)
