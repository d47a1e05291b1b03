"""Readers (读取): one module a format, bytes to a Document. They write everything printed and only mark; they remove nothing."""
