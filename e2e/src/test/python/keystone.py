"""Makes the users, roles and endpoints of a test in a Keystone, as its administrator.

  keystone.py SERVER REGION PASSWORD      prints the id of the project demo
"""

import sys

from stock import parsed, run

server, region, password = sys.argv[1:]
run("region", "create", region)
for interface in ("public", "internal", "admin"):
    run(
        "endpoint", "create", "--region", region, "orchestration", interface,
        server + "/v1/%(project_id)s",
    )
run("project", "create", "elsewhere")
for user, project, role in (("ruth", "demo", "reader"), ("sam", "elsewhere", "member")):
    run("user", "create", "--password", password, user)
    run("role", "add", "--user", user, "--project", project, role)
print(parsed("project", "show", "demo")["id"])
