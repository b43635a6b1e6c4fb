"""The settings read from the text of `vault-tools.toml`; a mistake is an error with its line and a remedy."""

from collections.abc import Iterator
from typing import get_args

import msgspec

from vault_tools import clock, ours
from vault_tools.dialect.filenames import can_be_folder
from vault_tools.errors import SettingsError
from vault_tools.learning.thresholds import AlertError, parse_alert
from vault_tools.model.defaults import OrphanDefinition, Role
from vault_tools.model.graph import STRUCTURAL
from vault_tools.model.learning import Supply
from vault_tools.model.text import Say, say
from vault_tools.settings import toml_text
from vault_tools.settings.faults import SettingsFile, nearest
from vault_tools.settings.schema import LinkChoice, RuleRow, Settings, Weekday
from vault_tools.settings.toml_lines import KeyPath
from vault_tools.settings.toml_mistakes import TomlError

_IN_ORDER = (get_args(LinkChoice), get_args(Weekday), get_args(OrphanDefinition), get_args(Role)[1:], get_args(Supply))


def parse_settings(text: str, where: str = ours.SETTINGS) -> Settings:
    """Read settings from TOML; SettingsError says which key is wrong, on which line, and what to write instead."""
    file = SettingsFile(where, text, _IN_ORDER)
    settings = _convert(text, file)
    _check_folders(settings, file)
    _check_zone(settings.vault.timezone, file)
    _check_rules(settings.rules, file)
    if settings.watch.create and not settings.watch.device:
        raise SettingsError(say("settings.create-needs-device", at=file.at(("watch", "create"))))
    _check_alerts(settings.check.alerts, file)
    for name in STRUCTURAL & settings.relations.keys():
        raise SettingsError(say("settings.relation-taken", at=file.at(("relations", name))))
    return settings


def _check_rules(rules: tuple[RuleRow, ...], file: SettingsFile) -> None:
    for number, row in enumerate(rules):
        if not row.folder and not row.tag:
            raise SettingsError(say("settings.rule-fits-nothing", at=file.at(("rules", number, "folder"))))


def _check_alerts(alerts: tuple[str, ...], file: SettingsFile) -> None:
    for number, alert in enumerate(alerts):
        try:
            parse_alert(alert)
        except AlertError as error:
            at = file.at(("check", "alerts", number))
            raise SettingsError(say("settings.alert", at=at, alert=alert, why=error.sentence)) from None


def _convert(text: str, file: SettingsFile) -> Settings:
    try:
        data = toml_text.read(text)
    except TomlError as error:
        raise SettingsError(_not_toml(error, file.where)) from None
    try:
        return msgspec.convert(data, Settings)
    except msgspec.ValidationError:
        from vault_tools.settings.fit import first_fault  # noqa: PLC0415  (only a mistake needs it)

        raise first_fault(data, Settings, file) from None


def _not_toml(error: TomlError, where: str) -> Say:
    """Say that a settings file is not TOML, and where if that is known."""
    if not error.line:
        return say("settings.toml", where=where, why=error.why)
    return say("settings.toml-at", where=where, line=str(error.line), column=str(error.column), why=error.why)


def _check_zone(zone: str, file: SettingsFile) -> None:
    if zone and zone not in clock.time_zones():
        near = nearest(zone, sorted(clock.time_zones()))
        raise file.wrong(("vault", "timezone"), zone, say("settings.time-zone"), near)


def _check_folders(settings: Settings, file: SettingsFile) -> None:
    for path, folder in _folders(settings):
        if not can_be_folder(folder):
            raise file.wrong(path, folder, say("settings.folder"))


def _folders(settings: Settings) -> Iterator[tuple[KeyPath, str]]:
    """Yield each folder that the settings name, and at which key."""
    yield ("reports", "folder"), settings.reports.folder
    if settings.templates:
        yield ("templates",), settings.templates
    for name, folder in settings.folders.items():
        yield ("folders", name), folder
