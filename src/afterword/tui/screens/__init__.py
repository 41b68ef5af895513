"""The screens: each its own module, each with its own style sheet."""
