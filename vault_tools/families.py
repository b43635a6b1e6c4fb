"""Families: packages in which each file adds something, found by its name without any other edit.

A file whose name begins with `_` is no member. A file that is no proper member stops the run with one line.
"""

import sys
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Any, Generic, Protocol, TypeVar

from vault_tools.errors import FamilyError
from vault_tools.model.text import say


class _Named(Protocol):
    @property
    def name(self) -> str: ...


T = TypeVar("T", bound=_Named)


@dataclass(frozen=True, slots=True)
class Family(Generic[T]):
    """A package, the constant that each of its files defines, and the class of what the constant holds.

    Raises FamilyError where a file is no proper member.
    """

    package: str
    constant: str
    kind: type[T]

    def names(self) -> list[str]:
        """Return the names of the files, without importing them."""
        folders = sys.modules[self.package].__path__
        return sorted({module.name for module in iter_modules(folders) if not module.name.startswith("_")})

    def member(self, file: str, name: str = "") -> T:
        """Return what a file adds. It must have a certain name: by default that of its file."""
        value = self._value(file)
        if not isinstance(value, self.kind):
            raise self._wrong_kind(file, value)
        if value.name != (name or file):
            raise self._wrong_name(file, value.name, name or file)
        return value

    def rows(self) -> list[T]:
        """Return what all files add, where the constant is a tuple: each of its rows has a name that no other has."""
        rows: dict[str, T] = {}
        for file in self.names():
            for row in self._tuple(file):
                if row.name in rows:
                    raise self._name_again(file, row.name)
                rows[row.name] = row
        return list(rows.values())

    def _tuple(self, file: str) -> tuple[T, ...]:
        value = self._value(file)
        if not isinstance(value, tuple) or not all(isinstance(row, self.kind) for row in value):
            raise self._wrong_rows(file)
        return value

    def _value(self, file: str) -> Any:  # noqa: ANN401  (whatever the file defines)
        try:
            module = import_module(f"{self.package}.{file}")
        except Exception as error:
            raise self._not_loaded(file, error) from error
        if not hasattr(module, self.constant):
            raise self._no_constant(file)
        return getattr(module, self.constant)

    def _place(self, file: str) -> str:
        spec = find_spec(f"{self.package}.{file}")
        return str(spec.origin if spec else file)

    def _not_loaded(self, file: str, error: Exception) -> FamilyError:
        why = f"{type(error).__name__}: {error}"
        return FamilyError(say("family.not-loaded", file=self._place(file), error=why))

    def _no_constant(self, file: str) -> FamilyError:
        return FamilyError(say("family.no-constant", file=self._place(file), constant=self.constant))

    def _wrong_kind(self, file: str, value: object) -> FamilyError:
        kind, actual = self.kind.__name__, type(value).__name__
        where = self._place(file)
        return FamilyError(say("family.wrong-kind", file=where, constant=self.constant, kind=kind, actual=actual))

    def _wrong_rows(self, file: str) -> FamilyError:
        where, kind = self._place(file), self.kind.__name__
        return FamilyError(say("family.wrong-rows", file=where, constant=self.constant, kind=kind))

    def _wrong_name(self, file: str, name: str, expected: str) -> FamilyError:
        where = self._place(file)
        return FamilyError(say("family.wrong-name", file=where, constant=self.constant, name=name, expected=expected))

    def _name_again(self, file: str, name: str) -> FamilyError:
        return FamilyError(say("family.name-again", file=self._place(file), constant=self.constant, name=name))
