"""Texts as JSON, for what is remembered from one run to the next."""

import json
from collections.abc import Callable
from typing import Any

from vault_tools.model.text import Ref, Say, Term, Text, Value


def pack_text(text: Text | Value, called: Callable[[Ref], Text | Value]) -> str:
    """Return a text as JSON; each mention becomes what it is called."""
    return json.dumps(_plain(text, called), ensure_ascii=False)


def unpack_text(data: str) -> Text | Value:
    """Return the text that was packed."""
    text: Text | Value = _text(json.loads(data))
    return text


def _plain(text: Any, called: Callable[[Ref], Text | Value]) -> object:  # noqa: ANN401  (Text and Value nest)
    if isinstance(text, Ref):
        return _plain(called(text), called)
    if isinstance(text, Term):
        return {"term": [text.kind, text.name]}
    if isinstance(text, Say):
        return {"say": text.id, "values": {name: _plain(value, called) for name, value in text.values}}
    return [_plain(part, called) for part in text] if isinstance(text, tuple) else text


def _text(data: Any) -> Any:  # noqa: ANN401  (see above)
    if isinstance(data, list):
        return tuple(map(_text, data))
    if not isinstance(data, dict):
        return data
    if "term" in data:
        return Term(*data["term"])
    return Say(data["say"], tuple((name, _text(value)) for name, value in data["values"].items()))
