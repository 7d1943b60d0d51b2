"""The API: what people write (NodeApp, Platform) and what they read (status). It holds models only."""
