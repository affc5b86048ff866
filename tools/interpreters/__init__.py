"""The test suite on several interpreters."""
