"""How much a penalty may be: wordings, ranges, versions."""
