"""Speed and quality, each one command, with pinned floors."""
