"""A trace as rows: each span under its parent, with its place on the time line."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from services.console.traces import Span

# The time line is drawn in thousandths; the shortest bar has to be seen.
WIDTH = 1000
SHORTEST = 2
COLOURS = 8


@dataclass(frozen=True)
class Row:
    """One span. `orphan` means that its parent has not come: still running, or lost with its process.

    The call that a trace begins with is none: who called it need not send spans.
    """

    span: Span
    depth: int
    left: int
    width: int
    orphan: bool
    colour: int


@dataclass(frozen=True)
class Waterfall:
    rows: tuple[Row, ...]
    services: dict[str, int]
    start_ns: int
    duration_ns: int

    @property
    def failed(self) -> int:
        return sum(row.span.failed for row in self.rows)


def waterfall(spans: Sequence[Span]) -> Waterfall:
    """Rows in the order of a tree, children by start. Every span is there once, even if parents form a ring."""
    start = min(s.start_ns for s in spans)
    total = max(1, max(s.end_ns for s in spans) - start)
    by_id = {s.span_id: s for s in spans}
    children: defaultdict[str, list[Span]] = defaultdict(list)
    roots: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start_ns, -s.end_ns)):
        (children[span.parent_id] if span.parent_id in by_id else roots).append(span)
    services: dict[str, int] = {}
    rows: list[Row] = []
    seen: set[str] = set()
    # Spans that no root reaches form a ring; each of them may stand as a root then.
    stack = [(s, 0) for s in reversed([*roots, *(s for s in spans if s.parent_id in by_id)])]
    while stack:
        span, depth = stack.pop()
        if span.span_id in seen:
            continue
        seen.add(span.span_id)
        colour = services.setdefault(span.service, len(services) % COLOURS)
        left = min(WIDTH - SHORTEST, (span.start_ns - start) * WIDTH // total)
        width = max(SHORTEST, min(WIDTH - left, span.duration_ns * WIDTH // total))
        outside = span is roots[0] and span.kind == "SERVER" if roots else False
        orphan = bool(span.parent_id) and span.parent_id not in by_id and not outside
        rows.append(Row(span, depth, left, width, orphan, colour))
        stack.extend((child, depth + 1) for child in reversed(children[span.span_id]))
    return Waterfall(tuple(rows), services, start, total)
