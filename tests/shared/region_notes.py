"""Notes with a region to fill."""

REGION = "%% vault-tools:begin gaps 3 %%\n%% vault-tools:end gaps %%\n"
NOTES: dict[str, str | bytes] = {
    "Good.md": "---\naliases: [Fine]\ntags: [a/b]\n---\nAbout [[Other]] and [[Missing]].\n",
    "Other.md": "---\ntype: knowledge\nrequires: ['[[Good]]', '[[Gone]]']\ndone: 2024-05-01\n---\n# Head\nText #tag\n",
    "知识/第三.md": "[[Other#Hed]] x:: 1\n\n" + "一行文字 [[缺失]] words ^b1\n\n" * 60,
    "Log.md": "---\ntype: log\ndate: 2024-05-01\nminutes: 30\nlearned: '[[Other]]'\n---\n- [ ] task\n",
    "Topic.md": REGION,
    "Board.canvas": '{"nodes":[{"id":"a","type":"file","file":"Good.md"}],"edges":[]}',
    "pic.png": b"\x89PNG",
}
