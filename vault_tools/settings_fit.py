"""The first value in settings that does not fit its type."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import inspect

from vault_tools.errors import SettingsError
from vault_tools.model.text import Value, say
from vault_tools.settings_faults import SettingsFile, nearest
from vault_tools.toml_text import KeyPath


def first(data: object, kind: type, file: SettingsFile) -> SettingsError:
    """Return the error for the first value that does not fit a type of settings."""
    return next(_faults(data, inspect.type_info(kind), (), file), None) or SettingsError(
        say("settings.wrong-somewhere", where=file.where)
    )


def _faults(value: object, kind: inspect.Type, path: KeyPath, file: SettingsFile) -> Iterator[SettingsError]:
    """Yield the errors for a value and what is in it."""
    kind = _chosen(kind, value)
    if isinstance(kind, inspect.StructType) and isinstance(value, dict):
        yield from _of_table(value, kind, path, file)
    elif isinstance(kind, inspect.DictType) and isinstance(value, dict):
        yield from _of_names(value, kind, path, file)
    elif isinstance(kind, inspect.VarTupleType) and isinstance(value, list):
        for at, item in enumerate(value):
            yield from _faults(item, kind.item_type, (*path, at), file)
    elif not _fits(value, kind):
        near = nearest(value, _choices(kind)) if isinstance(value, str) else ""
        yield file.wrong(path, value, _expected(kind, file), near)


def _chosen(kind: inspect.Type, value: object) -> inspect.Type:
    """Return the one of several types that a value means; all of them if none fits."""
    if not isinstance(kind, inspect.UnionType):
        return kind
    types = [each for each in kind.types if not isinstance(each, inspect.NoneType)]
    lists = [each for each in types if isinstance(each, inspect.VarTupleType)]
    if isinstance(value, list) and lists:
        return lists[0]
    return types[0] if len(types) == 1 else kind


def _of_table(
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


def _of_names(
    value: Mapping[str, Any], kind: inspect.DictType, path: KeyPath, file: SettingsFile
) -> Iterator[SettingsError]:
    names = _choices(kind.key_type)
    for name, each in value.items():
        if names and name not in names:
            yield file.unknown((*path, name), names)
        yield from _faults(each, kind.value_type, (*path, name), file)


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


def _expected(kind: inspect.Type, file: SettingsFile) -> Value:
    """Say which values are allowed somewhere."""
    if isinstance(kind, inspect.UnionType):
        one, other = (_expected(each, file) for each in kind.types if not isinstance(each, inspect.NoneType))
        return say("settings.either", one=one, other=other)
    if isinstance(kind, inspect.LiteralType):
        names = _choices(kind)
        ordered = next((order for order in file.orders if set(order) == set(names)), tuple(names))
        return say("settings.one-of", choices=ordered)
    if isinstance(kind, (inspect.IntType, inspect.FloatType)):
        is_whole = isinstance(kind, inspect.IntType)
        return say("settings.whole-number" if is_whole else "settings.number", least=str(kind.ge), most=str(kind.le))
    if isinstance(kind, inspect.StrType):
        return say("settings.color") if kind.pattern else say("settings.text")
    return say(_EXPECTED[type(kind)])


_EXPECTED: Mapping[type, str] = {
    inspect.BoolType: "settings.flag",
    inspect.VarTupleType: "settings.list",
    inspect.StructType: "settings.table",
    inspect.DictType: "settings.table",
}
