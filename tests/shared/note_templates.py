"""The shipped note templates, and those of a vault that has some of its own."""

from vault_tools import shipped
from vault_tools.forms import Forms
from vault_tools.parse import form
from vault_tools.settings.parsing import parse_settings
from vault_tools.settings.vocabulary import build_vocabulary

LANGUAGES = ["en", "zh"]
NAMES = list(shipped.note_templates())


def forms(language: str = "en", **own: str) -> Forms:
    """The templates of a vault that has some of its own, by name."""
    words = build_vocabulary(shipped.asset("vocabulary.toml"), parse_settings(""), {})
    return Forms(words, language, {}, {f"Templates/{name}.md": text for name, text in own.items()})


def read_form(language: str, name: str) -> form.Form:
    """A shipped template, read."""
    return form.read(name, shipped.note_templates(language)[name])
