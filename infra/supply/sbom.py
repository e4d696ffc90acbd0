"""python infra/supply/sbom.py LOCK…: what the lock files install, with licences and hashes, as a CycloneDX document.

`--check` says instead which licences are not among those that Yifa may be handed on with, and ends with 1 where there is one.
"""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

LINE = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==([^ ;\\]+)(.*)$")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
# The marker of what is only installed on other systems than Linux with Python 3.11.
ELSEWHERE = re.compile(
    r"sys_platform == '(win32|darwin|emscripten)'|python_full_version (< '3\.11|>= '3\.1[2-9])"
)
# Word by word, so that an expression of several licences is taken when each of them is.
TAKEN = {
    "apache", "bsd", "mit", "isc", "psf", "python", "mpl", "0bsd", "zlib", "unlicense", "cc0", "hpnd", "zpl", "postgresql",
    "expat", "blueoak",
}  # fmt: skip
# Used as it is and not changed; a program that only calls it may have any licence.
LESSER = {"lgpl", "gnu lesser", "gnu library"}
STRONG = re.compile(r"\b(a?gpl|gnu general|gnu affero|sspl|busl|proprietary)")


@dataclass(frozen=True)
class Part:
    """One package of a lock file."""

    name: str
    version: str
    hashes: tuple[str, ...]
    elsewhere: bool
    """Whether it is only installed on other systems than Linux with Python 3.11."""

    @property
    def licence(self) -> str:
        """What the package says of itself; empty where it is not installed, or says nothing."""
        try:
            told = distribution(self.name).metadata
        except PackageNotFoundError:
            return ""
        classified = [
            c.rpartition(" :: ")[2] for c in told.get_all("Classifier", ()) if c.startswith("License ::")
        ]
        free = (told.get("License") or "").strip().splitlines()
        return told.get("License-Expression") or " OR ".join(classified) or (free[0] if free else "")


def parts(lock: Path) -> Iterator[Part]:
    """The packages of a lock file."""
    whole = lock.read_text("utf-8").replace("\\\n", " ")
    for line in whole.splitlines():
        if found := LINE.match(line.strip()):
            name, version, rest = found.groups()
            other = bool(ELSEWHERE.search(rest))
            yield Part(name, version.strip(), tuple(HASH.findall(rest)), other)


def fit(licence: str) -> bool:
    """Whether something under this licence may be handed on with Yifa."""
    said = licence.lower()
    if any(word in said for word in LESSER):
        return True
    return not STRONG.search(said) and any(re.search(rf"\b{word}", said) for word in TAKEN)


def document(found: list[Part]) -> dict[str, object]:
    """The bill of materials. The same lock files give the same document."""
    components = [
        {
            "type": "library",
            "bom-ref": f"pkg:pypi/{p.name}@{p.version}",
            "name": p.name,
            "version": p.version,
            "purl": f"pkg:pypi/{p.name}@{p.version}",
            "hashes": [{"alg": "SHA-256", "content": digest} for digest in p.hashes],
            "licenses": [{"license": {"name": p.licence}}] if p.licence else [],
        }
        for p in found
    ]
    serial = uuid5(NAMESPACE_URL, json.dumps(components, sort_keys=True))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "yifa"}},
        "components": components,
    }


def main() -> None:
    locks = [Path(word) for word in sys.argv[1:] if not word.startswith("--")]
    found = sorted({p.name: p for lock in locks for p in parts(lock)}.values(), key=lambda p: p.name)
    if "--check" not in sys.argv:
        print(json.dumps(document(found), indent=1))
        return
    unfit = [
        f"{p.name} {p.version}: {p.licence or 'says nothing'}"
        for p in found
        if not p.elsewhere and not fit(p.licence)
    ]
    print("\n".join(unfit) or f"{len(found)} packages, all under licences that are taken")
    sys.exit(bool(unfit))


if __name__ == "__main__":
    main()
