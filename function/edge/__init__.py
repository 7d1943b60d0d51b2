"""All that knows protobuf and gRPC: bytes in, bytes out."""
