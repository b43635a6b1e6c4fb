"""Both ends of the range of watchdog that we support hear, and are found out where they do not."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
TESTS = (
    "tests/store/test_heard.py",
    "tests/store/test_doorbell.py",
    "tests/daemon/test_watch.py::test_the_daemon_waits_for_a_vault_that_vanishes_and_writes_nothing",
)


def allowed() -> str:
    """Return the range that the project names."""
    wanted: list[str] = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    return next(row for row in wanted if re.match(r"watchdog\b", row))


def lowest() -> str:
    """Return the lowest version of the range."""
    found = re.search(r">=\s*([\d.]+)", allowed())
    assert found is not None
    return f"watchdog=={found[1]}"


@pytest.mark.slow
@pytest.mark.parametrize("end", ["lowest", "newest"])
def test_the_tests_of_watching_pass_with_the_oldest_and_the_newest_watchdog(end: str, tmp_path: Path) -> None:
    """The newest is what pip takes from the whole range."""
    wanted = lowest() if end == "lowest" else allowed()
    place = tmp_path / "watchdog"
    install = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--upgrade", "--target", str(place), wanted]
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"{wanted} cannot be had here: {done.stderr.strip().splitlines()[-1]}")
    environment = {**os.environ, "PYTHONPATH": str(place)}
    which = subprocess.run(
        [sys.executable, "-c", "import watchdog; print(watchdog.__file__)"],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    assert Path(which.stdout.strip()).is_relative_to(place)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *TESTS]
    tested = subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT, env=environment)
    assert tested.returncode == 0, tested.stdout[-6000:]
