"""Plans that last: files, links, the workspace and the draft store."""
