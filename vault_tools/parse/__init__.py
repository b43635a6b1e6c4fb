"""From text to notes. Total: any text is a note, and trouble in it is a `Problem`."""
