"""The register: every figure handed in, with its source, its revisions and who stands for it."""
