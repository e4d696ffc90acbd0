"""The records of a node are not what was received before, or cannot be."""

from collections.abc import Iterable

from services.supervision.warning.catalogue import RED, Finding, warning
from services.supervision.warning.seen import SeenChain

# What is said of each fault, in Chinese and English.
FAULTS = {
    "GAP": (
        "{node}的{service}记录从第{expected}条到第{found}条之间有缺失。",
        "Records of {service} at {node} are missing: number {expected} was expected, {found} came.",
    ),
    "FORK": (
        "{node}的{service}第{found}条记录与此前收到的记录链不符。",
        "Record {found} of {service} at {node} does not continue the chain received before.",
    ),
}


@warning("CHAIN", RED, law="ASR-2025:12[2]", zh="记录链中断", en="Chain of records broken", watches="chain")
def chain_broken(seen: SeenChain) -> Iterable[Finding]:
    """What a reader of a node's events found wrong with them."""
    zh, en = FAULTS[seen.fault]
    yield Finding(
        at=seen.now,
        zh=zh.format_map(seen.figures),
        en=en.format_map(seen.figures),
        about=seen.about,
        reason=seen.fault,
    )
