"""What is written into a vault at the user's word: a set-up, a new note, an empty note filled in."""
