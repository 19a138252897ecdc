"""Makes the endpoints of a server in a Keystone, as its administrator.

  keystone.py SERVER REGION
"""

import sys

from stock import run

server, region = sys.argv[1:]
run("region", "create", region)
run("service", "create", "--name", "hotpod", "orchestration")
for interface in ("public", "internal", "admin"):
    run(
        "endpoint", "create", "--region", region, "orchestration", interface,
        server + "/v1/%(project_id)s",
    )
