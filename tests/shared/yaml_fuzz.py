# ruff: noqa: D102, E501, SIM905  (a grammar: its productions are named for what they make)
"""Blocks of YAML for the readers to disagree about: made by a grammar, or changed from others."""

import random
from collections.abc import Callable, Sequence

ODD = "\t\u0085\u2028\u2029\ufeff\x07\x08\x0b\x0c\x1b\x7f\x9f\xa0\u3000\u200b：，“”【】😀é日"
WORDS = (
    "a b c x y key tags title aliases date 日期 标题 note-1 a.b true True TRUE false null Null ~ yes no on off 0 1 -1 +1 007 "
    "0o17 0x1F 1.5 1. .5 1e3 1E-7 -0 .inf -.INF .nan 12:30 2024-01-02 2024-01-02T10:00 9007199254740993 1e400 "
    "12345678901234567890 0.1 1_000 #tag a#b a:b http://a.b/c?d=e @x `x` %x |x >x *bold* &x !x ?x -x - ? : [[link]] "
    "[[a|b]] {{title}} {{date:YYYY-MM-DD}} <%tp%> << = ... --- -- .. 😀 “q” ： a：b café\u0301 x\u2028y x\u0085y x\x07y"
).split(" ")
ESCAPES = r"\n \t \" \\ \/ \0 \a \e \N \_ \L \P \x41 \u00e9 \ud83d\ude80 \ud83d \ude80 \U0001F600 \U00110000 \q \x4 \u12 \ ".split(
    " "
)
MARKS = [
    ": ", ":", "- ", "-", "? ", "#", " #c", "\n", "\n ", "\n  ", "\t", "[", "]", "{", "}", ",", ", ", '"', "'", "|", ">", "&a ",
    "*a", "!", "!t ", "!!str ", "%", "@", "`", "|-\n", ">+\n", "\\", "---\n", "...\n", "''", '""', " ", "  ", "\n\n", "\n- ", "\nk: ",
]  # fmt: skip


class Grammar:
    """Makes blocks that are mostly right, of every kind that YAML has."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def block(self) -> str:
        """Return a block, mostly a mapping."""
        chance = self.random.random()
        if chance < 0.04:
            return self.flow(3) + "\n"
        if chance < 0.07:
            return self.nested(0, 3).lstrip(" ")
        return self.comment() + self.mapping(0, 3) + self.pick(["", "", "", "# end\n", "...\n", "\n\n"])

    def pick(self, choices: Sequence[str]) -> str:
        return self.random.choice(choices)

    def some(self, least: int, most: int) -> range:
        return range(self.random.randint(least, most))

    def comment(self) -> str:
        return self.pick(["", "", "", "", "# c\n", "\n", "  # c\n", "\t\n", "#\u2028c\n"])

    def word(self) -> str:
        return self.pick(WORDS)

    def plain(self) -> str:
        return " ".join(self.word() for _ in self.some(1, 3))

    def quoted(self) -> str:
        mark = self.pick(["'", '"'])
        parts = [
            self.pick(ESCAPES) if mark == '"' and self.random.random() < 0.4 else self.word() for _ in self.some(0, 3)
        ]
        text = self.pick(["", " "]).join(parts)
        if mark == "'":
            text = text.replace("'", "''")
        return mark + text + mark

    def leaf(self) -> str:
        chance = self.random.random()
        if chance < 0.5:
            return self.plain()
        if chance < 0.8:
            return self.quoted()
        return self.pick(["", "~", "*a", "*b", "[]", "{}", self.word() + self.pick(ODD) + self.word()])

    def props(self) -> str:
        return self.pick(["", "", "", "", "", "&a ", "&b ", "!!str ", "!!int ", "!t ", "! ", "&a !!str "])

    def key(self) -> str:
        chance = self.random.random()
        if chance < 0.85:
            return self.random.choice(["k", "a", "b", "tags", "title", "日期", "a b"]) + str(self.random.randint(0, 30))
        return self.props() + self.pick([self.word(), self.quoted(), self.plain(), self.flow(1)])

    def flow(self, depth: int) -> str:
        gap = self.pick(["", "", " ", "\n ", "\n  ", " # c\n  "])
        inside = [self.flow_item(depth) for _ in self.some(0, 3)]
        if self.random.random() < 0.5:
            return "[" + gap + ("," + gap).join(inside) + self.pick(["", "", ",", gap]) + "]"
        made = [self.pick([f"{self.key()}: {item}", f'"{self.word()}":{item}', item, f"? {item}"]) for item in inside]
        return "{" + gap + ("," + gap).join(made) + self.pick(["", "", ",", gap]) + "}"

    def flow_item(self, depth: int) -> str:
        if depth > 0 and self.random.random() < 0.25:
            return self.flow(depth - 1)
        return self.props() + self.leaf()

    def scalar_block(self, indent: int) -> str:
        head = self.pick(["|", ">"]) + self.pick(["", "", "-", "+", "2", "1-", "+1", "-2", " # c", "3"])
        lines = []
        for _ in self.some(0, 5):
            blanks = " " * max(0, indent + self.random.choice([0, 1, 2, 2, 2, 2, 3]))
            lines.append(self.random.choice([blanks + self.plain(), blanks + self.plain(), "", blanks, blanks + "\tx"]))
        return head + "\n" + "".join(f"{line}\n" for line in lines)

    def nested(self, indent: int, depth: int) -> str:
        """Return a value on lines of its own."""
        if self.random.random() < 0.5:
            return self.mapping(indent, depth)
        return self.items(indent, depth)

    def value(self, indent: int, depth: int) -> str:
        """Return what may stand behind a key, with the end of its line."""
        chance = self.random.random()
        if depth > 0 and chance < 0.25:
            step = self.random.choice([0, 1, 2, 2, 4])
            return self.pick(["\n", "\n", " # c\n", f" {self.props()}\n", "\n\n"]) + self.nested(
                indent + step, depth - 1
            )
        if chance < 0.32:
            return " " + self.props() + self.scalar_block(indent)
        if chance < 0.42:
            return f" {self.props()}{self.flow(2)}" + self.end()
        if chance < 0.5:
            return f" {self.plain()}\n{' ' * (indent + self.random.randint(0, 3))}{self.plain()}" + self.end()
        return f"{self.pick([' ', ' ', ' ', '  ', chr(9)])}{self.props()}{self.leaf()}" + self.end()

    def end(self) -> str:
        return self.pick(["\n", "\n", "\n", "\n", " # c\n", "  \n", "\n\n", "\n# c\n", "\n   # c\n", "#\n"])

    def mapping(self, indent: int, depth: int) -> str:
        made = ""
        for _ in self.some(1, 4):
            blanks = " " * indent
            if self.random.random() < 0.03:
                made += f"{blanks}? {self.leaf()}\n{blanks}:{self.value(indent, depth)}"
            else:
                made += f"{blanks}{self.key()}:{self.value(indent, depth)}"
        return made

    def items(self, indent: int, depth: int) -> str:
        made = ""
        for _ in self.some(1, 4):
            if depth > 0 and self.random.random() < 0.2:
                made += " " * indent + "- " + self.mapping(indent + 2, depth - 1).lstrip(" ")
            elif depth > 0 and self.random.random() < 0.1:
                made += " " * indent + "- " + self.items(indent + 2, depth - 1).lstrip(" ")
            else:
                made += " " * indent + "-" + self.value(indent + 1, depth - 1)
        return made


def mutated(block: str, chance: random.Random) -> str:
    """Return a block with one to four changes of a few characters."""
    changes: list[Callable[[str, int], str]] = [
        lambda text, at: text[:at] + text[at + 1 :],
        lambda text, at: text[:at] + chance.choice(MARKS) + text[at:],
        lambda text, at: text[:at] + chance.choice(ODD) + text[at:],
        lambda text, at: text[:at] + chance.choice(WORDS) + text[at:],
        lambda text, at: text[:at] + text[at + chance.randint(1, 12) :],
        lambda text, at: text[:at] + text[max(0, at - chance.randint(1, 20)) : at] + text[at:],
        lambda text, at: text[:at] + chance.choice(["\n", "\n ", "\n  ", " "]) + text[at:].lstrip(" "),
    ]
    for _ in range(chance.randint(1, 4)):
        block = chance.choice(changes)(block, chance.randint(0, len(block)))
    return block.removesuffix("\n") + "\n"
