"""PromQL that people wrote: is it PromQL, and can it mean what a check wants of it?"""
