"""python -m services.lawdocs.reasons: write what the rules say into each service's reason.proto.

A reason of a rule is described by its rules alone: what is wrong and what would mend it, in both languages, the articles, the
guards, the methods that refuse for it. Numbers and examples in the file stay, a new reason is appended, and what no rule gives (a
reason of a list or of the edge) keeps its own words.
"""

import re
import sys
import textwrap
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from services.lawdocs import code

HEAD = re.compile(r"^(?P<head>.*?enum Reason \{\n  REASON_UNSPECIFIED = 0;\n)", re.S)
ENTRY = re.compile(
    r"(?P<comment>(?:^  //[^\n]*\n)*)^  REASON_(?P<name>[A-Z0-9_]+) = (?P<number>\d+);\n", re.M
)
EXAMPLE = re.compile(r"^  //     \{.*\n(?:^  //     .*\n)*", re.M)
WIDTH = 124


@dataclass(frozen=True)
class Entry:
    """One reason as the file has it."""

    name: str
    number: int
    comment: str


def path_of(service: str) -> Path:
    return code.ROOT / "proto" / "yifa" / service / "v1" / "reason.proto"


def read(text: str) -> list[Entry]:
    """The reasons of a file, in its order."""
    found = ENTRY.finditer(text[HEAD.match(text).end() :])  # type: ignore[union-attr]
    return [Entry(m["name"], int(m["number"]), m["comment"]) for m in found]


def written(service: str, text: str) -> str:
    """The file as the rules have it."""
    given = by_reason(service)
    entries = read(text)
    last = max((e.number for e in entries), default=0)
    known = {e.name for e in entries}
    entries += [Entry(name, last + n, "") for n, name in enumerate(sorted(given.keys() - known), 1)]
    head = HEAD.match(text)["head"]  # type: ignore[index]
    body = "\n".join(
        f"{comment(e, given[e.name]) if e.name in given else e.comment}  REASON_{e.name} = {e.number};\n"
        for e in entries
    )
    return f"{head}\n{body}}}\n"


def by_reason(service: str) -> dict[str, list[code.Held]]:
    """The rules of a service that refuse for each reason."""
    found: dict[str, list[code.Held]] = defaultdict(list)
    for held in code.rules():
        if held.service == service and held.rule.severity == "block":
            found[held.rule.reason].append(held)
    return dict(found)


def comment(entry: Entry, rules: list[code.Held]) -> str:
    """What the rules of a reason say, and the example that the file gives of it."""
    lines: list[str] = []
    for held in rules:
        about = "; ".join(filter(None, (held.rule.law, held.rule.guard, ", ".join(held.methods))))
        lines += textwrap.wrap(
            f"{held.rule.says} {held.rule.says_zh} ({about})", WIDTH, break_long_words=False
        )
    example = EXAMPLE.search(entry.comment)
    shown = example.group() if example else f'  //     {{"reason": "{entry.name}"}}\n'
    return "".join(f"  // {line}\n" for line in dict.fromkeys(lines)) + f"  //\n{shown}"


def stale() -> list[Path]:
    """The files that differ from what the rules say."""
    files = {service: path_of(service) for service in code.names()}
    return [
        path
        for service, path in files.items()
        if path.exists() and written(service, path.read_text("utf-8")) != path.read_text("utf-8")
    ]


def main() -> int:
    """Bring every file up to date; 1 if one changed, so that the contracts are generated once more."""
    changed = stale()
    for path in changed:
        path.write_text(written(path.parents[1].name, path.read_text("utf-8")), "utf-8")
        print(f"{path.relative_to(code.ROOT)} written")
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
