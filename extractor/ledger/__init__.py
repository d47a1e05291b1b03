"""The ledgers that offices keep (台账): their own columns found, rows appended, filled ones read back.

``layout`` finds what each column of a ledger is; ``append`` adds rows and leaves everything else as it is; ``readback``
reads what people filled in. Over workbooks and model objects; the task database comes in as arguments.
"""
