"""The text toolkit: folding, words, phrases, and reading data files. It knows no step and no language."""
