"""The pieces that postal addresses are made of, by country: street words, house numbers, postcodes, places."""

from afterword.redaction.data import listed

CAPITAL = r"[A-Z\u00c0-\u00de\u0100-\u017f\u0218-\u021b\u0400-\u042f\u0386-\u03ab]"
LETTER = r"[\w'’.\-]"
TITLE = rf"{CAPITAL}{LETTER}{{0,30}}"
NUMBER = r"\d{1,5}(?:\s?[a-zA-Z](?![a-zA-Z]))?(?:\s?[/\-–]\s?\d{1,5}[a-zA-Z]?){0,2}"
POSTCODE = (
    r"(?:[A-Z]{1,2}-)?(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|\d{4} ?[A-Z]{2}(?![A-Za-z])|\d{5}-?\d{3}(?!\d)"
    r"|\d{5}(?:-\d{4})?(?![\d-])|\d{3} \d{2}(?!\d)|\d{2}-\d{3}(?!\d)|\d{4}(?:-\d{3})?(?!\d)|\d{6}"
    r"(?!\d)|[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]\d[\dW] ?[A-Z0-9]{4}(?![A-Za-z0-9]))"
)
SEP = r"(?:,?\s{1,2}|,\s?|\s?\n\s{0,4}|\\n| - )"
CITY = (
    rf"{TITLE}(?:[ \-](?:{TITLE}|(?:de|del|do|da|dos|la|le|les|sur|sous|en|am|an der|im|bei|upon"
    rf"|on|of|aan|den|op|nad|pod|y|i|la|di|sul|in|el)\b)){{0,5}}"
)
TAIL = (
    rf"(?:(?:{SEP}{CITY})?{SEP}(?:{POSTCODE}{SEP}?(?:{CITY})?|{CITY}{SEP}{POSTCODE}|{CITY}{SEP}"
    rf"[A-Z]{{2,3}}{SEP}{POSTCODE}|{SEP}{CITY} ?\([^()\n]{{2,25}}\){SEP}{POSTCODE})(?: ?/ ?[A-Z]{{2}})?)"
)
REGION = r"(?:\s?\([A-Z]{2}\))?"

ENGLISH_STREETS = (
    "Alley|Ally|Annex|Arcade|Avenue|Ave|Bayou|Beach|Bend|Bluffs?|Bottom|Boulevard|Blvd|Branch"
    "|Bridge|Brooks?|Burgs?|Bypass|Camp|Canyon|Cape|Causeway|Centers?|Centres?|Chase"
    "|Circles?|Cir|Cliffs?|Close|Club|Common|Corners?|Course|Courts?|Ct|Coves?|Creek|Crescent"
    "|Cres|Crest|Crossing|Crossroad|Curve|Dale|Dam|Divide|Drives?|Dr|Estates?"
    "|Expressway|Extensions?|Falls?|Ferry|Fields?|Flats?|Fords?|Forest|Forges?|Forks?|Fort|Freeway"
    "|Gardens?|Gateway|Glens?|Greens?|Groves?|Harbors?|Harbours?|Haven|Heights|Highway|Hwy"
    "|Hills?|Hollow|Inlet|Islands?|Isle|Junctions?|Keys?|Knolls?|Lakes?|Landing|Lane|Ln|Lights?"
    "|Loaf|Locks?|Lodge|Loop|Mall|Manors?|Meadows?|Mews|Mills?|Mission|Motorway|Mount"
    "|Mountains?|Neck|Orchard|Oval|Overpass|Parade|Parks?|Parkways?|Pkwy|Pass|Passage|Path|Pike"
    "|Pines?|Places?|Pl|Plains?|Plaza|Points?|Ports?|Prairie|Promenade|Quay|Radial|Ramp|Ranch"
    "|Rapids?|Rest|Ridges?|Rise|River|Roads?|Rd|Route|Row|Rue|Run|Shoals?|Shores?|Skyway|Springs?"
    "|Spurs?|Squares?|Sq|Stations?|Stravenue|Stream|Streets?|St|Summit|Terrace|Throughway"
    "|Trace|Track|Trafficway|Trail|Trl|Tunnel|Turnpike|Underpass|Unions?|Valleys?|Viaduct|Views?"
    "|Villages?|Ville|Vista|Walks?|Wall|Way|Wells?|Wharf|Yard|Cross"
)
UNIT = (
    r"(?:(?:Apt|Apartment|Suite|Ste|Unit|Flat|Studio|Room|Rm|Floor|Level|Bldg|Building|Block|Blk"
    r"|House|Lot|PO Box|P\.O\. Box|Box)\.?\s?#?[\w-]{1,8}|#\s?[\w-]{1,8})"
)
STREET_WORDS = (
    r"rue|avenue|av\.|boulevard|bd|bld|place|pl\.|chemin|ch\.|allée|allées|impasse|quai|cours"
    r"|route|rte|passage|square|sentier|ruelle|esplanade|faubourg"
    r"|Rue|Avenue|Chemin|Ch\.|Allée|Allées|Impasse|Quai|Cours|Route|Passage|Square|Place|boul\.|Bou"
    r"l\.|bul\.|bulv\.|бульв\."
    r"|Calle|C/|C\.|Cl\.|Avenida|Avda\.?|Av\.?|Plaza|Pza\.?|Plza\.?|Paseo|Pº|P\.º|Camino|Ronda"
    r"|Rambla|Carrer|Carretera|Cuesta|Travesía|Glorieta|Urbanización|Vial|Pasaje|Pasadizo|Cañada"
    r"|Callejón|Alameda"
    r"|Acceso|Callejuela|Parque|Costanera|Calzada|Cerrada|Privada|Boulevard|Blvd\.?|Circuito|Diagonal"
    r"|Prolongación|Retorno|Carrera|Cra\.?|Kra\.?|Transversal|Jirón|Jr\."
    r"|Via|Viale|V\.le|Corso|C\.so|Piazza|P\.zza|Piazzale|P\.le|Vicolo|Largo|Strada|Contrada|Borgo"
    r"|Rotonda|Lungarno|Salita|Stretto|Canale|Incrocio|Galleria|Viadotto"
    r"|Rua|R\.|Travessa|Tv\.|Praça|Estrada|Rodovia|Beco|Ladeira|Calçada|Quadra|Setor|Viaduto|Conjunto"
    r"|Vila|Jardim|Parque|Loteamento|Trecho|Fazenda|Praia|Lagoa|Núcleo|Passarela|Morro|Sítio"
    r"|ul\.|ulica|al\.|aleja|aleje|pl\.|plac|os\.|osiedle|rondo|bulwar|skwer|náměstí|nám\.|třída"
    r"|ulice|námestie|ulica|trg|cesta"
    r"|Str\.|Strada|Bulevardul|Bd\.|B-dul|Calea|Aleea|Șoseaua|Șos\.|Piața|Splaiul|Intrarea|Drumul|Fundătura"
    r"|ул\.|улица|вул\.|вулиця|просп\.|проспект|пр\.|пр-т|пр-кт|пер\.|переулок|пров\.|провулок"
    r"|бул\.|бульвар|б-р|наб\.|набережная|ш\.|шоссе|пл\.|площадь|площа|жк|кв\."
    r"|Jalan|Jln\.?|Jl\.?|Gang|Gg\.|Lorong|Persiaran|Đường|đường|Phố|phố|Ngõ|Οδός|οδός|Λεωφόρος"
    r"|Λεωφ\.|Πλατεία|Straße des|Strasse des|Am|An der|Zum|Zur|Im|Unter den|Auf dem|Alte|Neue"
)
ENDINGS = listed("anchors.txt", "STREET_ENDING")
"""What street names end with where the house number follows them."""
