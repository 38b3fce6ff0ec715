"""What a device holds, so that it can decide alone: who may come in, and who is inside."""
