"""What a round reads beside its score, computed once for all of its reports."""
