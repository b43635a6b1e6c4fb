"""Where each node of a graph is drawn, how central it is, and which nodes belong together: numbers only."""
