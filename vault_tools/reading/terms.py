"""The terms of one vault: its note templates, types, relations, rules and dates, from our files and its own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from vault_tools import ours, shipped
from vault_tools.dialect.moment import Locale
from vault_tools.forms import Forms, with_template_types
from vault_tools.graph.names import file_key
from vault_tools.model.learning import Advice, Targets
from vault_tools.model.note import Problem
from vault_tools.model.vocabulary import Conventions, Vocabulary
from vault_tools.reading.opening import OpenVault
from vault_tools.settings.advice import advice_rules
from vault_tools.settings.schema import Settings
from vault_tools.settings.targets import targets_of
from vault_tools.settings.vocabulary import build_vocabulary, type_rules
from vault_tools.store import contents, locales


@dataclass(frozen=True)
class Terms:
    """What the words in a vault mean; `templates` are the vault's own, digests by vault path."""

    vault: OpenVault
    templates: Mapping[str, str]

    @cached_property
    def forms(self) -> Forms:
        """The note templates: the shipped ones in the vault's language, with the vault's own laid over them."""
        settings, obsidian = self.vault.settings, self.vault.obsidian
        words = build_vocabulary(shipped.asset("vocabulary.toml"), settings, {})
        texts = {path: contents.text_of(self.vault.root, path) or "" for path in self.templates}
        return Forms(words, settings.language, obsidian.property_types, texts, obsidian.periodic)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Types and relations: the shipped ones with the vault's own laid over them."""
        declared, lines = self.forms.declared(), self.forms.lines()
        settings = self.vault.settings
        words = build_vocabulary(shipped.asset("vocabulary.toml"), settings, declared, lines)
        return with_template_types(words, self.forms.template_types, settings.language)

    @cached_property
    def conventions(self) -> Conventions:
        """How the vault's settings and Obsidian's have notes read; the names of periods are for the notes to say."""
        obsidian = self.vault.obsidian
        return Conventions(
            rules=type_rules(self.vault.settings),
            excluded=obsidian.app.user_ignore_filters,
            templates=self.vault.template_folders,
            property_types=obsidian.property_types,
            link_format=obsidian.app.new_link_format,
        )

    @property
    def advice(self) -> tuple[Advice, ...]:
        """The rules of advice."""
        return advice_rules(shipped.asset("advice.toml"), self.vault.settings)

    @property
    def targets(self) -> Targets:
        """What the user means to do in a week, a month, a quarter."""
        return targets_of(self.vault.settings)

    @property
    def problems(self) -> Mapping[str, Problem]:
        """What is wrong with the languages that are set, by file."""
        return language_problems(self.vault.settings)

    @property
    def locale(self) -> Locale:
        """The language of dates."""
        return locales.locale(self.vault.settings.language)[0]


def own_templates(vault: OpenVault, digests: Mapping[str, str]) -> dict[str, str]:
    """Return those notes that are templates of the vault, and their digests."""
    below = tuple(file_key(folder.strip("/")) + "/" for folder in vault.template_folders)
    notes = digests.items() if below else ()
    return {path: digest for path, digest in notes if file_key(path).startswith(below) and path.lower().endswith(".md")}


_UNKNOWN_LANGUAGE = Problem("language-unknown", 0, "vault.language-unknown", "vault.language-unknown-fix")
_UNKNOWN_REPORTS = Problem(
    "reports-language-unknown", 0, "vault.report-language-unused", "vault.report-language-unused-fix"
)


def language_problems(settings: Settings) -> Mapping[str, Problem]:
    """Return what is wrong with the languages that are set, by file; first that of the vault."""
    if not locales.locale(settings.language)[1]:
        return {ours.SETTINGS: _UNKNOWN_LANGUAGE}
    chosen = settings.reports.language
    if not chosen or shipped.has_language(chosen):
        return {}
    return {ours.SETTINGS: replace(_UNKNOWN_REPORTS, values=(("languages", tuple(shipped.languages())),))}
