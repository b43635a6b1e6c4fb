"""What a vault says of learning: dated facts out of the graph, measures over windows, and what to learn next."""
