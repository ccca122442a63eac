"""What carriers send: how it is signed, and what it means. Plain reading; nothing here touches the database."""
