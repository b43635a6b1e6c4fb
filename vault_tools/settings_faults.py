"""What is wrong in settings: the first value that does not fit, its place in the file, and what is allowed instead."""

import difflib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from msgspec import inspect

from vault_tools import toml_text
from vault_tools.errors import SettingsError
from vault_tools.model.text import Say, Value, say
from vault_tools.toml_text import Path

_PLAIN = re.compile(r"[\w-]+")
_LONGEST = 60
"""Characters of a value that are shown."""


@dataclass(frozen=True, slots=True)
class Place:
    """A settings file: the name to show and its text; and lists of choices in the order in which to show them."""

    where: str
    text: str
    orders: tuple[tuple[str, ...], ...] = ()

    def at(self, path: Path) -> Say:
        """Say where a key is: the file, the line if it is known, and the key as it is written."""
        line = toml_text.line_of(self.text, path) or toml_text.line_of(self.text, path[:-1])
        if line:
            return say("settings.at-line", where=self.where, line=str(line), key=written(path))
        return say("settings.at", where=self.where, key=written(path))

    def wrong(self, path: Path, value: object, expected: Value, near: str = "") -> SettingsError:
        """Say that a value does not fit, and what does."""
        at, shown = self.at(path), shown_value(value)
        if near:
            return SettingsError(say("settings.wrong-near", at=at, value=shown, expected=expected, near=near))
        return SettingsError(say("settings.wrong", at=at, value=shown, expected=expected))

    def unknown(self, path: Path, known: Iterable[str]) -> SettingsError:
        """Say that a key does not exist, and which does."""
        names, at = tuple(known), self.at(path)
        near = nearest(str(path[-1]), names)
        if near:
            return SettingsError(say("settings.unknown-near", at=at, near=near))
        return SettingsError(say("settings.unknown", at=at, known=names))


def written(path: Path) -> str:
    """Return a path as one writes it in the file: `[reports] limit`, `[types.book] color`, `[[rules]] #2 folder`."""
    if len(path) == 1:
        return _part(path[0])
    tables = [_part(part) for part in path[:-1] if isinstance(part, str)]
    if isinstance(path[-1], int):
        whole = f"[{'.'.join(tables[:-1])}] " if tables[:-1] else ""
        return f"{whole}{tables[-1]} #{path[-1] + 1}"
    numbers = [part + 1 for part in path[:-1] if isinstance(part, int)]
    head = f"[[{'.'.join(tables)}]] #{numbers[0]}" if numbers else f"[{'.'.join(tables)}]"
    return f"{head} {_part(path[-1])}"


def _part(name: str | int) -> str:
    return str(name) if _PLAIN.fullmatch(str(name)) else json.dumps(name, ensure_ascii=False)


def shown_value(value: object) -> str:
    """Return a value as TOML writes it, cut where it is long."""
    try:
        text = json.dumps(value, ensure_ascii=False, default=str)
    except ValueError:  # Python writes no number of thousands of digits
        return "…"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that is most like this one; "" if none is."""
    return next(iter(difflib.get_close_matches(word, list(known), 1, 0.5)), "")


# ---------------------------------------------------------------- the first value that does not fit


def first(data: object, kind: type, place: Place) -> SettingsError:
    """Return the error for the first value that does not fit a type of settings."""
    return next(_faults(data, inspect.type_info(kind), (), place), None) or SettingsError(
        say("settings.wrong-somewhere", where=place.where)
    )


def _faults(value: object, kind: inspect.Type, path: Path, place: Place) -> Iterator[SettingsError]:
    """Yield the errors for a value and what is in it."""
    kind = _chosen(kind, value)
    if isinstance(kind, inspect.StructType) and isinstance(value, dict):
        yield from _of_table(value, kind, path, place)
    elif isinstance(kind, inspect.DictType) and isinstance(value, dict):
        yield from _of_names(value, kind, path, place)
    elif isinstance(kind, inspect.VarTupleType) and isinstance(value, list):
        for at, item in enumerate(value):
            yield from _faults(item, kind.item_type, (*path, at), place)
    elif not _fits(value, kind):
        near = nearest(value, _choices(kind)) if isinstance(value, str) else ""
        yield place.wrong(path, value, _expected(kind, place), near)


def _chosen(kind: inspect.Type, value: object) -> inspect.Type:
    """Return the one of several types that a value means; all of them if none fits."""
    if not isinstance(kind, inspect.UnionType):
        return kind
    types = [each for each in kind.types if not isinstance(each, inspect.NoneType)]
    lists = [each for each in types if isinstance(each, inspect.VarTupleType)]
    if isinstance(value, list) and lists:
        return lists[0]
    return types[0] if len(types) == 1 else kind


def _of_table(value: Mapping[str, Any], kind: inspect.StructType, path: Path, place: Place) -> Iterator[SettingsError]:
    fields = {field.name: field for field in kind.fields}
    for name, each in value.items():
        if name in fields:
            yield from _faults(each, fields[name].type, (*path, name), place)
        else:
            yield place.unknown((*path, name), fields)
    lacking = [field.name for field in kind.fields if field.required and field.name not in value]
    yield from (SettingsError(say("settings.missing-key", at=place.at((*path, name)))) for name in lacking)


def _of_names(value: Mapping[str, Any], kind: inspect.DictType, path: Path, place: Place) -> Iterator[SettingsError]:
    names = _choices(kind.key_type)
    for name, each in value.items():
        if names and name not in names:
            yield place.unknown((*path, name), names)
        yield from _faults(each, kind.value_type, (*path, name), place)


def _choices(kind: inspect.Type) -> list[str]:
    return [str(value) for value in kind.values if value] if isinstance(kind, inspect.LiteralType) else []


def _fits(value: object, kind: inspect.Type) -> bool:
    """Tell whether a single value fits a type."""
    if isinstance(kind, inspect.UnionType):
        return any(_fits(value, each) for each in kind.types)
    if isinstance(kind, inspect.LiteralType):
        return value in kind.values
    if isinstance(kind, inspect.StrType):
        return isinstance(value, str) and (kind.pattern is None or re.search(kind.pattern, value) is not None)
    if isinstance(kind, inspect.BoolType):
        return isinstance(value, bool)
    if isinstance(kind, inspect.IntType):
        return isinstance(value, int) and _is_number(value, kind)
    return isinstance(kind, inspect.FloatType) and _is_number(value, kind)


def _is_number(value: object, kind: inspect.IntType | inspect.FloatType) -> bool:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return False
    return (kind.ge is None or value >= kind.ge) and (kind.le is None or value <= kind.le)


def _expected(kind: inspect.Type, place: Place) -> Value:
    """Say which values are allowed somewhere."""
    if isinstance(kind, inspect.UnionType):
        one, other = (_expected(each, place) for each in kind.types if not isinstance(each, inspect.NoneType))
        return say("settings.either", one=one, other=other)
    if isinstance(kind, inspect.LiteralType):
        names = _choices(kind)
        ordered = next((order for order in place.orders if set(order) == set(names)), tuple(names))
        return say("settings.one-of", choices=ordered)
    if isinstance(kind, (inspect.IntType, inspect.FloatType)):
        least, most = f"{kind.ge:,}".replace(",", ""), f"{kind.le:,}".replace(",", "")
        whole = isinstance(kind, inspect.IntType)
        return Say("settings.whole-number" if whole else "settings.number", (("least", least), ("most", most)))
    if isinstance(kind, inspect.StrType):
        return say("settings.color") if kind.pattern else say("settings.text")
    return say(_EXPECTED[type(kind)])


_EXPECTED: Mapping[type, str] = {
    inspect.BoolType: "settings.flag",
    inspect.VarTupleType: "settings.list",
    inspect.StructType: "settings.table",
    inspect.DictType: "settings.table",
}
