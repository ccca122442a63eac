"""Pages of the messages room: the outbox, gateways, texts and rules for the staff; unsubscribing for customers."""
