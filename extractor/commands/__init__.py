"""The commands (命令): one module a kind, each with ``add(commands)``. Nothing heavy is imported before a command runs."""
