"""From text to notes. Any text is a note; what is wrong in it becomes a `Problem`."""
