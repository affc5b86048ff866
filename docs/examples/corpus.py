# %% [markdown]
# # A corpus in Python
#
# Two ways to facts: a run with a warehouse, checks and history, or two functions over texts in memory. Run the cells from the
# folder that holds `seeds/`, after `make run`.

# %%
from pathlib import Path

from tasks.extract import read_facts
from tasks.strip import strip_html, strip_text
from warehouse.store import open_warehouse

PAGES = sorted(Path("seeds/articles").glob("0[1-4]*.txt"))

# %% [markdown]
# `strip_text` and `strip_html` take one page. What is no article has a `reason` and no text; nothing is raised for what a page holds.

# %%
pages = [strip_text(path.read_text(encoding="utf-8")) for path in PAGES]
for path, page in zip(PAGES, pages, strict=True):
    print(f"{path.name[:2]}  {page.published_on}  {page.title}")

page = strip_html("<html><body><nav>Menu</nav></body></html>")
print(page.reason, repr(page.text))

# %% [markdown]
# `read_facts` takes many texts in one call, with the day each was published: "hier" and "jeudi" are counted from it.

# %%
facts = read_facts(
    [page.text for page in pages],
    published_at=[page.published_at or page.published_on for page in pages],
)
for quote in facts[0].quotes[:2]:
    print(quote.speaker, "-", quote.surface)

# %% [markdown]
# Positions are half open, in code points of the text given.

# %%
figure = facts[0].figures[0]
print(pages[0].text[figure.start_char : figure.end_char] == figure.surface, figure.value, figure.counted)

# %% [markdown]
# With a warehouse, SQL answers, and a query becomes a DataFrame (`.df()`, with pandas) or an Arrow table.

# %%
with open_warehouse("revue.duckdb") as connection:
    table = connection.execute(
        "select name, label, count_documents from entities order by count_documents desc, count_mentions desc, name limit 3"
    ).to_arrow_table()
for row in table.to_pylist():
    print(row["name"], row["label"], row["count_documents"])
