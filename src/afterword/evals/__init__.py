"""The eval case that an incident became: run, proved and looked for. Uses `repo`, `checks`, `redaction`, `record`."""
