"""The page on security: each test that it names is there, and what no other file tests is tested here."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from shared.vaults import MakeVault, write

CHECKOUT = Path(__file__).parents[2]
PAGES = sorted((CHECKOUT / "templates" / "manual").glob("*/security.md"))
NAMED = re.compile(r"`(tests/[\w/]+/test_\w+\.py)::(test_\w+)`")

HOOK = """
import os, sys

LOG = os.environ["VAULT_TOOLS_CALLS"]
ASKING = ("socket.connect", "socket.getaddrinfo", "socket.gethostby", "socket.send", "urllib.", "http.", "ftplib.")


def hook(event, args):
    if event.startswith(ASKING):
        with open(LOG, "a", encoding="utf-8") as log:
            log.write(f"{event} {args}\\n")


sys.addaudithook(hook)
"""


def test_the_security_page_exists_in_english_and_chinese() -> None:
    """With the same promises in the same order."""
    assert [page.parent.name for page in PAGES] == ["en", "zh"]
    named = [NAMED.findall(page.read_text("utf-8")) for page in PAGES]
    assert named[0] == named[1]
    heads = [re.findall(r"^#+ ", page.read_text("utf-8"), re.MULTILINE) for page in PAGES]
    assert heads[0] == heads[1]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_each_test_that_the_security_page_names_exists(page: Path) -> None:
    """And each promise names one at least."""
    text = page.read_text("utf-8")
    found = NAMED.findall(text)
    assert len(found) >= 20
    for file, name in found:
        assert re.search(rf"^(?:    )?def {name}\(", (CHECKOUT / file).read_text("utf-8"), re.MULTILINE), name
    promises = re.split(r"^### ", text.partition("\n## ")[2].partition("\n## ")[0], flags=re.MULTILINE)[1:]
    assert len(promises) == 7
    assert [promise.partition("\n")[0] for promise in promises if not NAMED.search(promise)] == []


def test_contributing_leads_to_the_security_page() -> None:
    """For who changes what it promises."""
    assert "(templates/manual/en/security.md)" in (CHECKOUT / "CONTRIBUTING.md").read_text("utf-8")


def calls(command: list[str], tmp_path: Path) -> str:
    """Run Python with an eye on what asks a network, and return what did."""
    log = tmp_path / "calls"
    write(tmp_path, {"hook/sitecustomize.py": HOOK, "calls": ""})
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "hook"), "VAULT_TOOLS_CALLS": str(log)}
    subprocess.run([sys.executable, *command], env=env, check=False, capture_output=True, timeout=120, cwd=tmp_path)
    return log.read_text("utf-8")


def test_no_command_uses_a_network(vault: MakeVault, tmp_path: Path) -> None:
    """Nor does a child of it; the same eye sees a process that does."""
    root = vault(
        {"A.md": "[[https://example.com]] ![x](https://example.com/x.png)", "B.md": "---\nsource: http://x.y\n---\n"}
    )
    for command in (["report", str(root)], ["graph", str(root), "--anew"]):
        assert calls(["-m", "vault_tools", *command], tmp_path) == ""
        assert (root / "_vault-tools" / "graph.html").is_file()
    assert "getaddrinfo" in calls(["-c", "import socket; socket.getaddrinfo('localhost', 1)"], tmp_path)
