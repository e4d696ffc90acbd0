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
        "{node}的{service}有两份记录：自第{found}条起，与此前收到的不同；此前收到的至第{last}条。"
        "该节点可能恢复了旧备份，或者同时运行了两份。",
        "{service} at {node} has two histories: from record {found} on they differ, up to {last} another one had been "
        "received. The node was set back to an older copy, or runs twice.",
    ),
    "FORGED": (
        "收到以{node}的{service}名义发出、但不可信的记录（内容与其校验值、主题不符，未经该节点签名，或者该节点无权发出），未予处理，已留存待查。",
        "A record of {service} at {node} is forged: {why}. Nobody acted on it; it is kept.",
    ),
    "REWRITTEN": (
        "{node}的{service}所签署的日志校验点，与此前收到的记录或者此前的校验点不一致（第{found}条）：其记录可能被改写。",
        "What {node} signed of its journal of {service} is not what was received (record {found}): {why}. "
        "It may have been rewritten.",
    ),
    "IMPOSSIBLE": (
        "收到来自{node}的{service}、不能成立的记录（格式错误或者编号不可能），未予处理，已留存待查。",
        "What came as a record of {service} at {node} cannot be one: {why}. Nobody acted on it; it is kept.",
    ),
    "UNTAKEN": (
        "{node}有{found}条事件在本市无法处理，已搁置，接近上限（{last}条）；超出上限的留在事件流中，不会丢失，处理后自动补收。",
        "{found} events of {node} were not taken in here and are parked, near the bound of {last}. What is beyond stays in the "
        "stream and is read again once there is room.",
    ),
    "EPOCH": (
        "{node}的{service}遗失第{expected}条至第{last}条记录后续记，这些编号不再使用；本市留存其中{kept}条：{names_zh}",
        "{service} at {node} goes on after it lost records {expected} to {last}; their numbers are not used again. The city has "
        "{kept} of them: {names_en}",
    ),
    "DROPPED": (
        "{node}的{service}续记时略去了已签署的第{expected}条至第{signed}条记录：此前的校验点仍然有效，须查明是遗失还是删除。"
        "本市留存其中：{names_zh}",
        "{service} at {node} goes on without records {expected} to {signed}, which its node had signed. The signed heads of "
        "before still hold: somebody has to find out whether the records were lost or got rid of. The city has of them: "
        "{names_en}",
    ),
    "LATE": (
        "{node}的{service}自第{found}条起的记录迟到，现已补收。",
        "Records of {service} at {node} from {found} on came late, after later ones.",
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
