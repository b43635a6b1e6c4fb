"""Small vaults to run commands on."""

NOTES: dict[str, str | bytes] = {
    "A.md": "---\ntype: knowledge\ntags: [One/two]\nrequires: '[[B]]'\n---\n"
    "[[Gone]] [[gone]] #one\n# Head\ntext ^b1\n\nx:: 1\n",
    "B.md": "---\nrelated: '[[A]]'\n---\n[[A#Head]] [[Lost.md]]\n",
    "Alone.md": "中文 alone\n",
    "Sub/p.png": b"",
    "Bad.md": b"z\xfc\n",
}


MAPPED = {
    "Knowledge/量化.md": "---\ntype: 知识\naliases: [Quantization]\n---\nsome words [[A & B]]\n",
    "Top/A & B.md": "---\ntype: log\nmood: a secret\n---\nmore words\n",
    "Sub/A & B.md": "",
}
