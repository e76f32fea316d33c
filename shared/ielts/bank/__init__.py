"""The embedded question bank, all of our own writing: one JSON file a category."""
