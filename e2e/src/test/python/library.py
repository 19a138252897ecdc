"""heatclient and openstacksdk as libraries, and what Ansible's module asks of the latter."""

from heatclient import exc
from heatclient.common import template_utils
from stock import WORD, connection, ended, file, heat, holds, same


def heatclient_library():
    client = heat()
    path = file("word.yaml", WORD)
    files, template = template_utils.get_template_contents(path)
    made = client.stacks.create(
        stack_name="library", template=template, files=files, parameters={"length": 6}, tags="a,b"
    )["stack"]["id"]
    same(ended("library", "CREATE"), "CREATE_COMPLETE")
    stack = client.stacks.get("library")
    same(stack.id, made)
    same(stack.tags, ["a", "b"])
    same(len(stack.outputs[0]["output_value"]), 6)
    same([each.id for each in client.stacks.list(filters={"name": "library"})], [made])
    tagged = client.stacks.list(limit=1, sort_keys="stack_name", tags="b")
    same([each.id for each in tagged], [made])
    same(client.stacks.validate(template=template)["Parameters"]["length"]["Type"], "Number")
    same(client.stacks.preview(stack_name="other", template=template).stack_name, "other")
    client.stacks.update(made, existing=True, parameters={"length": 7})
    same(ended("library", "UPDATE"), "UPDATE_COMPLETE")
    resource = client.resources.get(made, "word")
    same(resource.resource_type, "OS::Heat::RandomString")
    same([each.resource_name for each in client.resources.list(made)], ["word"])
    events = client.events.list(made, sort_dir="asc")
    same(events[0].resource_status, "CREATE_IN_PROGRESS")
    same(client.events.get(made, "word", event(client, made)).resource_name, "word")
    client.actions.check(made)
    same(ended("library", "CHECK"), "CHECK_COMPLETE")
    holds([each.resource_type for each in client.resource_types.list()], "OS::Heat::Value")
    holds(client.resource_types.get("OS::Heat::Value")["properties"], "value")
    holds([each.version for each in client.template_versions.list()],
          "heat_template_version.2021-04-16")
    holds(client.build_info.build_info(), "api", "engine")
    client.stacks.delete(made)
    same(ended(made, "DELETE"), "DELETE_COMPLETE")
    try:
        client.stacks.get("library")
        raise AssertionError("it is still there")
    except exc.HTTPNotFound:
        pass


def event(client, stack):
    return client.events.list(stack, resource_name="word")[0].id


def sdk():
    proxy = connection().orchestration
    _, template = proxy.get_template_contents(template_file=file("word.yaml", WORD))
    stack = proxy.create_stack(
        name="sdk", template=template, parameters={"length": 5}, timeout_mins=5
    )
    stack = proxy.wait_for_status(
        stack, "CREATE_COMPLETE", ["CREATE_FAILED"], interval=0.2, wait=600
    )
    same(stack.status, "CREATE_COMPLETE")
    found = proxy.find_stack("sdk")
    same(found.id, stack.id)
    same(proxy.get_stack("sdk").outputs[0]["output_key"], "word")
    holds([each.name for each in proxy.stacks()], "sdk")
    same([each.name for each in proxy.resources(stack)], ["word"])
    proxy.get_stack_environment(stack)
    proxy.get_stack_files(stack)
    proxy.validate_template(template)
    # A stack as it was created has the template already, and only what changes is sent.
    proxy.update_stack(proxy.find_stack("sdk"), template=template, parameters={"length": 6})
    stack = proxy.wait_for_status(
        stack, "UPDATE_COMPLETE", ["UPDATE_FAILED"], interval=0.2, wait=600
    )
    proxy.check_stack(stack)
    proxy.wait_for_status(stack, "CHECK_COMPLETE", ["CHECK_FAILED"], interval=0.2, wait=600)
    config = proxy.create_software_config(
        name="sdk", group="script", config="true", inputs=[], outputs=[], options={}
    )
    same(proxy.get_software_config(config.id).name, "sdk")
    deployment = proxy.create_software_deployment(
        config_id=config.id, server_id="machine", action="CREATE", status="IN_PROGRESS"
    )
    deployment = proxy.update_software_deployment(deployment, status="COMPLETE")
    same(proxy.get_software_deployment(deployment.id).status, "COMPLETE")
    proxy.delete_software_deployment(deployment)
    proxy.delete_software_config(config)
    proxy.delete_stack(stack)
    proxy.wait_for_delete(stack, interval=0.2, wait=600)
    same(proxy.find_stack("sdk"), None)


def ansible():
    """The calls of openstack.cloud.stack: present, present again, absent, absent again."""
    cloud = connection()
    template = file("word.yaml", WORD)
    environment = file("environment.yaml", "parameters: {length: 5}\n")
    same(cloud.get_stack("playbook"), None)
    stack = cloud.create_stack(
        "playbook", template_file=template, environment_files=[environment], timeout=3600,
        wait=True, rollback=False, length=6,
    )
    stack = cloud.get_stack(stack.id, None)
    same((stack.status, stack.timeout_mins), ("CREATE_COMPLETE", 60))
    stack = cloud.update_stack(
        "playbook", template_file=template, environment_files=[environment], timeout=3600,
        wait=True, rollback=False, length=7,
    )
    same(stack.status, "UPDATE_COMPLETE")
    same(len(stack.outputs[0]["output_value"]), 7)
    assert cloud.delete_stack("playbook", wait=True)
    same(cloud.get_stack("playbook"), None)
    assert not cloud.delete_stack("playbook", wait=True)


for part in (heatclient_library, sdk, ansible):
    part()
    print("done:", part.__name__, flush=True)
