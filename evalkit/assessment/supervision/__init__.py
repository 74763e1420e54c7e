"""Which figures are looked at on the spot: signals, risks, visits and checklists."""
