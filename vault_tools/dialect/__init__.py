"""How Obsidian and its neighbours spell things: dates, templates, addresses, file names, properties."""
