"""A real Keystone on loopback, of Debian's python3-keystone alone: a database of SQLite, no service.

  real_keystone.py DIRECTORY

Prints a line of JSON with its URL, the ids of its projects and the password of all its users when it
answers, and serves until its standard input ends. The users:

  admin    role admin in the project admin
  hotpod   role admin in the project service: who validates tokens
  demo     role member in the project demo
  ruth     role reader in the project demo
  stan     role heat_stack_user in the project demo
  sam      role member in the project elsewhere
"""

import json
import os
import secrets
import socketserver
import sqlite3
import subprocess
import sys
import threading
import urllib.request
import wsgiref.simple_server

MANAGE = "import sys; from keystone.cmd.manage import main; sys.argv[0] = 'keystone-manage'; main()"
ROLES = ["member", "reader", "heat_stack_user"]
GRANTS = {
    "hotpod": ("service", "admin"),
    "demo": ("demo", "member"),
    "ruth": ("demo", "reader"),
    "stan": ("demo", "heat_stack_user"),
    "sam": ("elsewhere", "member"),
}


class Server(wsgiref.simple_server.WSGIServer):
    """One request after the other: SQLite has one writer."""

    request_queue_size = 128

    def server_bind(self):
        # The usual one looks up the name of the host, which may take long.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address
        self.setup_environ()


class Handler(wsgiref.simple_server.WSGIRequestHandler):
    timeout = 10

    def address_string(self):
        return self.client_address[0]

    def log_message(self, *words):
        pass


def configure(directory):
    from cryptography.fernet import Fernet

    for name in ("tokens", "credentials"):
        os.mkdir(os.path.join(directory, name), 0o700)
        for number in ("0", "1"):
            with open(os.path.join(directory, name, number), "wb") as key:
                key.write(Fernet.generate_key())
    path = os.path.join(directory, "keystone.conf")
    with open(path, "w") as file:
        file.write(
            """
[DEFAULT]
log_file = %(directory)s/keystone.log
[database]
connection = sqlite:///%(directory)s/keystone.db
[fernet_tokens]
key_repository = %(directory)s/tokens
[fernet_receipts]
key_repository = %(directory)s/tokens
[credential]
key_repository = %(directory)s/credentials
[identity]
password_hash_rounds = 4
"""
            % {"directory": directory}
        )
    return path


class Api:
    """The Identity API as its administrator sees it."""

    def __init__(self, url, password):
        self.url = url
        self.token = None
        user = {"name": "admin", "domain": {"id": "default"}, "password": password}
        scope = {"project": {"name": "admin", "domain": {"id": "default"}}}
        identity = {"methods": ["password"], "password": {"user": user}}
        body = {"auth": {"identity": identity, "scope": scope}}
        self.token = self.call("POST", "/auth/tokens", body).headers["X-Subject-Token"]

    def call(self, method, path, body=None):
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["X-Auth-Token"] = self.token
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        return urllib.request.urlopen(request, timeout=60)

    def create(self, kind, **fields):
        return json.load(self.call("POST", "/%ss" % kind, {kind: fields}))[kind]["id"]

    def ids(self, kinds):
        return {each["name"]: each["id"] for each in json.load(self.call("GET", "/" + kinds))[kinds]}


def populate(api, password):
    roles = api.ids("roles")
    for role in ROLES:
        if role not in roles:
            roles[role] = api.create("role", name=role)
    projects = api.ids("projects")
    for user, (project, role) in GRANTS.items():
        if project not in projects:
            projects[project] = api.create("project", name=project, domain_id="default")
        who = api.create("user", name=user, domain_id="default", password=password)
        api.call("PUT", "/projects/%s/users/%s/roles/%s" % (projects[project], who, roles[role]))
    return projects


def main(directory):
    password = secrets.token_urlsafe(16)
    config = configure(directory)
    server = Server(("127.0.0.1", 0), Handler)
    url = "http://127.0.0.1:%d/v3" % server.server_port
    manage = [sys.executable, "-c", MANAGE, "--config-file", config]
    log = os.path.join(directory, "manage.log")
    with open(log, "w") as output:
        subprocess.run(manage + ["db_sync"], check=True, stdout=output, stderr=output)
        # Keystone keeps connections that have read something, which lock out who writes otherwise.
        sqlite3.connect(os.path.join(directory, "keystone.db")).execute("PRAGMA journal_mode=WAL")
        words = ["bootstrap", "--bootstrap-region-id", "RegionOne"]
        for interface in ("admin", "internal", "public"):
            words += ["--bootstrap-%s-url" % interface, url]
        environment = dict(os.environ, OS_BOOTSTRAP_PASSWORD=password)
        subprocess.run(
            manage + words, check=True, stdout=output, stderr=output, env=environment
        )
    os.environ["OS_KEYSTONE_CONFIG_FILES"] = config
    sys.argv = ["keystone"]
    from keystone.server.wsgi import initialize_public_application

    server.set_app(initialize_public_application())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    projects = populate(Api(url, password), password)
    print(json.dumps({"url": url, "password": password, "projects": projects}), flush=True)
    sys.stdin.read()
    os._exit(0)


main(*sys.argv[1:])
