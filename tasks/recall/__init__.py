"""recall: take from the warehouse what earlier runs made of a document, instead of reading or stripping it again.

Where only the recipe of extract has changed, a document's text, lines and description are those in the warehouse
(`recall_pages`). Where the recipe of strip has, its raw text is put together from `lines` (`recall_records`).
"""

from tasks.recall.outdated import count_characters, find_outdated, find_stripped, list_runs_inputs
from tasks.recall.pages import recall_pages
from tasks.recall.records import recall_records

__all__ = ["count_characters", "find_outdated", "find_stripped", "list_runs_inputs", "recall_pages", "recall_records"]
