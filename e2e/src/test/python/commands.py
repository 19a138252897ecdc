"""The commands that users of the stock client type, each of them once."""

import json
import os
import subprocess

from stock import WORD, attempt, ended, file, holds, parsed, run, same, until

HOOKED = """\
resource_registry:
  resources:
    word: {hooks: pre-create}
"""
INNER = """\
heat_template_version: 2021-04-16
parameters: {length: {type: number}}
resources:
  word: {type: OS::Heat::RandomString, properties: {length: {get_param: length}}}
outputs:
  word: {value: {get_attr: [word, value]}}
"""
OUTER = """\
heat_template_version: 2021-04-16
parameters: {length: {type: number}, text: {type: string}}
resources:
  direct: {type: inner.yaml, properties: {length: {get_param: length}}}
  mapped: {type: 'My::Word', properties: {length: 4}}
  note: {type: OS::Heat::Value, properties: {value: {get_file: note.txt}}}
outputs:
  direct: {value: {get_attr: [direct, word]}}
  note: {value: {get_attr: [note, value]}}
  text: {value: {get_param: text}}
"""
FAILING = """\
heat_template_version: 2021-04-16
resources:
  handle: {type: OS::Heat::WaitConditionHandle}
  wait: {type: OS::Heat::WaitCondition, properties: {handle: {get_resource: handle}, timeout: 1}}
"""


def status(stack):
    return parsed("stack", "show", stack)["stack_status"]


def life():
    path = file("word.yaml", WORD)
    run("stack", "create", "-t", path, "--wait", "--tags", "one,two", "tour")
    same(status("tour"), "CREATE_COMPLETE")
    word = parsed("stack", "output", "show", "tour", "word")["output_value"]
    same(len(word), 8)
    same([each["Stack Name"] for each in parsed("stack", "list", "--tags", "one")], ["tour"])
    run("stack", "update", "--existing", "--parameter", "length=9", "--wait", "tour")
    same(len(parsed("stack", "output", "show", "tour", "word")["output_value"]), 9)
    run("stack", "update", "--dry-run", "-t", path, "tour")
    for action in ("check", "suspend", "resume"):
        run("stack", action, "--wait", "tour")
        same(status("tour"), action.upper() + "_COMPLETE")
    holds(run("stack", "resource", "list", "tour"), "word", "OS::Heat::RandomString")
    holds(run("stack", "resource", "show", "tour", "word"), "physical_resource_id")
    run("stack", "resource", "metadata", "tour", "word")
    run("stack", "resource", "mark", "unhealthy", "tour", "word", "it looks ill")
    holds(run("stack", "resource", "show", "tour", "word"), "it looks ill")
    holds(run("stack", "template", "show", "tour"), "OS::Heat::RandomString")
    holds(run("stack", "output", "list", "tour"), "word")
    event = parsed("stack", "event", "list", "--resource", "word", "--limit", "1", "tour")[0]
    holds(run("stack", "event", "show", "tour", "word", event["id"]), event["id"])


def snapshots():
    made = parsed("stack", "snapshot", "create", "tour")
    found = parsed("stack", "snapshot", "list", "tour")
    same([each["id"] for each in found], [made["ID"]])
    run("stack", "snapshot", "show", "tour", made["ID"])
    run("stack", "snapshot", "restore", "tour", made["ID"])
    same(ended("tour", "RESTORE"), "RESTORE_COMPLETE")
    run("stack", "snapshot", "delete", "tour", made["ID"])
    same(parsed("stack", "snapshot", "list", "tour"), [])


def handing_over():
    word = parsed("stack", "output", "show", "tour", "word")["output_value"]
    exported = file("exported.json", "")
    run("stack", "export", "--output-file", exported, "tour")
    with open(exported) as content:
        same(json.load(content)["name"], "tour")
    abandoned = file("abandoned.json", "")
    run("stack", "abandon", "--output-file", abandoned, "tour")
    until("it is gone", lambda: "tour" not in run("stack", "list"))
    run("stack", "adopt", "--adopt-file", abandoned, "--wait", "heir")
    same(status("heir"), "ADOPT_COMPLETE")
    same(parsed("stack", "output", "show", "heir", "word")["output_value"], word)
    run("stack", "delete", "--yes", "--wait", "heir")
    assert attempt(["stack", "show", "heir"])[0] != 0


def files_and_environments():
    file("inner.yaml", INNER)
    file("note.txt", "from a file")
    outer = file("outer.yaml", OUTER)
    first = file("first.yaml", "parameters: {length: 5, text: first}\n")
    second = file(
        "second.yaml",
        "parameters: {text: second}\nresource_registry: {'My::Word': inner.yaml}\n",
    )
    run("stack", "create", "-t", outer, "-e", first, "-e", second, "--wait", "files")
    outputs = {
        each["output_key"]: each["output_value"]
        for each in parsed("stack", "output", "show", "--all", "files").values()
        for each in ([json.loads(each)] if isinstance(each, str) else [each])
    }
    same((len(outputs["direct"]), outputs["note"], outputs["text"]), (5, "from a file", "second"))
    holds(run("stack", "file", "list", "files"), "inner.yaml", "note.txt")
    holds(run("stack", "environment", "show", "files"), "second", "My::Word")
    holds(run("stack", "resource", "list", "-n", "2", "files"), "OS::Heat::RandomString")
    holds(run("stack", "list", "--nested"), "files-direct-")
    run("stack", "delete", "--yes", "--wait", "files")


def hooks():
    path, environment = file("word.yaml", WORD), file("hooked.yaml", HOOKED)
    run("stack", "create", "-t", path, "-e", environment, "hooked")
    until("the hook is seen", lambda: "word" in run("stack", "hook", "poll", "hooked"))
    run("stack", "hook", "clear", "--pre-create", "hooked", "word")
    same(ended("hooked", "CREATE"), "CREATE_COMPLETE")
    run("stack", "delete", "--yes", "--wait", "hooked")


def events_followed():
    run("stack", "create", "-t", file("word.yaml", WORD), "followed")
    command = ["/usr/bin/openstack", "stack", "event", "list", "--follow", "followed"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=dict(os.environ, PYTHONUNBUFFERED="1")
    ) as follower:
        # It follows until somebody interrupts it.
        line = next(each for each in follower.stdout if "Stack CREATE completed" in each)
        follower.terminate()
    holds(line, "[followed]", "CREATE_COMPLETE")
    run("stack", "delete", "--yes", "--wait", "followed")


def failures():
    path = file("failing.yaml", FAILING)
    code, out, err = attempt(["stack", "create", "-t", path, "--wait", "failing"])
    assert code != 0, out + err
    same(status("failing"), "CREATE_FAILED")
    holds(run("stack", "failures", "list", "--long", "failing"), "failing.wait", "CREATE_FAILED")
    run("stack", "delete", "--yes", "--wait", "failing")


def cancelling():
    path = file("waiting.yaml", FAILING.replace("timeout: 1", "timeout: 600"))
    run("stack", "create", "-t", file("word.yaml", WORD), "--wait", "cancelled")
    run("stack", "update", "-t", path, "cancelled")
    run("stack", "cancel", "--wait", "cancelled")
    holds(status("cancelled"), "ROLLBACK_COMPLETE")
    run("stack", "delete", "--yes", "--wait", "cancelled")


def types_and_templates():
    holds(run("orchestration", "resource", "type", "list"), "OS::Kubernetes::PodDeployment")
    holds(run("orchestration", "resource", "type", "show", "OS::Heat::RandomString"), "length")
    holds(
        run(
            "orchestration", "resource", "type", "show", "--template-type", "hot", "--format",
            "json", "OS::Heat::RandomString",
        ),
        "heat_template_version",
    )
    holds(run("orchestration", "template", "version", "list"), "2021-04-16")
    holds(
        run("orchestration", "template", "function", "list", "heat_template_version.2021-04-16"),
        "get_attr",
        "yaql",
    )
    path = file("word.yaml", WORD)
    holds(run("orchestration", "template", "validate", "-t", path), "length")
    run("orchestration", "build", "info")


def configs():
    script = file("script.sh", "#!/bin/sh\necho $greeting\n")
    config = parsed(
        "software", "config", "create", "--config-file", script, "--group", "script", "greet"
    )["id"]
    made = parsed(
        "software", "deployment", "create", "--config", config, "--server", "machine",
        "--action", "CREATE", "--signal-transport", "NO_SIGNAL", "10_greet",
    )["id"]
    holds(run("software", "deployment", "metadata", "show", "machine"), "10_greet", "echo")
    holds(run("software", "deployment", "list"), made)
    run("software", "deployment", "output", "show", "--all", made)
    run("software", "deployment", "delete", made)
    run("software", "config", "delete", config)
    assert config not in run("software", "config", "list")


for part in (
    life, snapshots, handing_over, files_and_environments, hooks, events_followed, failures,
    cancelling, types_and_templates, configs,
):
    part()
    print("done:", part.__name__, flush=True)
