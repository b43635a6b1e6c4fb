"""How a line of Markdown may begin, as regular expressions."""

PLAIN = (
    r"(?:[^\s>#*+\-=_`~<|$%:0-9^]|\*\*?(?=[^\s*])|_{1,2}(?=[^\s_])|`{1,2}(?!`)"
    r"|\d{1,9}(?![\d.)])|\d{1,9}[.)](?=\S))"
)
"""A regular expression for the beginning of a line that is only text, in any context."""

MARKER = r"(?:[-*+]|[0-9]{1,9}[.)])"
"""What opens a list item."""
UNDERLINE = r"(?:=+|-{3,})"
"""What makes a heading of the line above it."""
