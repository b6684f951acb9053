"""The log at work: what is written of a change at the desk, who came and went, the page that shows it, its protection."""
