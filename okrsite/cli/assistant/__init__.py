"""`okrsite mcp`: what an assistant may ask, and what it is answered.

Answers are Markdown of a limited size, and contain nothing private unless that was asked for. Only
`server.py` knows the protocol.
"""
