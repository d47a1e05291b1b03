"""Exports (导出): one module a target, over model objects.

``json_export`` writes the contract, ``csv_export`` the flat table, ``workbook`` the register as .xlsx and ``word`` the
printed table as .docx. What they share: ``rows`` (plans as rows of the register), ``sheets`` (which columns there are),
``phrases`` (values in plain Chinese), ``harmless`` (what may stand in a cell), ``destination`` (whole files, never over a
ledger that a person changed).
"""
