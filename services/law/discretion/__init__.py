"""How much a penalty may be: amounts in the words of a benchmark, and the exact ranges that they give (APL 34)."""
