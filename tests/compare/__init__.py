"""What a change of the function changes for apps in many states: the case files, on two revisions."""
