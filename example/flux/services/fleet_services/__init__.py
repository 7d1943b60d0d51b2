"""Services of a fleet: discovery of repositories, and the commit status of NodeApps."""
