"""The settings of a vault: what can be set, how it is read, and what is made of it."""
