"""What the README says is so, and it fits on a screen; its commands, links and options are tested with the manual's."""

from shared.manual_pages import README, TOP, commands

from vault_tools import Vault
from vault_tools.render.trends import picture

LARGEST = 10_000
"""Bytes that a reader takes in at one look; the rest belongs in the manual."""
PICTURE = "tests/pictures/learning.svg"


def test_the_readme_is_short() -> None:
    """What it does not hold is in the manual."""
    assert len(README.read_bytes()) <= LARGEST


def test_the_readme_leads_to_every_topic() -> None:
    """And to both languages, in its first lines for who reads no English."""
    text = README.read_text("utf-8")
    topics = sorted(page.name for page in (TOP / "templates/manual/en").iterdir())
    assert [topic for topic in topics if f"(templates/manual/en/{topic})" not in text] == []
    assert "(templates/manual/zh/)" in "".join(text.splitlines(keepends=True)[:10])


def test_the_readme_shows_the_advice_and_the_figures_before_the_installation() -> None:
    """That they are what is printed is tested for each page."""
    assert [command.split()[1] for command in commands(README)] == ["why", "stats"]


def test_the_picture_of_the_trends_is_that_of_the_sample_vault() -> None:
    """Drawn again, it is the same file."""
    assert f"../../../{PICTURE}" in (TOP / "templates/manual/en/pages.md").read_text("utf-8")
    opened = Vault.open(TOP / "sample_vault", cache=False)
    assert (TOP / PICTURE).read_text("utf-8") == picture(opened.learning, opened.linker)
