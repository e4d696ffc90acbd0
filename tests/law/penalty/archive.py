"""The rules of services/law/procedures/penalty/archive.py broken."""

from tests.law.penalty.change import Breaks, facts, time

BREAKS: Breaks = {
    "not_archived_yet": time("archive.archive_time"),
    "volume_complete": facts(issued=frozenset({"filing"})),
}
