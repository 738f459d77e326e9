"""Library: plans under a name with every version, what changed in each, any of them opened, compared or restored."""

from pages.parts import library, versions
from pages.shell import present

present.page("Library", "Plans kept under a name with every version.")
entries = library.entries()
if entries is not None:
    listed = library.searched(entries)
    library.standing(entries, listed)
    library.earlier()
    library.saving(entries)
    present.title("Saved plans", "open one on the desk, or look at its versions")
    library.listed(entries, listed)
    present.title("Side by side", "any versions, without opening them")
    versions.comparing(listed)
