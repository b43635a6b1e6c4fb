"""How the signals that end a process end the daemon."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = ("SIGINT", "SIGTERM", "SIGBREAK", "SIGHUP")


@contextmanager
def stopped_by_signals() -> Iterator[Callable[[], bool]]:
    """Let the signals that end a process end what is done, wherever it is: each write is whole or undone.

    Gives a question whether one has come, since an exception may be swallowed where Python allows none.
    """
    arrivals: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        arrivals.append(number)
        if len(arrivals) == 1:  # once is enough: what is being put in order now is not to be disturbed
            raise KeyboardInterrupt

    handlers = {each: signal.signal(each, stop) for each in _signals()}
    try:
        yield lambda: bool(arrivals)
    except KeyboardInterrupt:
        if not arrivals:
            raise
    finally:
        for each, handler in handlers.items():
            signal.signal(each, handler)


def _signals() -> list[signal.Signals]:
    """Return those that this system has; a signal that is ignored stays so: `nohup` means it."""
    existing = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    return [each for each in existing if signal.getsignal(each) is not signal.SIG_IGN]
