"""The engine: plan, collect, judge, rank, conclude."""
