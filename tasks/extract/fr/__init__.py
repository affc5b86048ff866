"""French: the rules, words and weights that find names, dates, figures, quotes and roles in French text."""
