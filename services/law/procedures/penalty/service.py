"""The service of the decision: in which way, in which order of the ways, and by what each is proved (APL 61; CPL 87-95)."""

from dataclasses import replace
from datetime import datetime

from yifa.enforcement.v1.case_pb2 import ServiceMethod

from services.law.clock import catalogue, due
from services.law.moment import moment_at
from services.law.procedures import serving
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.procedures.shared import local, under
from services.law.rule import Rule, rule

LAW = "APL-2021:61(1)"
_ANY = frozenset(ServiceMethod.values())
_WAYS = _ANY - {ServiceMethod.SERVICE_METHOD_UNSPECIFIED}
LEFT, POST = ServiceMethod.SERVICE_METHOD_LEFT, ServiceMethod.SERVICE_METHOD_POST


def _of(way: int, shared: Rule, law: str) -> Rule:
    """A rule on one way of service, as the article of a decision asks for it; other ways are none of its business."""

    def asked(f: PenaltyFacts) -> bool:
        return f.service_method() in _ANY - {way} or shared.holds(f)

    asked.__name__ = shared.holds.__name__
    return replace(under(shared, law, warning="EW-33"), holds=asked)


refused_and_left = _of(LEFT, serving.refused_before_witness, f"{LAW};CPL-2023:89")
direct_failed = _of(POST, serving.direct_failed, f"{LAW};CPL-2023:91")
other_ways_failed = under(
    serving.other_ways_failed, f"{LAW};CPL-2023:95(1)", reason="OTHER_WAYS_LEFT", warning="EW-33"
)


@rule(
    "SERVICE_PROOF_MISSING",
    guard="G-53",
    warning="EW-33",
    law="APL-2021:61(1)",
    zh="送达应当载明送达方式，并有送达回证。",
    en="Nothing proves the service, or it is not said in which way it was served. Name the way and the receipt.",
)
def receipt_given(f: PenaltyFacts) -> bool:
    """It is said in which way it was served, and a receipt proves it."""
    return f.service_method() in _WAYS and bool(f.receipt().strip())


@rule(
    "OTHER_WAYS_LEFT",
    guard="G-53",
    warning="EW-33",
    law="APL-2021:61(1);CPL-2023:95(1)",
    zh="受送达人下落不明，或者用其他方式无法送达的，方可公告送达，并应当说明原因。",
    en="It is not said why the party cannot be served in another way. Say it (cause): it cannot be found, or which ways failed.",
)
def no_other_way(f: PenaltyFacts) -> bool:
    """Public notice is the last resort: for a party that cannot be found, or that no other way reaches."""
    return bool(f.cause().strip())


@rule(
    "ALREADY_DONE",
    law="APL-2021:61(1)",
    zh="该决定已公告送达。",
    en="The decision was announced for service already.",
)
def not_announced_yet(f: PenaltyFacts) -> bool:
    """A decision is announced for service once."""
    return not f.case.HasField("announcement")


_OTHER_WAYS = _ANY - {ServiceMethod.SERVICE_METHOD_PUBLIC_NOTICE}


def _run_out(f: PenaltyFacts) -> datetime | None:
    """When a public notice has served the party (CPL 95(1)); None without one."""
    own = f.move.act == "SERVE_OWN_CORRECTION"
    announced = moment_at(f.case, f"{'correcting_paper.' if own else ''}announcement.announce_time")
    made = PenaltyFacts.after(f)
    if announced is None or made is None or announced < made:
        return None
    return due(catalogue()["PEN-17"], announced, f.calendar).at


@rule(
    "PUBLIC_NOTICE_RUNS",
    guard="G-53",
    warning="EW-33",
    law="APL-2021:61(1);CPL-2023:95(1)",
    zh="公告送达的，自发出公告之日起经过三十日，即视为送达；未公告或者期限未满的，不得登记为公告送达。",
    en="The decision was not announced, or thirty days have not passed since. Announce it (AnnounceService, "
    "AnnounceOwnCorrection), and wait.",
    tells=lambda f: {"until": local(end)} if (end := _run_out(f)) else {},
)
def notice_run_out(f: PenaltyFacts) -> bool:
    """By public notice a decision is served when thirty days have passed since it was announced."""
    if f.service_method() in _OTHER_WAYS:
        return True
    end = _run_out(f)
    return end is not None and f.at() > end


_NOT_ELECTRONIC = _ANY - {ServiceMethod.SERVICE_METHOD_ELECTRONIC}


@rule(
    "ESERVICE_CONSENT_MISSING",
    guard="G-54",
    warning="EW-33",
    law="APL-2021:61(2)",
    zh="电子送达应当经当事人同意并签订确认书：应当载明送达之前存入本案的确认书（书证附文件或者其哈希值，或者本案文件的编号），以及确认书所载的传真号、电子邮箱等送达地址。",
    en="No confirmation signed by the party for electronic service was on record in this case by then, or no address is named. "
    "Name the document among the evidence, with its file or sha256, or the file of this case (consent), and the address that it "
    "has (address), or serve in another way.",
)
def electronic_consented(f: PenaltyFacts) -> bool:
    """Electronic service rests on a confirmation that the party signed, on record when it is served, and goes to its address."""
    if f.service_method() in _NOT_ELECTRONIC:
        return True
    return bool(f.electronic_consent().strip() and f.electronic_address().strip())
