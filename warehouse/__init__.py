"""The warehouse: its tables, the rows in them, its files, the settings and the errors."""
