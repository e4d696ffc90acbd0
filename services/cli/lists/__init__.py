"""Lists as departments keep them, CSV and Excel: brought into the register and given out of it."""
