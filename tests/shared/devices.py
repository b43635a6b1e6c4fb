"""One vault as two devices have it: its notes, how their names are spelled, and what differs."""

import unicodedata
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from shared.syncing import Form

DAY = timedelta(days=1)
APP = '{"newLinkFormat": "absolute", "userIgnoreFilters": ["Archive/"], "theme": "dark"}'
TODAY = datetime.now(UTC).date()


def notes(today: date = TODAY) -> dict[str, str]:
    """Notes with whatever pages and regions can say: a problem that is open since some days, names in two forms."""
    return {
        "Café/Résumé.md": "---\ntype: knowledge\n---\nSee [[Zoë]], [[Nirgendwo é]] and ![[Bilder/über.png]].\n",
        "Café/Zoë.md": "# Zoë\n[[Résumé]] #tag/é\n",
        "Café/Zebra.md": "[[Zoë]]\n",
        "Bilder/über.png": "",
        "Bilder/allein é.png": "",
        "Archive/Old.md": "[[Nirgendwo é]]\n",
        f"Logs/{today - 3 * DAY} émoi.md": f"---\ntype: log\ndate: {today - 3 * DAY}\nlearned: '[[Résumé]]'\n"
        "problem: '[[Zoë]]'\noutcome: open\n---\nNo luck.\n",
        "Wähler.md": "%% vault-tools:begin gaps %%\n%% vault-tools:end gaps %%\n",
        f"Rückblick/{today:%Y-%m}.md": f"---\ntype: reflection\nperiod: '{today:%Y-%m}'\n---\n"
        "%% vault-tools:begin month open %%\n%% vault-tools:end month %%\n",
        ".obsidian/app.json": APP,
        ".obsidian/graph.json": '{"colorGroups": [{"query": "tag:#tag", "color": {"a": 1, "rgb": 255}}], "scale": 0.3}',
    }


def spelled(files: dict[str, str], form: Form) -> dict[str, str]:
    """Return files by their paths, spelled in a form of Unicode."""
    return {unicodedata.normalize(form, path): text for path, text in files.items()}


def contents(root: Path) -> dict[str, bytes]:
    """Every file of a vault by its NFC path, but for Obsidian's settings."""
    found = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    kept = {name: path for name, path in found.items() if not name.startswith((".obsidian/", ".vault-tools"))}
    return {unicodedata.normalize("NFC", name): path.read_bytes() for name, path in kept.items()}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Return the files that one of two devices lacks or has otherwise."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
