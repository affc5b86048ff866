"""Libraries are imported without the parts that revue does not use, which are imported when they are used."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import version

import pytest

from warehouse.deferred import defer_imports


def test_deferred_module_is_imported_at_its_first_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    with defer_imports("colorsys"):
        import colorsys
        from colorsys import __name__ as name
    assert "colorsys" not in sys.modules
    assert name == "colorsys"
    assert not hasattr(colorsys, "__file__")
    assert "colorsys" not in sys.modules
    assert colorsys.rgb_to_hsv(0, 0, 0) == (0.0, 0.0, 0)
    assert sys.modules["colorsys"] is not colorsys


def test_deferred_module_can_be_used_inside_the_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    with defer_imports("colorsys"):
        from colorsys import rgb_to_hls
    assert rgb_to_hls(0, 0, 0) == (0.0, 0.0, 0.0)
    assert hasattr(sys.modules["colorsys"], "__file__")


def test_module_of_a_deferred_function_is_imported_when_it_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    with defer_imports("colorsys:rgb_to_hls"):
        from colorsys import rgb_to_hls
    assert "colorsys" not in sys.modules
    assert rgb_to_hls(0, 0, 0) == (0.0, 0.0, 0.0)
    assert hasattr(sys.modules["colorsys"], "__file__")


def test_imported_module_is_not_deferred() -> None:
    with defer_imports("json"):
        import json as found
    assert found is json
    assert sys.modules["json"] is json


def test_checks_import_neither_altair_nor_the_statistics_of_scipy() -> None:
    code = (
        "import sys; from expectations.validate import list_names; assert list_names(None);"
        "print([name for name in ('altair', 'scipy.stats', 'great_expectations') if name in sys.modules]);"
        "from great_expectations.expectations.core import expect_column_kl_divergence_to_be_less_than as module;"
        "print(module.stats.entropy([0.5, 0.5], base=2), module.alt.Chart.__name__)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.splitlines() == ["['great_expectations']", "1.0 Chart"]


def test_workers_import_neither_the_command_line_of_spacy_nor_the_integrals_of_scipy() -> None:
    code = (
        "import sys; from tasks.extract.warm import import_libraries; import_libraries();"
        "print([name for name in ('spacy.cli', 'scipy.integrate', 'spacy', 'datasketch') if name in sys.modules]);"
        "import datasketch, spacy; print(datasketch.MinHashLSH(threshold=0.5, num_perm=16).b, spacy.info(silent=True)['spacy_version'])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.splitlines() == ["['spacy', 'datasketch']", f"5 {version('spacy')}"]
