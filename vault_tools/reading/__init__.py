"""From the files of a vault to a snapshot of it: opening, walking, reading what changed."""
