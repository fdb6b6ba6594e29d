"""Programs as they are found: notebooks, Markdown, and what one pastes. Texts only; no Qt, no engine, no files."""
