"""A vault that is opened with `--read-only`: each function that writes refuses it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from shared.read_only import NOTES, state
from shared.vaults import MakeVault

from vault_tools import Vault, store
from vault_tools.errors import ReadOnlyError
from vault_tools.model.change import Page
from vault_tools.store import amending, contents, output, places, untouched


@pytest.fixture(autouse=True)
def kept_no_longer() -> Iterator[None]:
    """What one test keeps as it is is no business of the next."""
    yield
    untouched._ROOTS.clear()


DIGEST = contents.digest_of(b"old")
WRITERS: dict[str, Callable[[Path], object]] = {
    "write": lambda root: output.write(root, Page("a/Overview.md", "x"), ()),
    "create": lambda root: output.create(root, "a/New.md", "x"),
    "write_out": lambda root: output.write_out(root / "x.json", ["x"], root, (), force=True),
    "amend": lambda root: amending.amend(root, "Old.md", DIGEST, "new"),
    "put_back": lambda root: amending.put_back(root, "Old.md", b"old", b"new", root / "x"),
}


@pytest.mark.parametrize("name", WRITERS)
def test_every_function_that_writes_refuses_a_read_only_vault(name: str, vault: MakeVault) -> None:
    """Whoever calls it."""
    root = places.check(vault({"Old.md": "old"}))
    before = state(root)
    untouched.keep(root)
    with pytest.raises(ReadOnlyError):
        WRITERS[name](root)
    assert state(root) == before
    untouched.release(root)
    WRITERS[name](root)
    assert state(root) != before


def test_every_function_that_opens_a_file_for_writing_is_listed() -> None:
    """A new writer in the modules that write into vaults must ask, too: these are the ones that do."""
    room = Path(store.__path__[0])
    text = "".join((room / name).read_text("utf-8") for name in ("output.py", "amending.py"))
    functions = re.split(r"^def ", text, flags=re.MULTILINE)[1:]
    asking = {body.partition("(")[0] for body in functions if "untouched.check(" in body}
    assert asking == set(WRITERS)
    public = {body.partition("(")[0] for body in functions if not body.startswith("_")}
    writing = r"drafts\.replace\(|drafts\.create\(|_make_folders\(|_amend\(|_write_over\(|\.unlink\(|\.mkdir\("
    assert {body.partition("(")[0] for body in functions if re.search(writing, body)} & public == set(WRITERS)
    assert [file.name for file in room.glob("*.py") if "drafts." in file.read_text("utf-8")] == ["output.py"]


def test_a_vault_that_stays_open_writes_again_after_read_only(vault: MakeVault) -> None:
    """What was refused is not taken for written."""
    root = places.check(vault(NOTES))
    read = Vault.open(root, cache=False)
    untouched.keep(root)
    assert read.report().pages == {}
    untouched.release(root)
    assert set(read.report().pages.values()) == {"written"}
