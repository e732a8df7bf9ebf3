"""What Dutch text states: sentences, dates, money, counts, addresses, names.

Patterns of the language only: nothing here knows a document.
"""
