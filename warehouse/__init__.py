"""What the warehouse is: its tables, its rows, its settings and its errors."""
