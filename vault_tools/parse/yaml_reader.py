"""A reader of YAML blocks that accepts what Obsidian accepts, and rejects what Obsidian rejects.

A recursive descent by indentation. `parent` is the indentation of the collection around a node, -1 at the top. Reading
ends at the first fault, because Obsidian uses nothing of a block with a fault.
"""

import re

from vault_tools.parse import yaml_blocks
from vault_tools.parse.yaml_nodes import Mistake, Node, Props, YamlError, nothing
from vault_tools.parse.yaml_tags import tag_end
from vault_tools.parse.yaml_text import at_marker, folded, plain_end, quoted_end, unquoted

DEEPEST = 50
"""How deep values may nest."""
LONGEST_KEY = 1024
"""How many characters may come before the colon of a key."""

_GAP = re.compile(r"(?>(?:[ \t]*+(?:(?:(?<=[ \t\n])|\A)#[^\n]*+)?\n)*)")
_MARKED = re.compile(r"\A((?>(?:[ \t]*+(?:#[^\n]*+)?\n)*))\ufeff")
_SPACES = re.compile(r" *+")
_BLANKS = re.compile(r"[ \t]*+")
_NAME = re.compile(r"[&*][^ ,\[\]{}\n\t]*+")
_REST = re.compile(r"[ \t]*+(?:(?<=[ \t])#[^\n]*+)?(?=\n|\Z)")
_EMPTY = frozenset(" \t\n")
_FLOW_MARKS = frozenset(" \t\n,[]{}")
_WRONG_STARTS: dict[str, Mistake] = {
    "@": "start",
    "`": "start",
    "%": "start",
    ",": "start",
    "|": "start",
    ">": "start",
    "]": "bracket",
    "}": "bracket",
    "#": "comment",
}


def compose(block: str) -> Node | None:
    r"""Read a block whose lines end in `\n`; None if it is empty.

    Raises:
        YamlError: Obsidian would call these properties invalid.
    """
    return _Reader(block if block.endswith("\n") else f"{block}\n").document()


class _Reader:
    __slots__ = ("depth", "least", "pos", "tabbed", "text")

    def __init__(self, text: str) -> None:
        self.text = _MARKED.sub(r"\1", text)
        self.pos = 0
        self.depth = 0
        self.least = 0
        self.tabbed = False

    def document(self) -> Node | None:
        """Read the only document of the block."""
        begin = self._gap()
        if self.text.startswith("%", self.pos) and begin:
            raise YamlError(self.pos, "start")
        if self.pos == self._line_start() and self.text.startswith("---", self.pos) and at_marker(self.text, self.pos):
            self.pos += 3
            node = self._node(-1, 0)
        else:
            self.pos = self._line_start()
            node = self._node(-1, 0, mark="-")
        self._finish()
        return None if node.bare and not (node.props.anchor or node.props.tag) else node

    def _finish(self) -> None:
        """Check that only comments and an end marker follow."""
        self._gap()
        if self.text.startswith("...", self.pos) and at_marker(self.text, self.pos) and not self._column():
            self.pos += 3
            self._line_end()
            self._gap()
        if self.pos < len(self.text):
            marked = at_marker(self.text, self.pos) and not self._column()
            raise YamlError(self.pos, "documents" if marked else self._leftover())

    def _leftover(self) -> Mistake:
        return "tab" if self.tabbed else _WRONG_STARTS.get(self.text[self.pos], "trailing")

    # Blanks, comments and lines

    def _gap(self) -> bool:
        """Go to the next character that means something; tell whether it is the first of its line."""
        begin = self.pos
        found = _GAP.match(self.text, begin)
        self.pos = found.end() if found else begin
        fresh = self.pos == 0 or self.text[self.pos - 1] == "\n"
        blanks = _BLANKS.match(self.text, self.pos)
        end = blanks.end() if blanks else self.pos
        self.tabbed = "\t" in self.text[self.pos : end]
        self.pos = end
        return fresh

    def _line_start(self) -> int:
        return self.text.rfind("\n", 0, self.pos) + 1

    def _column(self) -> int:
        """Return how many spaces begin the line."""
        start = self._line_start()
        found = _SPACES.match(self.text, start)
        return found.end() - start if found else 0

    def _is_first(self) -> bool:
        """Tell whether there are only spaces before this place in its line."""
        return self._line_start() + self._column() == self.pos

    def _ended(self) -> bool:
        """Tell whether the document ends at this line."""
        return self.pos >= len(self.text) or (not self._column() and at_marker(self.text, self._line_start()))

    def _line_end(self) -> None:
        """Check that the rest of the line is empty or a comment."""
        found = _REST.match(self.text, self.pos)
        if found is None:
            blanks = _BLANKS.match(self.text, self.pos)
            at = blanks.end() if blanks else self.pos
            raise YamlError(at, "comment" if self.text[at] == "#" else "trailing")
        self.pos = found.end()

    def _is_mark(self, marks: str) -> bool:
        """Tell whether one of these characters is here, followed by a blank."""
        pos = self.pos
        return self.text[pos : pos + 1] in set(marks) and self.text[pos + 1 : pos + 2] in {*_EMPTY, ""}

    # Nodes of blocks

    def _node(self, parent: int, here: int, *, mark: str = "", dash: bool = False) -> Node:
        """Read the value that follows.

        `here` is the indentation of a node that begins on this line; a collection needs a `mark`. With `dash`, the
        items of a list may be indented like the lines around them.
        """
        above, props = Props(), Props()
        fresh = False
        while True:
            start = self.pos
            if self._gap():
                fresh, here, self.least = True, self._column(), 0
                above, props = above.joined(props), Props()
                if self._outside(parent, here, dash=dash):
                    self.pos = self._line_start() if self.pos > start else start
                    return nothing(start, above)
            if self.text[self.pos] not in "&!":
                break
            if self.tabbed and props.pos < 0 and (fresh or mark in {"-", "?"}):
                raise YamlError(self.pos, "tab")
            self._prop(props)
            self._spaced()
        return self._content(parent, here, above, props, open_=fresh or mark != "", fresh=fresh)

    def _outside(self, parent: int, here: int, *, dash: bool) -> bool:
        """Tell whether the line belongs to the collection around the node."""
        if self._ended():
            return True
        return here <= parent and not (dash and here == parent and self._is_mark("-"))

    def _prop(self, props: Props) -> None:
        """Read an anchor or a tag."""
        pos = self.pos
        if self.text[pos] == "&":
            found = _NAME.match(self.text, pos)
            name, self.pos = (found.group()[1:], found.end()) if found else ("", pos)
            if not name or props.anchor:
                raise YamlError(pos, "anchor")
            props.anchor = name
        else:
            self.pos = tag_end(self.text, pos)
            if props.tag:
                raise YamlError(pos, "tag")
            props.tag = self.text[pos : self.pos]
        props.pos = pos if props.pos < 0 else props.pos

    def _spaced(self) -> None:
        """Check that a space follows an anchor or a tag."""
        if self.text[self.pos] not in _EMPTY:
            raise YamlError(self.pos, "tag")

    def _content(self, parent: int, here: int, above: Props, props: Props, *, open_: bool, fresh: bool) -> Node:
        """Read a node whose anchor and tag have been read, both from the lines above and from the same line."""
        if self.depth > DEEPEST:
            raise YamlError(self.pos, "deep")
        tabbed = self.tabbed = self.tabbed and props.pos < 0
        self.depth += 1
        if self._is_mark("-"):
            node = self._list(here, open_=open_ and props.pos < 0, tabbed=tabbed)
            node.props = above.joined(props)
        elif self._is_mark("?:"):
            node = self._mapping(here, props, open_=open_, tabbed=tabbed)
            node.props = above
        else:
            node = self._leaf_or_key(parent, here, above, props, open_=open_, fresh=fresh)
        self.depth -= 1
        return node

    def _leaf_or_key(self, parent: int, here: int, above: Props, props: Props, *, open_: bool, fresh: bool) -> Node:
        tabbed = self.tabbed
        if self.text[self.pos] in "|>":
            node = Node("scalar", self.pos, style=self.text[self.pos])
            node.text, self.pos = yaml_blocks.read(self.text, self.pos, parent)
        else:
            key = self._leaf(max(parent + 1, self.least))
            self.least = 0
            if self._at_colon() and (open_ or key.kind not in {"sequence", "mapping"}):
                if self.text.find("\n", key.pos, self.pos) >= 0:
                    at_key = fresh or key.style in {"'", '"'}
                    raise YamlError(key.pos if at_key else self._line_start(), "colon" if at_key else "indent")
                node = self._mapping(here, props, open_=open_, tabbed=tabbed, key=key)
                node.props = above
                return node
            node = key
            if not self._is_mark(":"):
                self._line_end()
        if tabbed and fresh and self._tab_matters(node, parent, here):
            raise YamlError(node.pos, "tab")
        node.props = above.joined(props)
        if node.kind == "alias" and node.props.pos >= 0:
            raise YamlError(node.pos, "alias")
        return node

    @staticmethod
    def _tab_matters(node: Node, parent: int, here: int) -> bool:
        return here <= max(parent, 0) and not (parent < 0 and node.kind in {"mapping", "sequence"})

    def _at_colon(self) -> bool:
        """Go to the colon of a key, if one follows on this line."""
        blanks = _BLANKS.match(self.text, self.pos)
        end = blanks.end() if blanks else self.pos
        if self.text.startswith(":", end) and self.text[end + 1 : end + 2] in {*_EMPTY, ""}:
            self.pos = end
            return True
        return False

    def _leaf(self, least: int, *, flow: bool = False) -> Node:
        """Read a scalar, an alias, or a collection in brackets."""
        pos, char = self.pos, self.text[self.pos]
        if char in "[{":
            return self._flow(least)
        if char in "\"'":
            self.pos = quoted_end(self.text, pos, least)
            return Node("scalar", pos, unquoted(self.text[pos : self.pos], pos), style=char)
        if char == "*":
            found = _NAME.match(self.text, pos)
            self.pos = found.end() if found else pos
            return Node("alias", pos, self.text[pos + 1 : self.pos])
        if char in _WRONG_STARTS:
            raise YamlError(pos, _WRONG_STARTS[char])
        self.pos = plain_end(self.text, pos, least, flow=flow)
        return Node("scalar", pos, folded(self.text[pos : self.pos]))

    def _list(self, indent: int, *, open_: bool, tabbed: bool) -> Node:
        """Read a list; each item follows a dash at `indent`."""
        if tabbed or not open_:
            raise YamlError(self.pos, "tab" if tabbed else "item")
        node = Node("sequence", self.pos)
        while True:
            node.items.append(self._after_mark(indent, dash=False))
            if not self._goes_on(indent) or not self._is_mark("-"):
                self.pos = self._line_start()
                return node

    def _after_mark(self, indent: int, *, dash: bool) -> Node:
        """Read what follows the mark `-`, `?` or `:` at the start of a line."""
        mark = self.text[self.pos]
        self.pos += 1
        blanks = _BLANKS.match(self.text, self.pos)
        width = blanks.end() - self.pos if blanks else 0
        return self._node(indent, indent + 1 + width, mark=mark, dash=dash)

    def _goes_on(self, indent: int, *, colon: bool = False) -> bool:
        """Go to the next line; tell whether the collection has another item there. A `colon` may be indented more."""
        self._gap()
        if self._ended() or self._column() < indent:
            return False
        if self.tabbed or (self._column() > indent and not (colon and self._is_mark(":"))):
            raise YamlError(self.pos, "tab" if self.tabbed else "indent")
        return True

    def _mapping(self, indent: int, props: Props, *, open_: bool, tabbed: bool, key: Node | None = None) -> Node:
        """Read a mapping; its first key may have been read already."""
        pos = key.pos if key else self.pos
        if tabbed or not open_:
            raise YamlError(pos, "tab" if tabbed else "nested")
        node = Node("mapping", pos)
        while True:
            node.items += self._pair(indent, props, key)
            while self._is_mark(":"):  # behind brackets, as in `a: {{b}}: c`
                node.items += self._pair(indent, Props(), None)
            if not self._goes_on(indent, colon=True):
                self.pos = self._line_start()
                return node
            if self._is_mark("-"):
                raise YamlError(self.pos, "item")
            props, key = self._key_props(), None
            self._check_bracket_key(node.items[-1])
            if props.pos >= 0 and self._is_mark("-"):
                raise YamlError(self.pos, "item")
            if not self._is_mark("?:"):
                key = self._key(indent)

    def _check_bracket_key(self, above: Node) -> None:
        """Check that a key in brackets is on the line after the value above it, as Obsidian requires."""
        if self.text[self.pos] not in "[{" or above.bare:
            return
        start = self._line_start()
        last = self.text[self.text.rfind("\n", 0, start - 1) + 1 : start]
        comment = last.lstrip().startswith("#")
        goes_with_value = last[0] in " \t" and above.kind in {"scalar", "alias"} and above.style not in {"|", ">"}
        if self._column() or not last.strip() or (comment and not goes_with_value):
            raise YamlError(self.pos, "bracket")

    def _key_props(self) -> Props:
        """Read the anchor and the tag of a key."""
        props = Props()
        while self.text[self.pos] in "&!":
            self._prop(props)
            self._spaced()
            blanks = _BLANKS.match(self.text, self.pos)
            self.pos = blanks.end() if blanks else self.pos
            if self.text[self.pos] == "\n":
                raise YamlError(props.pos, "colon")
        return props

    def _key(self, indent: int) -> Node:
        """Read a key that is not the first of its mapping; its colon may be on a line below, indented more."""
        pos = self.pos
        key = self._leaf(indent)
        if self.text.find("\n", pos, self.pos) >= 0:
            raise YamlError(pos, "colon")
        if not self._at_colon():
            self._gap()
            if self.pos >= len(self.text) or self._column() <= indent or not self._is_mark(":"):
                raise YamlError(pos, "colon")
        return key

    def _pair(self, indent: int, props: Props, key: Node | None) -> tuple[Node, Node]:
        """Read a value behind its key."""
        if key is None and self._is_mark("?"):
            if props.pos >= 0:
                raise YamlError(props.pos, "anchor")
            return self._explicit(indent)
        key = key or nothing(self.pos)
        if key.kind == "alias" and props.pos >= 0:
            raise YamlError(key.pos, "alias")
        key.props = props
        begin = key.pos if props.pos < 0 else props.pos
        if self.pos - begin > LONGEST_KEY:
            raise YamlError(begin, "key")
        if self._is_first():  # the colon is on a line below its key
            self.least = self._column() + 1
            if not key.bare:
                return key, self._after_mark(indent, dash=True)
        self.pos += 1
        return key, self._node(indent, indent, dash=True)

    def _explicit(self, indent: int) -> tuple[Node, Node]:
        """Read a key behind `?`, and its value behind the `:` of a line below."""
        key = self._after_mark(indent, dash=True)
        back = self.pos
        self._gap()
        if self.pos < len(self.text) and self._column() >= indent and self._is_mark(":"):
            return key, self._after_mark(indent, dash=True)
        self.pos = back
        return key, nothing(back, absent=True)

    # Collections in brackets

    def _flow(self, least: int, level: int = 1) -> Node:
        """Read a collection in brackets; further lines of it are indented by `least` blanks or more."""
        if self.depth > DEEPEST:
            raise YamlError(self.pos, "deep")
        begin, closing = self.pos, "]" if self.text[self.pos] == "[" else "}"
        node = Node("sequence" if closing == "]" else "mapping", begin)
        self.depth += 1
        self.pos += 1
        comma = True
        while not self._flow_ends(begin, closing, least, level):
            if self.text[self.pos] == ",":
                if comma:
                    raise YamlError(self.pos, "comma")
                self.pos, comma = self.pos + 1, True
                continue
            if not comma:
                raise YamlError(self.pos, "comma")
            self._flow_item(node, least, level)
            comma = False
        self.depth -= 1
        return node

    def _flow_ends(self, begin: int, closing: str, least: int, level: int) -> bool:
        """Go to the next token in brackets, and past it if it is the bracket that closes them."""
        self._flow_gap(begin, least, level)
        char = self.text[self.pos]
        if char in "]}":
            if char != closing:
                raise YamlError(self.pos, "bracket")
            self.pos += 1
            return True
        return False

    def _flow_gap(self, begin: int, least: int, level: int) -> None:
        if not self._gap():
            return
        if self.pos >= len(self.text):
            raise YamlError(begin, "bracket")
        column = self._column()
        closes = level == 1 and column == least - 1 and self.text[self.pos] in "]}"
        if (column < least and not closes) or (not column and at_marker(self.text, self._line_start())):
            start = self._line_start()
            raise YamlError(start, "tab") if self.text[start : self.pos].strip(" ") else YamlError(begin, "bracket")

    def _is_flow_mark(self, marks: str) -> bool:
        pos = self.pos
        return self.text[pos] in marks and self.text[pos + 1] in _FLOW_MARKS

    def _flow_item(self, around: Node, least: int, level: int) -> None:
        """Read an item of a list in brackets, or a key and its value."""
        begin = self.pos
        explicit = self._is_flow_mark("?")
        if explicit:
            self.pos += 1
            self._flow_gap(begin, least, level)
        props, glued = self._flow_props(least, level)
        if props.pos >= 0 and self.text[self.pos] == "," and self.text.find("\n", props.pos, self.pos) >= 0:
            raise YamlError(self.pos, "comma")
        first = begin if explicit else (props.pos if props.pos >= 0 else self.pos)
        key = self._flow_value(props, least, level)
        self._flow_gap(begin, least, level)
        colon = self._flow_colon(key)
        if around.kind == "sequence" and not colon and not explicit:
            around.items.append(key)
            return
        if glued >= 0:
            raise YamlError(glued, "tag")
        if around.kind == "sequence" and not explicit:
            self._check_flow_key(first, key)
        value = self._flow_second(least, level) if colon else nothing(self.pos, absent=True)
        if around.kind == "sequence":
            around.items.append(Node("mapping", key.pos, items=[key, value]))
        else:
            around.items += (key, value)

    def _check_flow_key(self, first: int, key: Node) -> None:
        if self.text.find("\n", key.pos, self.pos) >= 0:
            raise YamlError(key.pos, "colon")
        if self.pos - first > LONGEST_KEY:
            raise YamlError(first, "key")

    def _flow_colon(self, key: Node) -> bool:
        """Tell whether a colon follows; behind quotes and brackets it needs no blank."""
        if self.text[self.pos] != ":":
            return False
        return self.text[self.pos + 1] in _FLOW_MARKS or not (key.plain or key.kind == "alias")

    def _flow_second(self, least: int, level: int) -> Node:
        """Read the value behind a colon."""
        begin = self.pos
        self.pos += 1
        self._flow_gap(begin, least, level)
        props, glued = self._flow_props(least, level)
        if glued >= 0:
            raise YamlError(glued, "tag")
        return self._flow_value(props, least, level)

    def _flow_props(self, least: int, level: int) -> tuple[Props, int]:
        """Read an anchor and a tag; return them, and the place of one that no blank follows, or -1."""
        props, glued = Props(), -1
        while self.text[self.pos] in "&!":
            begin = self.pos
            self._prop(props)
            if self.text[self.pos] not in " \t\n,]}":
                glued = self.pos
            self._flow_gap(begin, least, level)
        return props, glued

    def _flow_value(self, props: Props, least: int, level: int) -> Node:
        pos, char = self.pos, self.text[self.pos]
        if char in ",]}" or self._is_flow_mark(":"):
            return nothing(pos, props)
        if self._is_flow_mark("-?"):
            raise YamlError(pos, "item")
        node = self._flow(least, level + 1) if char in "[{" else self._leaf(least, flow=True)
        if node.kind == "alias" and props.pos >= 0:
            raise YamlError(pos, "alias")
        node.props = props
        return node
