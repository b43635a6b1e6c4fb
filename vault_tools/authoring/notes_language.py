"""The language that the notes of a vault are written in."""

import re
from collections.abc import Iterable

from vault_tools.model.note import Note

_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_JAPANESE = re.compile(r"[\u3040-\u30ff]")
_WORD = re.compile(r"[^\W\d_\u2e80-\uffff]{2,}")


def language_of(notes: Iterable[Note]) -> str:
    """Return `zh` if most notes of a vault are Chinese by their names and the text they begin with, else `en`."""
    texts = [f"{note.path.rpartition('/')[2].removesuffix('.md')} {note.excerpt}" for note in notes]
    written = [text for text in texts if _CHINESE.search(text) or _WORD.search(text)]
    return "zh" if 2 * sum(map(is_chinese, written)) > len(written) else "en"


def is_chinese(text: str) -> bool:
    """Tell whether a text has more Chinese characters than words of other languages; Japanese also uses these."""
    chinese = len(_CHINESE.findall(text))
    return chinese > len(_WORD.findall(text)) and chinese > 2 * len(_JAPANESE.findall(text))
