"""The rules that the law puts on a change of a permit that its holder asks for (ALIC 49)."""

from services.law.procedures.permit.facts import PermitFacts
from services.law.rule import rule


@rule(
    "PERMIT_CHANGE_NOT_SAID",
    law="ALIC-2019:49",
    zh="变更申请应当载明要求变更的许可事项和变更后的内容；前一变更申请尚未作出决定的，不得重复登记。",
    en="It is not said what of the permit the holder wants changed, or an earlier change is not decided yet. State it (content), "
    "or decide the earlier one first.",
)
def change_said(f: PermitFacts) -> bool:
    """A holder asks for a change of what is said, one at a time (ALIC 49)."""
    return bool(f.record.change.content.strip()) and f.record.change.pending is False


@rule(
    "PERMIT_CHANGE_NOT_ASKED",
    law="ALIC-2019:49",
    zh="被许可人没有提出变更申请，或者已经作出决定。",
    en="The holder asked for no change that is not decided. Record what it asks for first (AskPermitChange).",
)
def change_asked(f: PermitFacts) -> bool:
    """What is decided was asked for (ALIC 49)."""
    return f.record.change.pending is True


@rule(
    "PERMIT_CHANGE_NOT_EXAMINED",
    law="ALIC-2019:49",
    zh="变更应当符合法定条件、标准，并载明审查意见。",
    en="It is not said why the conditions are met with the change. State it (opinion), or decline it.",
)
def change_examined(f: PermitFacts) -> bool:
    """A permit is changed where the conditions are met with it (ALIC 49)."""
    return bool(f.record.change.opinion.strip())
