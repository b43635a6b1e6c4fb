"""Rules for blocks between two marks: math (`$$` … `$$`) and comments (`%%` … `%%`)."""

from bisect import bisect_right

from markdown_it.rules_block import StateBlock


def math(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  (markdown-it's signature)
    """Recognise `$$` … `$$` over several lines; without a closing mark it reaches to the end."""
    closing = _closing_line(state, start, end, "$$")
    if closing < 0:
        return False
    if not silent:
        last = min(closing + 1, end)
        state.push("math_block", "", 0).map = [start, last]
        state.line = last
    return True


def comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  (markdown-it's signature)
    """Recognise `%%` … `%%` over several lines: its text is live, its headings and items are not.

    Without a closing mark it reaches to the end.
    """
    closing = _closing_line(state, start, end, "%%")
    if closing < 0:
        return False
    if not silent:
        last = min(closing + 1, end)
        state.push("comment_open", "", 1).map = [start, last]
        _push_line(state, start)
        state.md.block.tokenize(state, start + 1, closing)
        if closing < end:
            _push_line(state, closing)
        state.push("comment_close", "", -1)
        state.line = last
    return True


def _closing_line(state: StateBlock, start: int, end: int, mark: str) -> int:
    """Return the line that closes a block opened by `mark` at line `start`; `end` if none does, -1 if none opens."""
    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(mark, begin) or state.is_code_block(start):
        return -1
    if mark in state.src[begin + 2 : state.eMarks[start]]:
        return -1
    closing = state.src.find(mark, state.eMarks[start])
    return min(end, bisect_right(state.bMarks, closing, 0, state.lineMax) - 1) if closing >= 0 else end


def _push_line(state: StateBlock, at: int) -> None:
    """Push a line of live text unchanged."""
    token = state.push("inline", "", 0)
    token.map, token.content = [at, at + 1], state.getLines(at, at + 1, 0, False).strip()  # noqa: FBT003
