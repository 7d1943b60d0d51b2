"""What reaches a cluster: kubectl, with the user's own configuration, context and rights."""
