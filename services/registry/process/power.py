"""The way of an item of a power list, as a table."""

# ruff: noqa: E501
from services.law.process import Move, Process
from services.registry.rules.power import based, firm

# fmt: off
_CHANGE = {"law": "CBZ-2019-7:14", "rules": (based, firm), "title_zh": "拟定变更", "title_en": "Draft a change"}
_PUBLISH = {"law": "CBZ-2019-7:14", "rules": (based, firm), "title_zh": "公布", "title_en": "Publish"}
_REVIEW = {"law": "HRB-2008-58", "title_zh": "依据变动，列入清理", "title_en": "Review after a change of law"}

POWER_ITEM = Process(
    "power_item",
    #    act        from            to
    Move("PROPOSE", "",             "DRAFT",        "CBZ-2019-7:14", (based, firm), title_zh="拟定事项", title_en="Draft the item"),
    Move("CHANGE",  "DRAFT",        "DRAFT",        **_CHANGE),
    Move("CHANGE",  "PUBLISHED",    "CHANGED",      **_CHANGE),
    Move("CHANGE",  "CHANGED",      "CHANGED",      **_CHANGE),
    Move("CHANGE",  "UNDER_REVIEW", "CHANGED",      **_CHANGE),
    Move("PUBLISH", "DRAFT",        "PUBLISHED",    **_PUBLISH),
    Move("PUBLISH", "CHANGED",      "PUBLISHED",    **_PUBLISH),
    Move("REVIEW",  "DRAFT",        "DRAFT",        **_REVIEW),
    Move("REVIEW",  "PUBLISHED",    "UNDER_REVIEW", **_REVIEW),
    Move("REVIEW",  "CHANGED",      "CHANGED",      **_REVIEW),
    Move("REVIEW",  "UNDER_REVIEW", "UNDER_REVIEW", **_REVIEW),
    Move("KEEP",    "UNDER_REVIEW", "PUBLISHED",    "HRB-2008-58", (based, firm), title_zh="清理后保留", title_en="Keep after review"),
    *(Move("REMOVE", state, "REMOVED", "HRB-2008-58", title_zh="取消事项", title_en="Remove the item")
      for state in ("DRAFT", "PUBLISHED", "CHANGED", "UNDER_REVIEW")),
    titles=("权责事项", "Item of a power list"),
)
# fmt: on
