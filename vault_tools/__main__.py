"""Run the command line as `python -m vault_tools`."""

from vault_tools.cli import run

if __name__ == "__main__":
    run()
