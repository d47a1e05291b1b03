"""Exports (导出): one module a target, over model objects."""
