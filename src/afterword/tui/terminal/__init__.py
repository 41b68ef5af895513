"""The terminal as it is in life: it stands still, goes away, sends half a sequence, and is lent to other programs."""
