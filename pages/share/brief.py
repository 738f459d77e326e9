"""The brief: the plan on one page, read in two minutes. It is what a shared link opens on."""

from pages.parts import brief

brief.editing()
brief.page()
brief.reproduction()
