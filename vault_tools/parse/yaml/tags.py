"""YAML tags (`!!str`): which ones can be read, and what they turn a scalar into."""

import re
from urllib.parse import unquote_to_bytes

from vault_tools.parse.yaml.faults import YamlError

_TAG = re.compile(r"!(?:<[^ \t\n>]*+>?|(?>(?:[0-9A-Za-z\-#;/?:@&=+$_.!~*'()]|%[0-9A-Fa-f]{2})*))")
_STANDARD = "tag:yaml.org,2002:"


def tag_end(text: str, pos: int) -> int:
    """Return where the tag at `pos` ends."""
    found = _TAG.match(text, pos)
    return found.end() if found else pos + 1


def standard(source: str, pos: int) -> str:
    """Return what a tag is called in YAML itself (`str` for `!!str`, `!` for `!`); "" for a user-defined tag."""
    if source.startswith("!<"):
        if source[-1] != ">" or source in {"!<!>", "!<!!>"}:
            raise YamlError(pos, "tag")
        name = source[2:-1]
    elif source == "!":
        return source
    else:
        name = _resolved(source, pos)
    return name.removeprefix(_STANDARD) if name.startswith(_STANDARD) else ""


def _resolved(source: str, pos: int) -> str:
    handle, _, suffix = source.rpartition("!")
    if not suffix or handle not in {"", "!"}:
        raise YamlError(pos, "tag")
    if not handle:
        return source
    try:
        return _STANDARD + unquote_to_bytes(suffix).decode()
    except UnicodeDecodeError:
        raise YamlError(pos, "tag") from None
