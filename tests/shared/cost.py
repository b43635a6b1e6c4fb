"""Processor time of one thing at doubling sizes, held against growth; and texts that cost an expression most."""

import gc
import re
import time
from collections.abc import Callable, Iterator
from re import _parser  # type: ignore[attr-defined]

KB = 1_000
SIZES = (10 * KB, 20 * KB, 40 * KB, 80 * KB)
FACTOR = 2.6
"""How much longer twice as much may take: 2 where the time is linear, 4 where it is quadratic."""
FLOOR = 0.03
"""Seconds below which a time is noise."""
TRIES = 6


def spent(act: Callable[[], object], tries: int = 1) -> float:
    """Return the least processor time of several tries, in seconds."""
    return min(_once(act) for _ in range(tries))


def _once(act: Callable[[], object]) -> float:
    gc.disable()  # it would look at all that other tests left
    try:
        start = time.process_time()
        act()
        return time.process_time() - start
    finally:
        gc.enable()


def grown(make: Callable[[int], Callable[[], object]], sizes: tuple[int, ...] = SIZES) -> str:
    """Return "" where no doubling takes more than `FACTOR` times as long, else the times.

    What makes the input is not measured. Sizes come in order, and the first doubling that is too dear ends it: what
    explodes is never tried at the largest. Only a doubling that seems too dear is measured again, the best of some.
    """
    acts = [make(sizes[0])]
    times = [spent(acts[0])]
    for size in sizes[1:]:
        acts.append(make(size))
        times.append(spent(acts[-1]))
        for _ in range(TRIES):
            if times[-1] <= FACTOR * max(times[-2], FLOOR):
                break
            times[-2:] = [max(times[-2], spent(acts[-2])), min(times[-1], spent(acts[-1]))]
        else:
            return "  ".join(f"{size}: {time_:.3f} s" for size, time_ in zip(sizes, times, strict=False))
    return ""


def repeated(piece: str, size: int, before: str = "", after: str = "") -> str:
    """Return a text of about a size: one piece again and again."""
    return before + piece * max(1, (size - len(before) - len(after)) // max(1, len(piece))) + after


# ---------------------------------------------------------------- what an expression repeats

_MANY = 64


def pumps(pattern: "re.Pattern[str]") -> Iterator[tuple[str, str, str]]:
    """Yield (before, piece, after): what each repetition of an expression repeats, and how far each part begins it.

    Again and again such a piece is what makes an expression look back, or begin in vain at each place.
    """
    tree = _parser.parse(pattern.pattern, pattern.flags)
    found: dict[tuple[str, str, str], None] = {}
    for end in range(1, len(tree) + 1):
        for sample in _samples(tree[:end]):
            found |= dict.fromkeys(("", sample, after) for after in ("", "\0"))
    for before, piece in _inner(tree, ""):
        found |= dict.fromkeys((before, piece, after) for after in ("", "\0", "\n"))
    return (each for each in found if each[1])


def _samples(tree: object, most: int = 3) -> list[str]:
    """Return a few texts that a part of an expression fits."""
    texts = [""]
    for kind, what in tree:  # type: ignore[attr-defined]
        texts = [text + more for text in texts for more in _fitting(str(kind), what, most)][:most]
    return texts


def _fitting(kind: str, what: object, most: int) -> list[str]:
    match kind, what:
        case "NOT_LITERAL", int(code):
            found = ["x" if chr(code) != "x" else "y"]
        case "IN", list(members):
            found = [_member(members)]
        case (("MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT"), (least, _, body)):
            found = [text * max(1, min(int(str(least)), _MANY)) for text in _samples(body, most)]
        case ("SUBPATTERN", (_, _, _, body)) | ("ATOMIC_GROUP", body):
            found = _samples(body, most)
        case "BRANCH", (_, branches):
            found = [text for branch in branches for text in _samples(branch, 1)]  # type: ignore[attr-defined]
        case _:
            found = [chr(what) if kind == "LITERAL" and isinstance(what, int) else "x" if kind == "ANY" else ""]
    return found


def _member(members: list[tuple[object, object]]) -> str:
    """Return a character that a set holds."""
    tried = [chr(code) for kind, code in members if str(kind) == "LITERAL" and isinstance(code, int)]
    tried += [chr(code[0]) for kind, code in members if str(kind) == "RANGE" and isinstance(code, tuple)]
    if str(members[0][0]) == "NEGATE":
        return next(char for char in "xyz 0-\n" if char not in tried)
    words = {"CATEGORY_DIGIT": "1", "CATEGORY_WORD": "a", "CATEGORY_SPACE": " "}
    return (tried + [words.get(str(what), "x") for kind, what in members if str(kind) == "CATEGORY"])[0]


def _inner(tree: object, before: str) -> Iterator[tuple[str, str]]:
    """Yield each piece that may be repeated without end, with what stands before it."""
    for kind, what in tree:  # type: ignore[attr-defined]
        match str(kind), what:
            case (("MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT"), (_, most, body)):
                if int(most) > _MANY:
                    yield from ((before, piece) for piece in _samples(body))
                yield from _inner(body, before)
            case "SUBPATTERN", (_, _, _, body):
                yield from _inner(body, before)
            case ("ATOMIC_GROUP", body) | (("ASSERT" | "ASSERT_NOT"), (_, body)):
                yield from _inner(body, before)
            case "BRANCH", (_, branches):
                for branch in branches:
                    yield from _inner(branch, before)
        before += _fitting(str(kind), what, 1)[0]
