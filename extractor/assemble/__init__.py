"""Assembly (组装): mentions to tasks and goals."""
