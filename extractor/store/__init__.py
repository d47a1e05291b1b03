"""The task database (任务库): the only door to sqlite-utils."""
