"""What a result earns or costs: funds, commendations and restrictions."""
