"""Questions about a plan, one short file each, all on the one forecast."""
