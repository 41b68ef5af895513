"""Who works in the demonstration; all invented."""

INES = "Ines Kaya <ines.kaya@larkfield.example>"
TOM = "Tom Adeyemi <tom.adeyemi@larkfield.example>"
MIRA = "Mira Soto <mira.soto@larkfield.example>"
ON_CALL = ("Larkfield On-call", "oncall@larkfield.example")
"""The identity that the demonstration's repository commits under."""
