"""What an insight finds in a vault: which nodes, in what words, and where."""

from shared.vaults import MakeVault

from vault_tools import Vault
from vault_tools import words as catalogue
from vault_tools.model.finding import Finding
from vault_tools.model.speech import format_words
from vault_tools.model.text import Say, Term
from vault_tools.settings.parsing import parse_settings

LONG = "words " * 60


def found(vault: MakeVault, name: str, files: dict[str, str | bytes], settings: str = "") -> dict[str, Finding]:
    """Return the findings of one insight by the node they are about, in their order."""
    opened = Vault.open(vault(files), settings=parse_settings(settings))
    return {finding.subject.id or text(finding.subject.label): finding for finding in opened.findings[name]}


def text(part: str | Say | Term) -> str:
    """Return one of our sentences in English, with the names of the nodes that it mentions."""
    return format_words(part, catalogue.words(), lambda ref: ref.id)


def said(finding: Finding) -> str:
    """Return what a finding says and advises, with the names of the nodes it mentions."""
    return format_words((*finding.why, *finding.step), catalogue.words(), lambda ref: ref.id)


def seen(finding: Finding) -> list[tuple[str, int]]:
    """Return where a finding shows."""
    return [(ref.id, ref.line) for ref in finding.evidence]


def typed(type_: str, body: str = LONG, **properties: str) -> str:
    """Return a note with a type and relations (`requires="A, B"`)."""
    rows = [
        f"{key.replace('_', '-')}: {'[' + ', '.join(repr(f'[[{name}]]') for name in value.split(', ')) + ']'}"
        for key, value in properties.items()
        if key != "status"
    ]
    rows += [f"status: {properties['status']}"] if "status" in properties else []
    return "\n".join(["---", f"type: {type_}", *rows, "---", body, ""])


SEA: dict[str, str | bytes] = {
    "Hub.md": f"[[In]] [[Through]] [[Nowhere]] {LONG}",
    "In.md": "x",
    "Through.md": "[[In]]",
    "Alone.md": LONG,
    "Alone and short.md": "x",
    "Self.md": "[[Self]] [[#Head]]\n# Head",
    "Island 1.md": "[[Island 2]]",
    "Island 2.md": "x",
    "Logged.md": "x",
    "Log.md": typed("log", "[[Logged]]"),
    "Day off.md": typed("log", ""),
    "Index.md": typed("moc", ""),
    "Template.md": typed("template", "[[Alone]]"),
    "Pic.md": "![[a.png]] #tag",
    "a.png": b"",
}
