"""What a real API server says of schemas, specs and composed objects. No controller runs."""
