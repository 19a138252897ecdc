"""The first boot of a server of Heat, without a cloud.

  first_boot.py METADATA

Makes the user data of a server of whose resource METADATA is the metadata, in JSON, and hands its
parts to the handler that comes with them, as cloud-init does. Both are Heat's own code, and the
handler writes to its own places, so they should be nobody else's: TestStockHeatMachine sees to it.
"""

import email
import json
import os
import sys

from heat.engine.clients.os.nova import NovaClientPlugin

with open(sys.argv[1]) as file:
    metadata = json.load(file)
user_data = NovaClientPlugin.build_userdata(
    None, metadata, userdata="", user_data_format="SOFTWARE_CONFIG"
)
parts = email.message_from_string(user_data).get_payload()

# cloud-init has made this directory before.
os.makedirs("/var/lib/cloud/data", exist_ok=True)
handler = {}
for part in parts:
    if part.get_content_subtype() == "part-handler":
        exec(part.get_payload(decode=True), handler)
handler["handle_part"](None, "__begin__", None, None)
for part in parts:
    if part.get_content_type() in handler["list_types"]():
        payload = part.get_payload(decode=True).decode()
        handler["handle_part"](None, part.get_content_type(), part.get_filename(), payload)
handler["handle_part"](None, "__end__", None, None)
