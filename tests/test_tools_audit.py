"""What `make audit` makes of pip-audit's list."""

from __future__ import annotations

import pytest

from tools.audit.vulnerabilities import judge

SOUND = {"name": "rich", "version": "14.0", "vulns": []}
BAD = {"name": "lxml", "version": "4.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["4.1"]}]}
SKIPPED = {"name": "spacy", "skip_reason": "Dependency not found on PyPI"}


@pytest.mark.parametrize(
    ("listed", "status", "words"),
    [
        ([SOUND], 0, "1 packages, no known vulnerability."),
        ([SOUND, BAD], 1, "lxml 4.0: PYSEC-1, mended in 4.1"),
        ([SOUND, SKIPPED], 2, "Not checked: 1 of 2 packages, such as: Dependency not found on PyPI. Try again with a network."),
        ([BAD, SKIPPED], 2, "lxml 4.0: PYSEC-1, mended in 4.1"),
        ([], 2, "Not checked: 0 of 0 packages, such as: no dependency was listed. Try again with a network."),
    ],
)  # fmt: skip
def test_what_was_not_looked_up_is_not_checked(listed, status, words):
    assert (judge(listed)[0], judge(listed)[1][0]) == (status, words)
