"""The simulated shop: services, their instances, a database and a payment provider."""
