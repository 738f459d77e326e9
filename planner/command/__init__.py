"""The command line: one table of commands, each from plan files and links to text or JSON."""
