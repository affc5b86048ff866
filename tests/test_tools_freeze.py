"""Outcomes on the sample pages change only together with the version of the step that makes them."""

import pytest

from tools.freeze.pages import merge, read_frozen, read_outcomes, read_versions


def _describe_difference(frozen, found):
    """The first row that differs, as a person would look for it."""
    for name in sorted(frozen.keys() | found.keys()):
        for section in sorted(frozen.get(name, {}).keys() | found.get(name, {}).keys()):
            old, new = (some.get(name, {}).get(section, []) for some in (frozen, found))
            if old != new:
                gone = [row for row in old if row not in new][:2]
                come = [row for row in new if row not in old][:2]
                return f"{name}, {section}: was {gone}, is {come}"
    return ""


@pytest.mark.parametrize("step", sorted(read_versions()))
def test_outcomes_are_those_frozen_for_this_version(step, published):
    versions, frozen = read_frozen()
    assert read_versions()[step] == versions[step], f"The version of {step} is new: run `make freeze`."
    found = read_outcomes(published)[step]
    expected = {name: {section: frozen[name].get(section) for section in sections} for name, sections in found.items()}
    difference = _describe_difference(expected, found)
    assert not difference, (
        f"Outcomes changed and the VERSION of {step} did not: {difference}. Raise it, then run `make freeze`."
    )


def test_every_frozen_row_is_still_made(published):
    _, frozen = read_frozen()
    difference = _describe_difference(frozen, merge(read_outcomes(published)))
    assert not difference, f"Outcomes differ from tests/frozen: {difference}. Run `make freeze` and read the diff."
