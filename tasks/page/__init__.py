"""What a page is: its visible text, its lines, and positions in them. Read and strip both stand on it."""
