"""What is done to a whole control plane: the function killed, Flux pruning, all state lost."""
