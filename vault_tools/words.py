"""The catalogue: every sentence that vault-tools says, by its id, in each language (`templates/words/`)."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache

from vault_tools import shipped

Entry = str | Mapping[str, str]
"""A sentence; or its forms `one` and `other`, if it depends on the number `n`."""
Words = Mapping[str, Entry]
"""The sentences and terms of a language, by id."""
ENGLISH = "en"
HEADER = re.compile(r"^[ \t]*\[[ \t]*([\w.-]+)[ \t]*\][ \t]*(?:#.*)?$", re.MULTILINE)
"""The line that begins a section."""


def is_said(entry: Entry) -> bool:
    """Tell whether a row says something: it is not empty, and none of its forms is."""
    return bool(entry) and (isinstance(entry, str) or all(entry.values()))


class Catalogue(Mapping[str, Entry]):
    """The sentences of a language by id: `missing.title` is the row `title` under `[missing]`.

    A row that is absent, or that is empty or has an empty form, is taken from `rest`, which is English. A section is
    parsed when it is first needed, so that a short answer does not wait for the whole catalogue.
    """

    def __init__(self, text: str, rest: "Catalogue | None" = None) -> None:
        """Take the TOML text of a language."""
        names = HEADER.split(text)
        self._texts = dict(zip(names[1::2], names[2::2], strict=True))
        self._parsed: dict[str, Mapping[str, Entry]] = {}
        self._rest = rest

    def __getitem__(self, id_: str) -> Entry:
        """Return a sentence; KeyError if neither the language nor English has it."""
        section, _, name = id_.rpartition(".")
        entry = self.section(section).get(name, "")
        if is_said(entry):
            return entry
        if self._rest is None:
            raise KeyError(id_)
        return self._rest[id_]

    def section(self, name: str) -> Mapping[str, Entry]:
        """Return the rows of a section that the language has itself; none if it has no such section."""
        if name not in self._parsed:
            self._parsed[name] = tomllib.loads(self._texts.get(name, ""))
        return self._parsed[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the id of every sentence."""
        own = {f"{section}.{name}": None for section in self._texts for name in self.section(section)}
        return iter({**own, **dict.fromkeys(self._rest or ())})

    def __len__(self) -> int:
        """Return the number of sentences."""
        return sum(1 for _ in self)


@cache
def words(language: str = ENGLISH) -> Catalogue:
    """Return the sentences of a language, named as Obsidian or the system names it; English if it is unknown."""
    known = shipped.spoken_language(language)
    if known != language:
        return words(known)
    return Catalogue(shipped.asset(f"words/{known}.toml"), None if known == ENGLISH else words())
