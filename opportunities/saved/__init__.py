"""The saved list: no account, a cookie only from the first save, and nothing of it on any other page."""
