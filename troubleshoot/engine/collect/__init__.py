"""Everything is asked at once; what came back."""
