"""Move images in deploy repositories, and leave those alone that a person moved."""
