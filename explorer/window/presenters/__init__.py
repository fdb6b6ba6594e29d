"""One small presenter for each view: it pulls from what is shown, and passes on what the user asks for in the view."""
