"""What an office decides of figures on record: verified, objected to, revised, closed."""
