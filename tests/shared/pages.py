"""Notes to report on, and the mark of our pages."""

NOTES: dict[str, str | bytes] = {
    "Good.md": "About [[Other]] and [[Missing]].\n",
    "Other.md": "---\ntype: knowledge\n---\nText #tag\n",
    "Crlf.md": "one\r\ntwo [[Good]]",
    "Bad.md": b"z\xfcrich\0\n",
    "Sub/pic.png": b"\x89PNG\r\n",
    "Board.canvas": '{"nodes":[{"id":"a","type":"file","file":"Good.md"}],"edges":[]}',
    "vault-tools.toml": "[reports]\nlimit = 5\n",
    ".obsidian/app.json": "{}",
    ".trash/Old.md": "[[Good]]",
}
MARK = ("generated-by: vault-tools",)
