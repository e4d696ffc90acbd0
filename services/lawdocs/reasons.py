"""python -m services.lawdocs.reasons: write what the rules say into the contracts.

Into reason.proto, and into the comment of each method. A reason of a rule is described by its rules alone: what is wrong and what
would mend it, in both languages, the articles, the guards, the methods that refuse for it. Numbers and examples stay, a new
reason is appended, and what no rule gives (a reason of a list or of the edge) keeps its own words.
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
RPC = re.compile(r"(?P<comment>(?:^  //[^\n]*\n)+)(?P<line>^  rpc (?P<method>\w+)\([^\n]*\n)", re.M)
WIDTH = 124


@dataclass(frozen=True)
class Entry:
    """One reason as the file has it."""

    name: str
    number: int
    comment: str


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


def refusing(service: str, text: str) -> str:
    """A service's contract, the comment of every method naming what the rules of its act refuse for.

    What else it names (what no rule gives) stays, in front.
    """
    given = by_reason(service)
    of_method: dict[str, list[str]] = defaultdict(list)
    for process in code.processes()[service]:
        for move in process.moves:
            of_method[move.method] += [r.reason for r in move.rules if r.severity == "block"]

    def rewritten(found: re.Match[str]) -> str:
        said, method = found["comment"], found["method"]
        words = " ".join(line.strip().removeprefix("//").strip() for line in said.splitlines())
        before, _, after = words.partition("Refuses with ")
        named, _, rest = after.partition(".")
        own = [
            name
            for name in re.findall(r"[A-Z][A-Z0-9_]{3,}", named)
            if name not in given or name == code.NOT_OPEN
        ]
        reasons = list(dict.fromkeys([*own, *of_method[method]]))
        told = f"Refuses with {', '.join(reasons)}." if reasons else ""
        lines = textwrap.wrap(" ".join(filter(None, (before.strip(), told, rest.strip()))), WIDTH)
        return "".join(f"  // {line}\n" for line in lines) + found["line"]

    return RPC.sub(lambda m: rewritten(m) if of_method.get(m["method"]) else m.group(), text)


def files() -> dict[Path, str]:
    """Every file that the rules speak in, as they have it."""
    found = {}
    for service in code.names():
        folder = code.ROOT / "proto" / "yifa" / service / "v1"
        for name, write in (("reason", written), (f"{service}_service", refusing)):
            if (path := folder / f"{name}.proto").exists():
                found[path] = write(service, path.read_text("utf-8"))
    return found


def stale() -> list[Path]:
    """The files that differ from what the rules say."""
    return [path for path, text in files().items() if path.read_text("utf-8") != text]


def main() -> int:
    """Bring every file up to date; 1 if one changed, so that the contracts are generated once more."""
    changed = stale()
    for path, text in files().items():
        if path in changed:
            path.write_text(text, "utf-8")
            print(f"{path.relative_to(code.ROOT)} written")
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
