"""Pages shown in dialogs: keys, language, limits."""
