"""What stands in for a cluster: the API server, Crossplane and the operators, as far as a function sees."""
