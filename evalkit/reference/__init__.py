"""The reference: what every declared file may say, as a JSON schema for editors and as pages to read."""
