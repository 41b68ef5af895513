"""Names of people that a language model guesses in prose; used only where the extra `ner` is installed."""
