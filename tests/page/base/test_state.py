"""The state of the page: each part hears of changes, and a fault in one part stops no other."""

from pathlib import Path

import pytest
from shared.asked_pages import (
    opened_graph,
    switch,
    wait_for,
)
from shared.graph_pages import small_graph as small

pytestmark = pytest.mark.ci


def test_a_fault_in_one_part_of_the_page_stops_no_other_part(tmp_path: Path) -> None:
    """It is reported; whoever else waits for the same change hears of it all the same."""
    with opened_graph(small(), tmp_path) as opened:
        opened.page.evaluate("document.getElementById('counts').remove()")
        switch(opened, "types", "log")
        wait_for(opened, "document.getElementById('twin-says').textContent.includes('3 of 7')")
        assert opened.page.is_visible("#map")
        assert len(opened.complaints) == 1
