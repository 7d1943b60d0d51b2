"""Report each NodeApp as a status of the commit that Flux applied."""
