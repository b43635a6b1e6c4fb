"""From findings to Markdown that reads well in Obsidian and does not change the graph."""
