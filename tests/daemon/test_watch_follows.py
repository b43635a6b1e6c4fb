"""What a running daemon follows besides notes: settings, pages that change, changes without events, and bursts."""

# ruff: noqa: D103  (a test is named for what it holds)

import os
import re
import time
from pathlib import Path

import pytest
from shared.desk import FILES, REGION, SETTINGS, Desk, in_place, made, renamed_over
from shared.vaults import write

pytestmark = pytest.mark.ci


DEAF = """
from vault_tools.store.doorbell import Doorbell
matters = Doorbell._matters
Doorbell._matters = lambda bell, where: "/deaf/" not in where and matters(bell, where)
"""
"""A folder of which nothing is heard, as where the system takes no more watches: it says so to nobody."""


def test_the_daemon_walks_from_time_to_time_if_changes_come_without_events(tmp_path: Path) -> None:
    """The walk, which is seldom, finds the first; from the second on the daemon relies on no events."""
    with made({**FILES, "deaf/Note.md": "[[一]]\n"}, tmp_path, DEAF, walk=0.5, quiet=0.05, most=0.2) as desk:
        saves = 0
        while not polls(desk):  # after the second, but for those that a round finds which has another cause
            saves += 1
            assert saves < 10, desk.daemon.log
            (desk.root / "deaf" / "Note.md").write_text(f"[[剪枝 {saves}]]\n", "utf-8")
            desk.sees(f"剪枝 {saves}")
            desk.daemon.rest(calm=0.2)
        assert saves > 1
        assert "does not report every change" in polls(desk)
        assert "does not report every change" in desk.daemon.log
        (desk.root / "deaf" / "Note.md").write_text("[[蒸馏]]\n", "utf-8")
        desk.sees("蒸馏")


def polls(desk: Desk) -> str:
    """Return why the daemon polls."""
    return desk.daemon.status.polls if desk.daemon.status else ""


def test_a_walk_that_finds_a_change_first_is_no_reason_to_mistrust_events(tmp_path: Path) -> None:
    """Though a walk may find a change before its event comes."""
    with made(FILES, tmp_path, walk=0.05) as desk:
        for at in range(30):
            (desk.root / "Home.md").write_text(f"[[剪枝 {at}]]\n", "utf-8")
            time.sleep(0.02)
        desk.sees("剪枝 29")
        assert not polls(desk)


def test_the_daemon_follows_changes_in_the_settings_of_obsidian(own_desk: Desk) -> None:
    """And the file is replaced or written in place, as versions of Obsidian do."""
    excluded = '{"userIgnoreFilters": ["Logs/"]}'
    write(own_desk.root, {"Logs/2024-05-07.md": "learned:: [[蒸馏]]\n"})
    own_desk.sees("蒸馏")
    renamed_over(own_desk.root / ".obsidian" / "app.json", excluded)
    own_desk.daemon.wait_for(lambda: "蒸馏" not in own_desk.page(), "what is excluded asks for nothing")
    in_place(own_desk.root / ".obsidian" / "app.json", "{}")
    own_desk.sees("蒸馏")


def test_the_daemon_follows_changes_in_our_settings_and_wrong_settings_change_no_file(own_desk: Desk) -> None:
    root, daemon = own_desk.root, own_desk.daemon
    daemon.rest()
    in_place(root / "vault-tools.toml", SETTINGS + 'language = "zh"\n')
    own_desk.sees("缺")
    before = own_desk.page()
    in_place(root / "vault-tools.toml", SETTINGS + "langage = 1\n")
    daemon.wait_for(lambda: "langage" in daemon.troubles[0], "the wrong setting is told")
    in_place(root / "Home.md", "[[剪枝]]\n")
    daemon.rest()
    assert own_desk.page() == before
    renamed_over(root / "vault-tools.toml", SETTINGS + 'folder = "报告"\n')
    daemon.wait_for(lambda: "剪枝" in own_desk.page(folder="报告"), "the pages are in the other folder")
    daemon.wait_for(lambda: not daemon.troubles, "all is well")


def test_the_daemon_restores_a_page_that_is_deleted_or_changed(tmp_path: Path) -> None:
    """With the next walk, if nothing is saved before: a page alone rings no bell."""
    with made(FILES, tmp_path, walk=0.5, graph=0.3) as desk:
        folder = desk.root / "_vault-tools"
        desk.daemon.wait_for((folder / "graph.html").exists, "all pages are there")
        before = {page.name: page.read_bytes() for page in folder.iterdir()}
        with (folder / "Overview.md").open("a", encoding="utf-8") as page:
            page.write("我的话\n")
        desk.daemon.wait_for(lambda: (folder / "Overview.md").read_bytes() == before["Overview.md"], "as it was")
        folder.rename(tmp_path / "thrown away")
        desk.daemon.wait_for(
            lambda: before == {page.name: page.read_bytes() for page in folder.iterdir()}, "all are as they were"
        )


def test_the_daemon_leaves_and_reports_a_page_that_a_user_replaced(own_desk: Desk) -> None:
    root, daemon = own_desk.root, own_desk.daemon
    page = root / "_vault-tools" / "Gaps.md"
    page.write_text("我的笔记\n", "utf-8")
    in_place(root / "Home.md", "[[剪枝]]\n")
    daemon.wait_for(lambda: "Gaps.md" in daemon.troubles[0], "it is told")
    own_desk.sees("剪枝", page="Overview.md")
    assert page.read_text("utf-8") == "我的笔记\n"
    page.unlink()
    in_place(root / "Home.md", "[[剪枝]] [[量化]]\n")
    own_desk.sees("剪枝")
    daemon.wait_for(lambda: not daemon.troubles, "all is well")


def rounds_in(log: str) -> list[int]:
    """Return how many files each round wrote, as the log has it."""
    lines = [line for line in log.splitlines() if re.search(": (notes changed|nothing to do)", line)]
    figures = [re.search(r"pages written (\d+), notes written (\d+)", line) for line in lines]
    return [int(found[1]) + int(found[2]) if found else 0 for found in figures]


def test_after_a_save_the_daemon_comes_to_rest(own_desk: Desk) -> None:
    """It writes pages and a region; its own writing costs a round that writes nothing, and no more follow."""
    write(own_desk.root, {"主题.md": f"# 主题\n\n{REGION}", "题目.md": f"# 主题\n\n{REGION}"})
    own_desk.daemon.rest()
    before = len(rounds_in(own_desk.daemon.log))
    in_place(own_desk.root / "Home.md", "[[剪枝]]\n")
    notes = [own_desk.root / "主题.md", own_desk.root / "题目.md"]
    own_desk.daemon.wait_for(lambda: all("剪枝" in note.read_text("utf-8") for note in notes), "regions are filled")
    own_desk.daemon.rest()
    figures = rounds_in(own_desk.daemon.log)[before:]
    assert figures[-1] == 0, own_desk.daemon.log
    assert sum(figures) <= len(list((own_desk.root / "_vault-tools").iterdir())) + 2, "nothing is written twice"
    assert own_desk.rounds_of(lambda: None) == 0


def test_an_empty_note_with_a_time_in_the_future_does_not_keep_the_daemon_busy(own_desk: Desk) -> None:
    """As a device brings one whose clock is wrong; it gets its template like others."""
    note = own_desk.root / "Logs" / ".2024-05-08.md"
    note.write_text("", "utf-8")
    os.utime(note, (time.time() + 3600, time.time() + 3600))
    note.rename(own_desk.root / "Logs" / "2024-05-08.md")
    own_desk.daemon.wait_for((own_desk.root / "Logs" / "2024-05-08.md").read_bytes, "it has its template")
    own_desk.daemon.rest()


def test_a_burst_of_changes_costs_few_rounds_and_notes_wait_until_its_end(tmp_path: Path) -> None:
    """Five hundred files, as a sync program brings them: pages follow now and then, regions at the end."""
    with made({**FILES, "主题.md": f"# 主题\n\n{REGION}"}, tmp_path, quiet=0.5, most=1.0) as desk:
        desk.daemon.wait_for(lambda: "量化" in (desk.root / "主题.md").read_text("utf-8"), "it is filled")
        before, topic = desk.daemon.rest(calm=1.0), (desk.root / "主题.md").read_bytes()
        began, gap = time.monotonic(), 0.0
        for at in range(500):
            last = time.monotonic()
            write(desk.root, {f"来 {at % 7}/新 {at}.md": f"[[剪枝]] [[Burst {at}]]\n"})
            during = (desk.root / "主题.md").read_bytes()
            time.sleep(0.003)
            gap = max(gap, time.monotonic() - last)
        lasted = time.monotonic() - began
        if gap < 0.25:  # or the burst was none, on a machine that has other things to do
            assert during == topic
        desk.sees("Burst 499", "Burst 0")
        desk.daemon.wait_for(lambda: "剪枝" in (desk.root / "主题.md").read_text("utf-8"), "it is filled")
        assert desk.daemon.rest(calm=1.0) - before <= 4 + lasted
