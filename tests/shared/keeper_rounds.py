"""A keeper whose rounds a test does one by one."""

# ruff: noqa: D103  (a test is named for what it holds)

import os
import time
from datetime import datetime
from pathlib import Path

from vault_tools.daemon.done import Done
from vault_tools.daemon.keeper import Keeper

LAPTOP = "laptop"
TYPED = '[folders]\nlog = "Logs"\nknowledge = "知识"\n'
REGION = "%% vault-tools:begin gaps %%\n%% vault-tools:end gaps %%\n"


def now() -> datetime:
    return datetime.now().astimezone()


def age(path: Path, seconds: float) -> None:
    """Let a file have been changed so long ago."""
    then = time.time() - seconds
    os.utime(path, (then, then))


def look_and_work(keeper: Keeper, *, calm: bool = True) -> Done:
    keeper.look(now())
    return keeper.work(now(), calm=calm)
