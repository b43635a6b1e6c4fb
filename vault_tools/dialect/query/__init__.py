"""Which nodes an Obsidian search finds, as far as the groups of its graph need it.

Words, "phrases", `-`, OR and parentheses; `path:`, `file:`, `content:`, `tag:`, `line:`, `block:`, `section:`, `task:`
and similar; `[property]` and `[property:value]`. A /regular expression/ runs in linear time; lookaround is not
supported. A search that is not understood finds nothing.
"""

from vault_tools.dialect.query.matching import first_found, is_understood

__all__ = ["first_found", "is_understood"]
