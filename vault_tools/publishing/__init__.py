"""From what a vault answers to files: pages, regions in notes, the map, and exports."""
