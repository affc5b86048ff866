"""Great Expectations on DuckDB computes the same with less work."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any, ClassVar

import duckdb
import numpy
import pytest

from expectations import engine  # before any other import of Great Expectations

# isort: split
import pydantic.v1 as v1
import sqlalchemy
from great_expectations import expectations as gx
from great_expectations.core import id_dict
from great_expectations.core.batch_spec import SqlAlchemyDatasourceBatchSpec

from expectations import computed_once
from expectations.inherited_fields import copy_fields_alone


@pytest.fixture(autouse=True)
def patched() -> None:
    computed_once.compute_once()


def list_expectations() -> list[Any]:
    return [
        gx.ExpectColumnValuesToNotBeNull(column="a", severity="warning", meta={"check_name": "one"}),
        gx.ExpectColumnPairValuesAToBeGreaterThanB(column_A="a", column_B="b", or_equal=True),
        gx.ExpectTableRowCountToBeBetween(min_value=1, max_value=None),
        engine.ExpectFewFailingRows(unexpected_rows_query="select 1", most=3),
    ]


@pytest.mark.parametrize("expectation", list_expectations(), ids=lambda one: type(one).__name__)
@pytest.mark.parametrize("given", [None, {"result_format": {"result_format": "COMPLETE"}}])
def test_arguments_are_read_with_one_configuration_and_are_the_same(
    monkeypatch: pytest.MonkeyPatch, expectation: Any, given: dict[str, Any] | None
) -> None:
    build, built = computed_once._build_configuration, []

    def count(one: Any) -> Any:
        built.append(one)
        return build(one)

    monkeypatch.setattr(computed_once, "_build_configuration", count)
    expected = computed_once._read_runtime_kwargs(expectation, copy.deepcopy(given))
    count_before = len(built)
    assert expectation._get_runtime_kwargs(copy.deepcopy(given)) == expected
    assert len(built) - count_before == 1 < count_before


def test_a_configuration_is_built_anew_when_an_expectation_has_changed() -> None:
    expectation: Any = gx.ExpectColumnValuesToNotBeNull(column="a")
    assert expectation._get_runtime_kwargs()["column"] == "a"
    expectation.column = "b"
    assert expectation._get_runtime_kwargs()["column"] == "b"
    assert expectation.configuration.kwargs["column"] == "b"


@pytest.mark.parametrize(
    "value",
    [
        "a", 1, 1.5, True, None, float("nan"), [1, [None, {"a": "b"}]], {"a": {"b": [1.0, False]}}, (1, 2), {1, 2}, {1: "a"},
        {"a": date(2025, 3, 1)}, [numpy.int64(3)], {"a": numpy.float64(2.5)}, [float("nan")], {"a": (1, date(2025, 3, 1))}, b"a",
    ],
    ids=repr,
)  # fmt: skip
def test_values_are_converted_as_before(value: Any) -> None:
    expected = computed_once._convert(data=copy.deepcopy(value))
    assert repr(id_dict.convert_to_json_serializable(data=value)) == repr(expected)


def test_a_table_is_described_once_for_all_suites(monkeypatch: pytest.MonkeyPatch) -> None:
    described: list[str] = []
    dialect = type(sqlalchemy.create_engine("duckdb:///:memory:").dialect)
    describe = dialect.get_multi_columns

    def count(self: Any, connection: Any, **given: Any) -> Any:
        described.extend(given["filter_names"])
        return describe(self, connection, **given)

    monkeypatch.setattr(dialect, "get_multi_columns", count)
    with duckdb.connect() as connection:
        connection.execute("create table pages as select 1 as a, null::integer as b")
        source: Any = engine.open_context(connection).data_sources.get("warehouse")
        execution = source.get_execution_engine()
        columns = []
        for _ in range(3):
            execution.get_batch_data_and_markers(batch_spec=SqlAlchemyDatasourceBatchSpec(table_name="pages"))
            columns.append([column["name"] for column in execution.get_inspector().get_columns("pages")])
    assert columns == [["a", "b"]] * 3
    assert described == ["pages"]


def test_models_that_share_what_is_unchanged_in_a_field_leave_their_base_as_it_is() -> None:
    def define() -> tuple[Any, Any, Any]:
        class Base(v1.BaseModel):
            name: str = "a"
            count: int = v1.Field(1, description="how many")
            parts: list[dict[str, int]] = []

        class Derived(Base):
            count: int = 2

            @v1.validator("name", allow_reuse=True)
            def _name_is_short(cls, value: str) -> str:
                if len(value) > 3:
                    raise ValueError("too long")
                return value

            class Config:
                fields: ClassVar = {"parts": {"exclude": True, "alias": "pieces"}}
                extra = "forbid"

        class Later(Base):
            @v1.validator("name", allow_reuse=True)
            def _name_is_lower(cls, value: str) -> str:
                return value.lower()

        return Base, Derived, Later

    expected = define()
    with copy_fields_alone():
        base, derived, later = define()
    assert [one.schema() for one in (base, derived, later)] == [one.schema() for one in expected]
    assert base(name="long name").name == later(name="Long name").name == "long name"
    assert [one.__fields__["parts"].field_info.exclude for one in (base, derived, later)] == [None, True, None]
    with pytest.raises(v1.ValidationError, match="too long"):
        derived(name="long name")
    one, other = derived(), derived()
    one.parts.append({"a": 1})
    assert (other.parts, base().parts, derived(pieces=[{"a": "2"}]).parts) == ([], [], [{"a": 2}])
