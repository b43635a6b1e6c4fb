"""A vault that stays as it is: what a write would change of it, and processes that may not write."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REGION = "%% vault-tools:begin gaps %%\nold\n%% vault-tools:end gaps %%\n"
NOTES = {
    "Plain.md": f"---\ntype: knowledge\nrequires: ['[[Gone]]']\n---\n{REGION}",
    "Other.md": "---\ntype: core-topic\ncontains: ['[[Plain]]', '[[Gone]]']\n---\n",
    "Logs/2024-05-06.md": "---\ntype: log\ndate: 2024-05-06\nlearned: ['[[Plain]]']\n---\n",
    "K/Empty.md": "",
    "vault-tools.toml": '[folders]\nknowledge = "K"\n',
}


def state(root: Path) -> dict[str, tuple[int, ...]]:
    """All that a write would change of a folder and of what lies below it: which file it is, its mode, its times."""
    found: dict[str, tuple[int, ...]] = {}
    for path in (root, *root.rglob("*")):
        status = path.lstat()
        numbers = status.st_ino, status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns
        found[str(path)] = (*numbers, status.st_nlink)
    return found


def environment(root: Path, **more: str) -> dict[str, str]:
    """What a process of its own gets: cache and state beside the vault, not in it."""
    places = {name: str(root.parent / name) for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "LOCALAPPDATA")}
    return {**os.environ, **places, "PYTHONDONTWRITEBYTECODE": "1", **more}


def in_namespace(script: str, root: Path, tmp_path: Path) -> str:
    """Run a script where we may mount; the test is skipped where the system does not let us."""
    if not shutil.which("unshare"):
        pytest.skip("there is no unshare here")
    probe = ["unshare", "-Urm", "sh", "-c", f"mount --bind {root} {root} && mount -o remount,bind,ro {root}"]
    if subprocess.run(probe, capture_output=True, check=False).returncode:
        pytest.skip("no user namespace with mounts is to be had here")
    line = ["unshare", "-Urm", "sh", "-c", script]
    env = environment(root, V=str(root), T=str(tmp_path), PY=sys.executable)
    done = subprocess.run(line, capture_output=True, encoding="utf-8", timeout=240, check=False, env=env, cwd=tmp_path)
    return f"{done.stdout}{done.stderr}exit {done.returncode}"


READ_ONLY_MOUNT = 'mount --bind "$V" "$V" && mount -o remount,bind,ro "$V" && ! touch "$V/x" 2>/dev/null && '
