"""Properties in YAML, read as Obsidian reads them: the same blocks are valid, and they mean the same."""
