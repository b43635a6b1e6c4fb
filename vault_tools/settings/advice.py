"""The rules of advice: the shipped ones, with a vault's own laid over them."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace

import msgspec

from vault_tools import ours
from vault_tools.errors import SettingsError
from vault_tools.model.learning import Advice
from vault_tools.model.text import say
from vault_tools.settings.faults import SettingsFile, nearest
from vault_tools.settings.rows import set_fields
from vault_tools.settings.schema import AdviceRow, Settings


class AdviceFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shipped `advice.toml`."""

    advice: dict[str, AdviceRow]


def advice_rules(shipped: str, settings: Settings) -> tuple[Advice, ...]:
    """Lay a vault's own rules of advice over the shipped ones: new ones go first, changed ones keep their place."""
    rows = msgspec.convert(tomllib.loads(shipped), AdviceFile).advice
    rules = {name: _shipped_rule(name, row) for name, row in rows.items()}
    off = {name for name, row in settings.advice.items() if not row.on}
    own: dict[str, Advice] = {}
    for name, row in settings.advice.items():
        if name in rules:
            rules[name] = _rule(rules[name], row)
        else:
            own[name] = _own_rule(name, row, rules)
    return tuple(rule for rule in (*own.values(), *rules.values()) if rule.name not in off)


def _shipped_rule(name: str, row: AdviceRow) -> Advice:
    title, step = say(f"advice.{name}-title"), say(f"advice.{name}-step")
    return _rule(Advice(name, title, demand=True, supply=(), step=step), row)


def _own_rule(name: str, row: AdviceRow, shipped: Mapping[str, Advice]) -> Advice:
    """Read a rule of a vault's own; SettingsError where it says too little to ever fit."""
    if row.demand is None or not row.supply or not row.step:
        at = SettingsFile(ours.SETTINGS, "").at(("advice", name))
        near = nearest(name, shipped)
        if near:
            raise SettingsError(say("settings.advice-near", at=at, near=near))
        raise SettingsError(say("settings.advice-lacks", at=at))
    return _rule(Advice(name, name, demand=row.demand, supply=row.supply, step=row.step), row)


def _rule(base: Advice, row: AdviceRow) -> Advice:
    """Lay what a row says over a rule."""
    return replace(base, **set_fields(row, ("title", "demand", "supply", "step")))
