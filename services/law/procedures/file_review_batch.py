"""Drawing case files for review (案卷抽样): the list is frozen and the hash of the seed published before the number."""

from abc import abstractmethod
from collections import Counter
from datetime import datetime

from yifa.supervision.v1.file_review_pb2 import FileReviewBatch

from services.law.procedure import Procedure
from services.law.procedures.inspection_draw import number_has_come, number_to_come, seed_as_promised
from services.law.procedures.shared import under
from services.law.process import table
from services.law.rule import Facts, rule

LAW = "GD-FILE:6;ASR-2025:15"
MOST_FILES = 3000
"""How many files a list may hold: with its strata it has to be carried by one event."""
MOST_DRAWN = 300
"""How many files a sample may draw."""


class BatchFacts(Facts):
    """The batch with what the act hands in (`draw`), and the node's own time."""

    draw: FileReviewBatch
    now: datetime

    @abstractmethod
    def days_right(self) -> bool:
        """Whether the days name a period, none of it still to come."""

    def drawn_at_most(self) -> int:
        """How many files are drawn, if none lies in two strata."""
        sizes = Counter(stratum for file in self.draw.files for stratum in file.strata)
        return sum(min(size, self.draw.per_stratum) for size in sizes.values())

    @abstractmethod
    def standard_held(self) -> bool:
        """Whether every file of the list has a standard by which it is reviewed."""


@rule(
    "FILE_PERIOD_WRONG",
    law=LAW,
    zh="评查期间的截止日不得晚于今日，起始日不得晚于截止日。",
    en="The period ends after today, or before it begins. Name one that has come.",
)
def period_come(f: BatchFacts) -> bool:
    """Reviewed are files that are closed: of days that have come."""
    return f.days_right() is True


@rule(
    "NO_FILES",
    law=LAW,
    zh="该期间没有可供评查的已办结案卷。",
    en="No file of such a kind was closed in the period. Name another period, department or kind.",
)
def files_there(f: BatchFacts) -> bool:
    """There is something to be drawn."""
    return len(f.draw.files) > 0


@rule(
    "TOO_MANY_FILES",
    law=LAW,
    zh="案卷过多，一次抽取的名录容纳不下，请缩短期间或者分部门抽取。",
    en="More files were closed in the period than one list holds. Shorten it, or draw department by department.",
    tells=lambda f: {"most": str(MOST_FILES)},
)
def list_holds_all(f: BatchFacts) -> bool:
    """The list is whole: nothing is left out of it silently."""
    return len(f.draw.files) <= MOST_FILES


@rule(
    "SAMPLE_TOO_LARGE",
    law=LAW,
    zh="分层和每层卷数过多，一次抽取的案卷超过上限，请减少每层卷数或者分部门抽取。",
    en="So many strata with so many files of each come to more than one sample holds. Ask for fewer, or draw by department.",
    tells=lambda f: {"most": str(MOST_DRAWN), "drawn": str(f.drawn_at_most())},
)
def sample_bounded(f: BatchFacts) -> bool:
    """A sample can be reviewed: it is no second list of all the files."""
    return f.drawn_at_most() <= MOST_DRAWN


@rule(
    "NO_FILE_STANDARD",
    law="GD-FILE:15",
    zh="名录中的案卷没有可以适用的评查标准。",
    en="A file of the list has no standard that held on this day. Draw from a day on which one holds.",
)
def standard_held(f: BatchFacts) -> bool:
    """A file is reviewed by a standard that holds (GD-FILE 15)."""
    return f.standard_held() is True


# fmt: off
TABLE = table(
    "file_review_batch",
    ("COMMIT_FILE_REVIEW_BATCH", "", "COMMITTED", LAW,
     (period_come, files_there, list_holds_all, sample_bounded, standard_held, under(number_to_come, LAW)),
     "OVERSIGHT", ("公布评查抽样承诺", "Commit to the sample")),
    ("DRAW_FILE_REVIEW_BATCH", "COMMITTED", "DRAWN", LAW, (under(number_has_come, LAW), under(seed_as_promised, LAW)),
     "OVERSIGHT", ("随机抽取案卷", "Draw the files")),
    titles=("案卷评查抽样", "Sample of case files"),
    ends="DRAWN",
)
# fmt: on
FILE_REVIEW_BATCH = Procedure("file_review_batch", BatchFacts, TABLE)
