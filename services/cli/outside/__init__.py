"""What a department that keeps its cases in a system of its own sends, and how far it meets the standard."""
