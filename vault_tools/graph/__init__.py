"""From notes to a graph: which file a link means, and the edges that result."""
