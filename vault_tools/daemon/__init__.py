"""The daemon beside Obsidian: it waits for a change, does a round, writes what differs, and waits again."""
