"""The markers of regions."""

BEGIN, END = "%% vault-tools:begin gaps %%", "%% vault-tools:end gaps %%"


def region(body: str, name: str = "gaps") -> str:
    """Return a region with a body."""
    body = body and body.rstrip("\n") + "\n"
    return f"%% vault-tools:begin {name} %%\n{body}%% vault-tools:end {name.split(maxsplit=1)[0]} %%\n"
