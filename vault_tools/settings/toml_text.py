"""TOML as a person writes it: read, with a sentence for each kind of mistake."""

import re
import tomllib
from typing import Any

from vault_tools.model.text import say
from vault_tools.settings.toml_mistakes import QUOTED, TomlError, explain

_LONG_KEY = re.compile(r"(?<![\w-])(?:[\w-]++[ \t]{0,9}+\.[ \t]{0,9}+){64}")
"""A key with more parts than anybody writes: the time and the memory that `tomllib` needs grow with their square."""


def read(text: str) -> dict[str, Any]:
    """Return what a TOML text contains. Raises TomlError."""
    if _LONG_KEY.search(QUOTED.sub("q", text)):
        raise TomlError(say("settings.toml-long-key"))
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise explain(str(error), text) from None
    except RecursionError:
        raise TomlError(say("settings.toml-deep")) from None
    except ValueError:  # Python converts no number of thousands of digits
        raise TomlError(say("settings.toml-long-number")) from None
