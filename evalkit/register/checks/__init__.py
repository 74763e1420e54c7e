"""What a submission must pass: declared rules, each of which judges figures by itself."""
