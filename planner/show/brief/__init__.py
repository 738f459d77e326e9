"""The brief: a plan on one page, for somebody who decides."""
