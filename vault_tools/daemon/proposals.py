"""What a vault proposes to do, such as the week's reflection, as lines for the status."""

from vault_tools.app import Vault
from vault_tools.model.finding import Finding
from vault_tools.model.speech import format_words
from vault_tools.model.text import say
from vault_tools.model.visible import visible
from vault_tools.words import Words


class Proposals:
    """The lines of what is due. They are only worked out again if anything in the vault has changed."""

    def __init__(self) -> None:
        """Nothing is worked out yet."""
        self._fingerprint = ""
        self._lines: list[str] = []

    def lines(self, vault: Vault, words: Words) -> list[str]:
        """Return what is due, in a language."""
        if self._fingerprint != vault.snapshot.fingerprint:
            self._lines = [_format_proposal(vault, due, words) for due in vault.findings["due"]]
            self._fingerprint = vault.snapshot.fingerprint
        return self._lines


def _format_proposal(vault: Vault, due: Finding, words: Words) -> str:
    name = vault.linker.name
    why, step = (format_words(text, words, name) for text in (due.why, due.step))
    return visible(format_words(say("daemon.proposal", note=name(due.subject), why=why, step=step), words, name))
