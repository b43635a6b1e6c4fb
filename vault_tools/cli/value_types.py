"""The kinds of values that options and arguments take, each with its own sentence for a value that does not fit."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from vault_tools import shipped
from vault_tools.cli import screen


class LanguageType(click.ParamType):  # type: ignore[type-arg]  # older versions of click take none
    """A language that vault-tools speaks, by any of its names."""

    name = "language"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return what the language is called here."""
        language = shipped.known_language(value)
        if language is None:
            self.fail(
                screen.format_on_one_line("screen.no-such-language", languages=shipped.languages(), name=value),
                param,
                ctx,
            )
        return language


class DayType(click.ParamType):  # type: ignore[type-arg]  # see LanguageType
    """A day: 2024-05-31."""

    name = "day"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            return self.fail(screen.format_on_one_line("screen.no-day", value=value), param, ctx)


class NumberType(click.IntRange):
    """A whole number."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ANN401
        """Return the number."""
        try:
            number = int(value)
        except ValueError:
            return self.fail(screen.format_phrase("screen.no-number", value=str(value)), param, ctx)
        if not self._allows(number):
            self.fail(self._limits(number), param, ctx)
        return number

    def _allows(self, number: int) -> bool:
        """Tell whether a number is within the limits."""
        return number >= int(self.min or 0) and (self.max is None or number <= self.max)

    def _limits(self, number: int) -> str:
        """Say which numbers are allowed in place of another."""
        least, value = int(self.min or 0), str(number)
        if self.max is None:
            return screen.format_phrase("screen.at-least", least=least, value=value)
        return screen.format_phrase("screen.between", least=least, most=int(self.max), value=value)


class ChoiceType(click.Choice):  # type: ignore[type-arg]  # see LanguageType
    """One of several words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401
        """Return the word."""
        if value not in self.choices:
            choices = tuple(map(str, self.choices))
            self.fail(screen.format_phrase("screen.not-one-of", value=str(value), choices=choices), param, ctx)
        return value


class PathType(click.Path):
    """A file or a folder."""

    def __init__(self, *, is_file: bool = False, is_folder: bool = False) -> None:
        """Take what it may be: a file, a folder, or either."""
        super().__init__(path_type=Path, dir_okay=not is_file, file_okay=not is_folder, readable=False)
        self._id = "screen.file" if is_file else "screen.folder" if is_folder else "screen.path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401
        """Return the path."""
        self.name = screen.format_phrase(self._id)
        return super().convert(value, param, ctx)
