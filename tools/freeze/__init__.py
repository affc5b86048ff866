"""Frozen outcomes and schemas, for the tests."""
