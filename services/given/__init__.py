"""Given: a city's people and cases as the demonstration, the tests and the measurements speak of them.

Every word is an act of the law, said over the public calls; each act is written once, plain and lawful, and who wants it
otherwise says what differs.
"""
