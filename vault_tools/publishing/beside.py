"""Does one piece of work in a separate process, while this one goes on."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection


@contextmanager
def beside(work: Callable[[], str], *, is_wanted: bool) -> Iterator[Callable[[], str]]:
    """Start some work, and hand over a function that waits for its answer.

    A forked process has all it needs in memory already. Where there is no fork, where it is not wanted, or where
    the process dies, the work is done here when its result is needed.
    """
    if not is_wanted or sys.platform != "linux":
        yield work
        return
    context = get_context("fork")
    answers, sends = context.Pipe(duplex=False)
    child = context.Process(target=_send, args=(sends, work))
    child.start()
    sends.close()
    try:
        yield lambda: _received(answers, work)
    finally:
        answers.close()
        child.kill()
        child.join()


def _send(sends: Connection, work: Callable[[], str]) -> None:
    sends.send_bytes(work().encode("utf-8", "surrogatepass"))


def _received(answers: Connection, work: Callable[[], str]) -> str:
    try:
        return answers.recv_bytes().decode("utf-8", "surrogatepass")
    except EOFError:
        return work()
