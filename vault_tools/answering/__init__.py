"""From a snapshot to what follows from it: graph, facts, findings, figures, pages. Pure, and each part once."""
