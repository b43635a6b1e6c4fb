"""Limits for measures: how they are written, and when one is crossed."""

# ruff: noqa: D103  (a test is named for what it holds)
import operator
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.learning_facts import (
    DAY,
    kinds,
    vaults,
)

from vault_tools.learning.measures import BY_NAME, MEASURES
from vault_tools.learning.thresholds import AlertError, crossed_alerts, parse_alert
from vault_tools.learning.windows import before, containing
from vault_tools.model.learning import Facts
from vault_tools.model.text import Say, say

laws = partial(settings, deadline=None, derandomize=True)


@pytest.mark.parametrize(
    ("text", "measure", "sign", "limit", "window"),
    [
        ("reuse_rate < 50 %", "reuse_rate", "<", 0.5, "quarter"),
        ("reuse_rate < 0.5", "reuse_rate", "<", 0.5, "quarter"),
        ("reuse_rate<50%", "reuse_rate", "<", 0.5, "quarter"),
        ("time_to_solve > 3 days in month", "time_to_solve", ">", 3 * DAY, "month"),
        ("time_to_solve >= 两天 in year", "time_to_solve", ">=", 2 * DAY, "year"),
        ("hours < 10 in week", "hours", "<", 10, "week"),
        ("Hours < 1000 IN Year", "hours", "<", 1000, "year"),
        ("  projects   <= 1 ", "projects", "<=", 1, "quarter"),
    ],
)
def test_an_alert_is_read_as_written(text: str, measure: str, sign: str, limit: float, window: str) -> None:
    read = parse_alert(text)
    assert (read.measure.name, read.sign, read.limit, read.window) == (measure, sign, limit, window)
    assert read.text == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", say("settings.alert-form", measures=tuple(BY_NAME))),
        ("reuse_rate", say("settings.alert-form", measures=tuple(BY_NAME))),
        ("reuse_rate = 50 %", say("settings.alert-form", measures=tuple(BY_NAME))),
        ("reuse < 50 %", say("settings.alert-measure", measure="reuse", measures=tuple(BY_NAME))),
        ("reuse_rate < 50", say("settings.alert-share", limit="50", measure="reuse_rate")),
        ("reuse_rate < 120 %", say("settings.alert-share", limit="120 %", measure="reuse_rate")),
        ("time_to_solve > soon", say("settings.alert-duration", limit="soon", measure="time_to_solve")),
        ("hours < 50 %", say("settings.alert-hours", limit="50 %", measure="hours")),
        ("projects < many", say("settings.alert-count", limit="many", measure="projects")),
        ("hours < 10 in decade", say("settings.alert-hours", limit="10 in decade", measure="hours")),
    ],
)
def test_a_text_that_is_no_alert_is_refused_with_what_to_write(text: str, said: Say) -> None:
    with pytest.raises(AlertError) as caught:
        parse_alert(text)
    assert caught.value.sentence == said


words = st.sampled_from(
    (*BY_NAME, "<", ">", "<=", ">=", "50 %", "0.5", "3 days", "两天", " in ", "week", " ", "\n", "٣", "K")
)


@laws(max_examples=400)
@given(st.text() | st.lists(words, max_size=8).map("".join) | st.lists(words, max_size=8).map(" ".join))
def test_any_text_is_an_alert_or_is_refused_with_a_sentence(text: str) -> None:
    try:
        read = parse_alert(text)
    except AlertError:
        return
    assert read.limit >= 0
    assert parse_alert(read.text) == read


@pytest.mark.parametrize("shape", ["hours < {}<", "hours < 1{}<", "{}<", "hours{}=", "hours < 1 in{} x"])
def test_an_alert_of_any_length_is_read_in_linear_time(shape: str) -> None:
    """What went back and forth over the blanks would be at it for hours."""
    with pytest.raises(AlertError):
        parse_alert(shape.format(" " * 500_000))


@laws()
@given(vaults, st.sampled_from(MEASURES), st.sampled_from(("<", ">", "<=", ">=")), kinds)
def test_an_alert_is_crossed_exactly_if_its_figure_crosses_the_limit(
    facts: Facts, measure: object, sign: str, kind: str
) -> None:
    name = measure.name  # type: ignore[attr-defined]
    limit = {"share": "50 %", "minutes": "3 days"}.get(BY_NAME[name].unit, "2")
    read = parse_alert(f"{name} {sign} {limit} in {kind}")
    window = containing(read.window, facts.today)
    if not BY_NAME[name].is_rate and sign in {"<", "<="} and window.end > facts.today:
        window = before(window)  # what grows day by day is not too little before its time is over
    figure = BY_NAME[name].reckon(facts, window, 1)
    compare = {"<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge}[sign]
    found = crossed_alerts((read,), facts, 1)
    assert len(found) == (figure.value is not None and compare(figure.value, read.limit))
    assert all(each.measurement == figure and each.window == window for each in found)
