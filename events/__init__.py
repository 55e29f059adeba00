"""News that outlives the request: announced in a transaction, delivered after its commit.

events.py      what an event is, and which subscribers follow it
actions.py     announce, claim, strike off, record, retry
courier.py     hands fresh deliveries to the broker, off the request's thread
delivery.py    one subscriber's turn, from claim to strike-off
tasks.py       the queue's doors: deliver one, sweep what is late
models.py      the outbox
"""
