"""python -m services.lawdocs: write docs/law, or with --check say which pages are not current."""

import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from services.lawdocs import bodies, code, intake, pages, procedures, report, roles
from services.lawdocs.markdown import FOLDER, statute_page


@cache
def render() -> Mapping[str, str]:
    """Every page by its path from docs/law. What it is made of does not change while a program runs."""
    return {
        "README.md": report.index(),
        "coverage.md": report.report(),
        **{statute_page(s.code): pages.statute(s) for s in pages.cited()},
        **{f"processes/{service}.md": pages.processes(service) for service in code.names()},
        **procedures.pages(),
        intake.HERE: intake.intake(),
        **bodies.pages(),
        roles.PAGE: roles.matrix(),
    }


def stale(folder: Path) -> list[str]:
    """The pages that differ from what the data gives: changed, missing, or no longer written."""
    wanted = render()
    there = {str(f.relative_to(folder)): f.read_text("utf-8") for f in folder.rglob("*.md")}
    beside = [path for path in wanted if path.startswith("../") and (folder / path).exists()]
    there |= {path: (folder / path).read_text("utf-8") for path in beside}
    return sorted(path for path in wanted.keys() | there.keys() if wanted.get(path) != there.get(path))


def write(folder: Path) -> list[str]:
    """Bring every page up to date and say which ones changed."""
    changed, wanted = stale(folder), render()
    for path in changed:
        file = folder / path
        if path in wanted:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(wanted[path], "utf-8")
        else:
            file.unlink()
    return changed


def main(folder: Path = code.ROOT / FOLDER) -> int:
    if "--check" in sys.argv[1:]:
        late = stale(folder)
        print(
            "\n".join(f"{FOLDER}/{path} is not current: run make docs" for path in late)
            or f"{FOLDER} is current"
        )
        return 1 if late else 0
    changed = write(folder)
    print(f"{FOLDER}: {len(changed)} page(s) written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
