"""Chinese policy notices (通知、方案、任务分解表) turned into a task database and a register (工作台账)."""

from __future__ import annotations

__version__ = "0.1.0"
