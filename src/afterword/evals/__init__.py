"""The eval case that an incident becomes: written in the team's own format, and still there at HEAD."""
