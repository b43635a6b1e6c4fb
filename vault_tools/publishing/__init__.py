"""Writes what a vault says into files: pages, regions in notes, the map, and exports."""
