"""What a post-mortem is: its model, its times, its words, and its Markdown form. Knows nobody."""
