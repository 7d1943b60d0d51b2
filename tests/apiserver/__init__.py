"""What a real API server says of schemas, specs and composed objects. Nothing is composed or stored."""
