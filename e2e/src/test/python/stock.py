"""What the tours of the stock clients share. Needs Debian's python3-openstackclient, python3-heatclient
and python3-openstacksdk, and the usual OS_* variables."""

import contextlib
import io
import json
import os
import tempfile
import time

import openstack
from heatclient import client
from heatclient.common import event_utils
from openstackclient import shell

REAL_SLEEP = time.sleep
# The client looks every five seconds, where a test has no time for it.
time.sleep = lambda seconds: REAL_SLEEP(min(seconds, 0.3))

DIRECTORY = tempfile.mkdtemp(prefix="hotpod-tour", dir=os.getcwd())

WORD = """\
heat_template_version: 2021-04-16
parameters:
  length: {type: number, default: 8}
resources:
  word: {type: OS::Heat::RandomString, properties: {length: {get_param: length}}}
outputs:
  word: {value: {get_attr: [word, value]}}
"""


def file(name, content):
    path = os.path.join(DIRECTORY, name)
    with open(path, "w") as target:
        target.write(content)
    return path


def connection():
    return openstack.connect(load_yaml_config=False)


def heat():
    """The client library, with the login of the environment."""
    cloud = connection()
    return client.Client(
        "1", session=cloud.session, endpoint_override=cloud.orchestration.get_endpoint()
    )


def attempt(words):
    """Runs the command of OpenStack in this process; gives its exit code and both of its outputs."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = shell.OpenStackShell().run(words)
        except SystemExit as end:
            code = end.code
    return code, out.getvalue(), err.getvalue()


def run(*words):
    code, out, err = attempt(list(words))
    assert code == 0, "openstack %s ends with %s: %s%s" % (" ".join(words), code, out, err)
    return out


def parsed(*words):
    return json.loads(run(*words, "-f", "json"))


def same(found, expected):
    assert found == expected, "%r instead of %r" % (found, expected)


def holds(text, *parts):
    for part in parts:
        assert part in text, "%r is not in %s" % (part, text)


def until(what, condition):
    """Waits until something is so, for as long as a busy machine may take."""
    deadline = time.monotonic() + 600
    while not condition():
        assert time.monotonic() < deadline, "in vain: " + what
        time.sleep(0.1)


def ended(stack, action):
    """The status that an action ends in, found as the client's own --wait finds it."""
    with contextlib.redirect_stdout(io.StringIO()):
        return event_utils.poll_for_events(
            heat(), stack, action=action, poll_period=0.2, marker=None, nested_depth=0
        )[0]
