"""The detectors, each a function from a text to candidates."""

from afterword.redaction.detectors import (
    account_ids,
    addresses,
    bare,
    blocks,
    contact,
    dates,
    fields,
    keyed,
    names,
    national,
    network,
    numbers,
    said,
    tokens,
    urls,
)

DETECTORS = (
    blocks.find_blocks,
    tokens.find_forms,
    tokens.find_shapes,
    urls.find_userinfo,
    urls.find_parameters,
    urls.find_paths,
    urls.find_connection_strings,
    keyed.find_authorization,
    keyed.find_cookies,
    keyed.find_assigned,
    keyed.find_flags,
    said.find_told,
    said.find_logins,
    said.find_phrases,
    contact.find_emails,
    contact.find_phones,
    numbers.find_cards,
    numbers.find_ibans,
    national.find_shaped,
    national.find_cued,
    dates.find_births,
    network.find_addresses,
    network.find_hosts,
    account_ids.find_cued,
    account_ids.find_prefixed,
    fields.find_fields,
    addresses.find_shaped,
    addresses.find_cued,
    names.find_cued,
    names.find_signed,
    names.find_before_mail,
    names.find_given,
    bare.find_bare,
)
"""Detectors that look at one place at a time; they run on chunks of a large text."""

WHOLE_TEXT = (fields.find_tables, names.find_like_mail)
"""Detectors that need the whole text: the head of a table, the addresses that names are compared with."""

ACROSS_LINES = (
    tokens.find_forms,
    tokens.find_shapes,
    urls.find_userinfo,
    urls.find_parameters,
    keyed.find_authorization,
    keyed.find_cookies,
    keyed.find_assigned,
    contact.find_emails,
    numbers.find_ibans,
)
"""Detectors sure enough to join what a hard line break has cut in two."""
