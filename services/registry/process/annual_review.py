"""The way of a certificate's yearly review, as a table."""

# ruff: noqa: E501
from services.law.process import Move, Process
from services.registry.rules.annual_review import CONDITIONS, retrained

# fmt: off
ANNUAL_REVIEW = Process(
    "annual_review",
    #    act          from      to
    Move("PASS",      "",       "PASSED",    "MOT-CERT:30", CONDITIONS, title_zh="审验合格", title_en="Pass"),
    Move("FAIL",      "",       "FAILED",    "MOT-CERT:31", title_zh="审验不合格", title_en="Fail"),
    Move("RE_REVIEW", "FAILED", "RETRAINED", "MOT-CERT:32", (retrained,), title_zh="离岗培训后复审合格", title_en="Pass after retraining"),
    titles=("执法证年审", "Annual review of certificates"),
)
# fmt: on
