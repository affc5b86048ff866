"""Frozen outcomes and schemas, with which the tests compare."""
