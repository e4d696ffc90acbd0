"""Compare the contracts with those of a branch: `python proto/breaking.py main`. A change that breaks callers fails.

A branch that does not exist or has no contracts yet is nothing to compare with.
"""

import io
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main() -> None:
    branch = sys.argv[1]
    archive = subprocess.run(
        # who runs this has git on the path
        ["git", "archive", branch, "proto"],  # noqa: S607
        cwd=ROOT.parent,
        capture_output=True,
        check=False,
    )
    if archive.returncode:
        print(f"buf breaking: nothing to compare with at {branch}")
        return
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
            files.extractall(folder, filter="data")
        old = Path(folder) / "old.binpb"
        generate = [
            sys.executable,
            str(ROOT / "generate.py"),
            "--source",
            f"{folder}/proto",
            "--image",
            str(old),
        ]
        subprocess.run(generate, check=True)
        buf = Path(sys.executable).parent / "buf"
        new = ROOT / "gen" / "yifa.binpb"
        compare = [str(buf), "breaking", str(new), "--against", str(old), "--config", str(ROOT / "buf.yaml")]
        sys.exit(subprocess.run(compare, check=False).returncode)


if __name__ == "__main__":
    main()
