"""The terminal interface: the home screen, the walk and its dialogs."""
