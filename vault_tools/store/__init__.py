"""The outside: disk, cache, shipped files. It knows the model's words and no more."""
