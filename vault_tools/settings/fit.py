"""The first value in settings that does not fit its type."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import inspect

from vault_tools.errors import SettingsError
from vault_tools.model.text import Value, say
from vault_tools.settings.faults import SettingsFile, nearest
from vault_tools.settings.toml_text import KeyPath


def first_fault(data: object, kind: type, file: SettingsFile) -> SettingsError:
    """Return the error for the first value that does not fit a type of settings."""
    return next(_faults(data, inspect.type_info(kind), (), file), None) or SettingsError(
        say("settings.wrong-somewhere", where=file.where)
    )


def _faults(value: object, kind: inspect.Type, path: KeyPath, file: SettingsFile) -> Iterator[SettingsError]:
    """Yield the errors for a value and what is in it."""
    kind = _chosen(kind, value)
    if isinstance(kind, inspect.StructType) and isinstance(value, dict):
        return _faults_of_table(value, kind, path, file)
    if isinstance(kind, inspect.DictType) and isinstance(value, dict):
        return _faults_of_names(value, kind, path, file)
    if isinstance(kind, inspect.VarTupleType) and isinstance(value, list):
        return _faults_of_list(value, kind, path, file)
    return _faults_of_value(value, kind, path, file)


def _chosen(kind: inspect.Type, value: object) -> inspect.Type:
    """Return the one of several types that a value means; all of them if none fits."""
    if not isinstance(kind, inspect.UnionType):
        return kind
    types = [each for each in kind.types if not isinstance(each, inspect.NoneType)]
    lists = [each for each in types if isinstance(each, inspect.VarTupleType)]
    if isinstance(value, list) and lists:
        return lists[0]
    return types[0] if len(types) == 1 else kind


def _faults_of_table(
    value: Mapping[str, Any], kind: inspect.StructType, path: KeyPath, file: SettingsFile
) -> Iterator[SettingsError]:
    fields = {field.name: field for field in kind.fields}
    for name, each in value.items():
        if name in fields:
            yield from _faults(each, fields[name].type, (*path, name), file)
        else:
            yield file.unknown((*path, name), fields)
    lacking = [field.name for field in kind.fields if field.required and field.name not in value]
    yield from (SettingsError(say("settings.missing-key", at=file.at((*path, name)))) for name in lacking)


def _faults_of_names(
    value: Mapping[str, Any], kind: inspect.DictType, path: KeyPath, file: SettingsFile
) -> Iterator[SettingsError]:
    names = _choices(kind.key_type)
    for name, each in value.items():
        if names and name not in names:
            yield file.unknown((*path, name), names)
        yield from _faults(each, kind.value_type, (*path, name), file)


def _faults_of_list(
    value: Sequence[Any], kind: inspect.VarTupleType, path: KeyPath, file: SettingsFile
) -> Iterator[SettingsError]:
    for number, item in enumerate(value):
        yield from _faults(item, kind.item_type, (*path, number), file)


def _faults_of_value(value: object, kind: inspect.Type, path: KeyPath, file: SettingsFile) -> Iterator[SettingsError]:
    if not _fits(value, kind):
        near = nearest(value, _choices(kind)) if isinstance(value, str) else ""
        yield file.wrong(path, value, _expected(kind, file), near)


def _choices(kind: inspect.Type) -> list[str]:
    return [str(value) for value in kind.values if value] if isinstance(kind, inspect.LiteralType) else []


def _fits(value: object, kind: inspect.Type) -> bool:
    """Tell whether a single value fits a type."""
    fits = _FITS.get(type(kind))
    return fits is not None and fits(value, kind)


def _fits_one(value: object, kind: inspect.UnionType) -> bool:
    return any(_fits(value, each) for each in kind.types)


def _is_choice(value: object, kind: inspect.LiteralType) -> bool:
    return value in kind.values


def _is_text(value: object, kind: inspect.StrType) -> bool:
    return isinstance(value, str) and (kind.pattern is None or re.search(kind.pattern, value) is not None)


def _is_flag(value: object, _kind: inspect.BoolType) -> bool:
    return isinstance(value, bool)


def _is_whole_number(value: object, kind: inspect.IntType) -> bool:
    return isinstance(value, int) and _is_number(value, kind)


def _is_number(value: object, kind: inspect.IntType | inspect.FloatType) -> bool:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return False
    return (kind.ge is None or value >= kind.ge) and (kind.le is None or value <= kind.le)


_FITS: Mapping[type, Callable[[object, Any], bool]] = {
    inspect.UnionType: _fits_one,
    inspect.LiteralType: _is_choice,
    inspect.StrType: _is_text,
    inspect.BoolType: _is_flag,
    inspect.IntType: _is_whole_number,
    inspect.FloatType: _is_number,
}
"""For each type of a single value, whether a value fits it."""


def _expected(kind: inspect.Type, file: SettingsFile) -> Value:
    """Say which values are allowed somewhere."""
    if isinstance(kind, inspect.UnionType):
        one, other = (_expected(each, file) for each in kind.types if not isinstance(each, inspect.NoneType))
        return say("settings.either", one=one, other=other)
    if isinstance(kind, inspect.LiteralType):
        return say("settings.one-of", choices=_ordered_choices(kind, file))
    if isinstance(kind, inspect.IntType):
        return say("settings.whole-number", least=str(kind.ge), most=str(kind.le))
    if isinstance(kind, inspect.FloatType):
        return say("settings.number", least=str(kind.ge), most=str(kind.le))
    if isinstance(kind, inspect.StrType) and kind.pattern:
        return say("settings.color")
    return say(_EXPECTED[type(kind)])


def _ordered_choices(kind: inspect.LiteralType, file: SettingsFile) -> tuple[str, ...]:
    """Return the choices in the order in which they are shown."""
    names = _choices(kind)
    return next((order for order in file.orders if set(order) == set(names)), tuple(names))


_EXPECTED: Mapping[type, str] = {
    inspect.StrType: "settings.text",
    inspect.BoolType: "settings.flag",
    inspect.VarTupleType: "settings.list",
    inspect.StructType: "settings.table",
    inspect.DictType: "settings.table",
}
"""The sentences for types that need no more words."""
