"""Browsers, and pages of the map that several tests share."""

from collections.abc import Iterator
from datetime import date

import pytest
from shared.asked_pages import SAMPLE
from shared.browser import Opened, one_browser
from shared.drawn_maps import many, rest, settled, two_rounds

from vault_tools import Vault


@pytest.fixture(autouse=True, scope="module")
def _one_browser() -> Iterator[None]:
    """Let all pages of a test file share one browser."""
    with one_browser():
        yield


@pytest.fixture(scope="session")
def sample() -> Vault:
    """The sample vault, read."""
    return Vault.open(SAMPLE, cache=False, today=date(2024, 7, 1))


@pytest.fixture(scope="session")
def sample_page(sample: Vault) -> str:
    """The page of the sample vault."""
    return sample.html()


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory, _one_browser: None) -> Iterator[Opened]:
    """The page of two rounds, which tests leave as they found it."""
    with settled(two_rounds(), tmp_path_factory.mktemp("rounds")) as opened:
        yield opened


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory, _one_browser: None) -> Iterator[Opened]:
    """The page of many notes."""
    with settled(many(), tmp_path_factory.mktemp("crowd")) as opened:
        yield opened


@pytest.fixture
def fresh(rounds: Opened) -> Iterator[Opened]:
    """The page of two rounds with all of it in view, and nothing under the pointer."""
    rounds.page.mouse.move(5, 5)
    rounds.page.click("#fit")
    rest(rounds)
    yield rounds
    rounds.page.keyboard.press("Escape")
