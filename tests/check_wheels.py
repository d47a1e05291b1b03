"""Does every locked dependency of the program have a wheel for the machines that staff use?

Run by hand and by CI (``make wheels``): asks pip for each platform and fails with the names that have none. Nothing is
installed. Only wheels count, since those machines have no compiler; the exceptions are listed with their reasons.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

LOCK = Path(__file__).resolve().parent.parent / "requirements.lock"
# Distributions of systems in offices (UOS, Kylin) come with glibc 2.28: nothing newer may be asked for.
LINUX = ("manylinux2014", "manylinux_2_17", "manylinux_2_24", "manylinux_2_26", "manylinux_2_27", "manylinux_2_28")
PLATFORMS = {
    "Windows x86-64": ("win_amd64",),
    "Linux x86-64": tuple(f"{name}_x86_64" for name in LINUX),
    "Linux aarch64": tuple(f"{name}_aarch64" for name in LINUX),
}
WITHOUT_WHEEL = {
    "jieba": "published as a source archive only; pure Python, so pip builds it anywhere without a compiler",
}
_PIN = re.compile(r"^(?P<name>[A-Za-z0-9_.-]+)==\S+[^\\\n]*", re.MULTILINE)


def pins(lock: str) -> list[tuple[str, str]]:
    """(name, requirement) of each pin in a lock file, markers kept, hashes left out."""
    return [(found["name"], found[0].strip()) for found in _PIN.finditer(lock)]


def missing(platforms: tuple[str, ...], requirements: list[str]) -> str:
    """What pip says where a wheel is missing; empty where all are there."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "requirements.txt"
        listed.write_text("\n".join(requirements), encoding="utf-8")
        call = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "-d", folder]
        for platform in platforms:
            call += ["--platform", platform]
        done = subprocess.run([*call, "-r", str(listed)], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stderr.strip() or f"pip ended with {done.returncode}"


def main() -> int:
    """Checks every platform; 1 where something is missing."""
    wanted = [pin for name, pin in pins(LOCK.read_text("utf-8")) if name not in WITHOUT_WHEEL]
    failed = 0
    for name, platforms in PLATFORMS.items():
        said = missing(platforms, wanted)
        print(f"{name}: {said or 'all wheels there'}")
        failed += bool(said)
    for name, reason in WITHOUT_WHEEL.items():
        print(f"without a wheel: {name}: {reason}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
