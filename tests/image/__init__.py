"""The image, as far as it can be made without a container engine."""
