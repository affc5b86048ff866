"""The flows, one a file, and what stands around them: the command line and the runtime."""
