"""What can be written (NodeApp, Platform) and what can be read (status): models, and nothing else."""
