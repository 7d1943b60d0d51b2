"""PostgreSQL itself judges what the function says of its parameters. It runs only if it is named."""
