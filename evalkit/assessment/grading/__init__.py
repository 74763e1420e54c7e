"""From evidence to grades: parts, points, gates and quota, and what led to them."""
