"""How a counter is made, and what its unit says of itself."""
