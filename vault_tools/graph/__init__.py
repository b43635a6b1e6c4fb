"""From notes to a graph: which file a link means, and what the links amount to."""
