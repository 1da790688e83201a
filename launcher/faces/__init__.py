"""What people and programs talk to; a face sees `app` and `domain` only, never another face."""
