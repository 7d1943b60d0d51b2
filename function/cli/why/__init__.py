"""nodeapp why: gather what the cluster shows of an app, judge it, and say it."""
