"""A query as tokens: words, phrases, operators, brackets."""

import re

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<minus>-(?=[^\s)]))
      | (?P<open>\()
      | (?P<close>\))
      | (?P<operator>(?:file|path|content|match-case|ignore-case|tag|line|block|section|task|task-todo|task-done):)
      | "(?P<phrase>(?:[^"\\]|\\.)*)(?:"|\Z)
      | /(?P<pattern>(?:[^/\\]|\\.)+)/
      | \[(?P<property>(?:"(?:[^"\\]|\\.)*"|[^\]"])*)\]
      | (?P<either>OR(?![^\s()]))
      | (?P<word>[^\s()"\[\]][^\s()"]*)
    )""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class Tokens:
    """The tokens of a query, one after the other."""

    def __init__(self, query: str) -> None:
        """Begin at the start of a query."""
        self._query = query
        self._at = 0

    @property
    def rest(self) -> str:
        """What is left of the query."""
        return self._query[self._at :]

    def next_kind(self) -> str | None:
        """Return the kind of the next token (a group of the pattern); None if there is none."""
        token = _TOKEN.match(self._query, self._at)
        return token.lastgroup if token else None

    def take(self) -> tuple[str, str]:
        """Take the next token: its kind and its text, both "" if there is none."""
        token = _TOKEN.match(self._query, self._at)
        if token is None or token.lastgroup is None:
            return "", ""
        self._at = token.end()
        return token.lastgroup, token[token.lastgroup]


def without_escapes(text: str) -> str:
    """Return the text between quotes as it is meant: a backslash only keeps the character behind it."""
    return _ESCAPED.sub(r"\1", text)
