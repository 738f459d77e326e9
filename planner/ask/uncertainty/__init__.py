"""How sure are we: draws of uncertain inputs and of chance."""
