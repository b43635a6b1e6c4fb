"""How common mistakes in properties are mended, one function for each; `mistakes` has the table of them.

A function yields texts that may replace the faulty line, the best first. It yields none if the mistake is another one.
"""
