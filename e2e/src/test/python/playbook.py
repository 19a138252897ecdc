"""Plays a playbook whose tasks are openstack.cloud.stack, by the calls to openstacksdk that the module makes.

  playbook.py FILE
"""

import sys

import yaml
from stock import connection, same

KNOWN = {
    "name", "tag", "template", "environment", "parameters", "rollback", "timeout", "state", "wait",
}


def play(cloud, task):
    unknown = set(task) - KNOWN
    assert not unknown, "the module takes no %s" % unknown
    name = task["name"]
    found = cloud.get_stack(name)
    if task.get("state", "present") == "absent":
        if found:
            assert cloud.delete_stack(name, wait=task.get("wait", True))
        same(cloud.get_stack(name), None)
        return
    apply = cloud.update_stack if found else cloud.create_stack
    apply(
        name,
        template_file=task["template"],
        environment_files=task.get("environment"),
        timeout=task.get("timeout", 3600),
        rollback=task.get("rollback", False),
        wait=True,
        **task.get("parameters", {}),
    )
    same(cloud.get_stack(name).status, "UPDATE_COMPLETE" if found else "CREATE_COMPLETE")


with open(sys.argv[1]) as file:
    plays = yaml.safe_load(file)
for task in plays[0]["tasks"]:
    play(connection(), task["openstack.cloud.stack"])
print("done:", len(plays[0]["tasks"]), "tasks")
