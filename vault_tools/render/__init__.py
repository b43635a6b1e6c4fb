"""From findings to Markdown that reads well in Obsidian, and changes nothing in the graph it speaks of."""
