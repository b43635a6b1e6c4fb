"""From a snapshot to its answers: graph, facts, findings, figures, pages. Pure; each part is computed once."""
