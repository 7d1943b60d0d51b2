"""The code that knows protobuf and gRPC. No other code does."""
