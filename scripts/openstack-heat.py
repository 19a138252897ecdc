#!/usr/bin/python3
"""A real OpenStack Heat on loopback, for tests: Debian's packages, without an init system.

  openstack-heat.py install        install what is missing; ends with 3 when that is impossible here
  openstack-heat.py up DIRECTORY   start it on free ports; DIRECTORY/openrc.json is the environment of a client,
                                   admin.json that of who may do everything, and urls.json says
                                   where Heat is
  openstack-heat.py stop DIRECTORY NAME   stop one service of it, such as heat-api-cfn
  openstack-heat.py start DIRECTORY NAME  start that again, and wait until it answers
  openstack-heat.py down DIRECTORY stop what was started, and remove the directory

Needs root: packages are installed, and the database runs as its own user. The password is in the
file of a test that listens on loopback only.
"""

import glob
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import time
import urllib.error
import urllib.request

PACKAGES = (
    "heat-api heat-api-cfn heat-engine keystone mariadb-server python3-heatclient"
    " python3-openstackclient python3-pymysql rabbitmq-server uwsgi-plugin-python3"
).split()
PASSWORD = "of-a-test"
PORTS = ["database", "queue", "queue_peers", "queue_names", "keystone", "heat", "cfn", "nova", "swift"]
PATIENCE = 300

# Answers for every server that it is there, because Heat asks before it waits for a deletion.
NOVA = """
import http.server, json, sys
PORT = int(sys.argv[1])
BASE = "http://127.0.0.1:%d/v2.1" % PORT
VERSION = {"id": "v2.1", "status": "CURRENT", "version": "2.1", "min_version": "2.1",
           "links": [{"rel": "self", "href": BASE + "/"}]}
class Nova(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        path = self.path.split("?")[0].rstrip("/")
        if path == "":
            body = {"versions": [VERSION]}
        elif path == "/v2.1":
            body = {"version": VERSION}
        else:
            body = {"server": {"id": path.rsplit("/", 1)[1], "name": "machine", "status": "ACTIVE"}}
        data = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
http.server.ThreadingHTTPServer(("127.0.0.1", PORT), Nova).serve_forever()
"""

# Debian's Keystone wants a service token for this one call since a security update, and its Heat
# sends none, so that signed URLs would be refused. Newer releases of Heat send it themselves.
CFN = """
import requests
from heat.api.aws import ec2token
from keystoneauth1 import session
from keystoneauth1.identity import v3
login = session.Session(auth=v3.Password(
    auth_url={url!r}, username="heat", password={password!r}, project_name="service",
    user_domain_id="default", project_domain_id="default"))
class Requests:
    def __getattr__(self, name):
        return getattr(requests, name)
    @staticmethod
    def post(url, **arguments):
        headers = dict(arguments.pop("headers", None) or {{}})
        headers["X-Auth-Token"] = login.get_token()
        return requests.post(url, headers=headers, **arguments)
ec2token.requests = Requests()
from heat.httpd import heat_api_cfn
application = heat_api_cfn.init_application()
"""


def fail(message):
    sys.exit("openstack-heat: " + message)


def installed(package):
    state = subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Abbrev}", package], capture_output=True, text=True
    )
    return state.stdout.startswith("ii")


def install():
    missing = [package for package in PACKAGES if not installed(package)]
    if not missing:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        print("missing: " + " ".join(missing), file=sys.stderr)
        sys.exit(3)
    policy = "/usr/sbin/policy-rc.d"
    made = not os.path.exists(policy)
    if made:
        # Packages must not start services of their own.
        with open(policy, "w") as file:
            file.write("#!/bin/sh\nexit 101\n")
        os.chmod(policy, 0o755)
    try:
        questions = [
            "keystone keystone/configure_db boolean false",
            "keystone keystone/register-endpoint boolean false",
            "keystone keystone/create-admin-tenant boolean false",
            "heat-common heat/configure_db boolean false",
            "heat-api heat/register-endpoint boolean false",
            "heat-api-cfn heat/register-endpoint boolean false",
        ]
        environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        subprocess.run(["debconf-set-selections"], input="\n".join(questions), text=True)
        apt = ["apt-get", "-qq", "-y", "-o", "DPkg::Lock::Timeout=600"]
        with open(os.devnull, "w") as nowhere:
            subprocess.run(apt + ["update"], env=environment, stdout=nowhere)
            done = subprocess.run(
                apt + ["--no-install-recommends", "install"] + missing,
                env=environment,
                stdout=nowhere,
            )
        if done.returncode != 0:
            print("apt-get cannot install " + " ".join(missing), file=sys.stderr)
            sys.exit(3)
    finally:
        if made:
            os.remove(policy)


class Site:
    def __init__(self, directory):
        self.directory = os.path.abspath(directory)

    def path(self, *names):
        return os.path.join(self.directory, *names)

    def write(self, name, content):
        with open(self.path(name), "w") as file:
            file.write(textwrap.dedent(content))
        return self.path(name)

    def spawn(self, name, command, **environment):
        with open(self.path(name + ".command.json"), "w") as file:
            json.dump([command, environment], file)
        with open(self.path(name + ".log"), "ab") as log:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                env=dict(os.environ, **environment),
            )
        with open(self.path("processes"), "a") as file:
            file.write("%d %s\n" % (process.pid, name))

    def run(self, name, command, **options):
        done = subprocess.run(command, capture_output=True, text=True, **options)
        if done.returncode != 0:
            fail("%s: %s" % (name, (done.stderr or done.stdout)[-2000:]))

    def wait(self, what, ready):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if ready():
                return
            time.sleep(0.1)
        fail("%s does not get up within %d s; see %s" % (what, PATIENCE, self.directory))


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def speaks(url):
    try:
        urllib.request.urlopen(url, timeout=5)
        return True
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False


def free_ports():
    sockets = [socket.socket() for _ in PORTS]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = {name: each.getsockname()[1] for name, each in zip(PORTS, sockets)}
    for each in sockets:
        each.close()
    return ports


def database(site, port):
    data = site.path("database")
    os.makedirs(data)
    shutil.chown(data, "mysql", "mysql")
    site.run(
        "mariadb-install-db",
        ["mariadb-install-db", "--no-defaults", "--user=mysql", "--datadir=" + data]
        + ["--skip-test-db", "--auth-root-authentication-method=socket"],
    )
    link = os.path.join(data, "socket")
    site.spawn(
        "mariadb",
        ["mariadbd", "--no-defaults", "--user=mysql", "--datadir=" + data, "--socket=" + link]
        + ["--bind-address=127.0.0.1", "--port=%d" % port, "--max-connections=300"]
        + ["--pid-file=" + os.path.join(data, "pid"), "--innodb-flush-log-at-trx-commit=0"],
    )
    client = ["mariadb", "--no-defaults", "-uroot", "-S", link]
    ask = client + ["-e", "select 1"]
    site.wait("mariadb", lambda: subprocess.run(ask, capture_output=True).returncode == 0)
    for name in ("keystone", "heat"):
        for host in ("127.0.0.1", "localhost"):
            statements = (
                "create database if not exists {0} character set utf8mb3;"
                "create user '{0}'@'{1}' identified by '{2}';"
                "grant all on {0}.* to '{0}'@'{1}';"
            ).format(name, host, PASSWORD)
            site.run("mariadb", client + ["-e", statements])


def queue(site, ports):
    home = site.path("queue")
    os.makedirs(home)
    config = site.write("queue/rabbitmq.conf", "listeners.tcp.1 = 127.0.0.1:%d\n" % ports["queue"])
    site.write("queue/none.conf", "")
    site.write("queue/plugins", "[].\n")
    names = dict(ERL_EPMD_PORT=str(ports["queue_names"]), ERL_EPMD_ADDRESS="127.0.0.1")
    site.spawn("epmd", ["epmd", "-address", "127.0.0.1", "-port", str(ports["queue_names"])])
    site.wait("epmd", lambda: answers(ports["queue_names"]))
    program = sorted(glob.glob("/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server"))[-1]
    site.spawn(
        "rabbitmq",
        [program],
        HOME=home,
        RABBITMQ_NODENAME="heat%d@localhost" % ports["queue"],
        RABBITMQ_MNESIA_BASE=os.path.join(home, "mnesia"),
        RABBITMQ_LOG_BASE=home,
        RABBITMQ_CONFIG_FILE=config[: -len(".conf")],
        RABBITMQ_CONF_ENV_FILE=os.path.join(home, "none.conf"),
        RABBITMQ_ENABLED_PLUGINS_FILE=os.path.join(home, "plugins"),
        RABBITMQ_PID_FILE=os.path.join(home, "pid"),
        RABBITMQ_DIST_PORT=str(ports["queue_peers"]),
        RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}",
        **names,
    )


def web(site, name, port, program, arguments, processes, **environment):
    config = site.write(
        name + ".ini",
        """\
        [uwsgi]
        plugins = python3
        master = true
        lazy-apps = true
        enable-threads = true
        die-on-term = true
        no-orphans = true
        buffer-size = 65535
        add-header = Connection: close
        processes = %d
        threads = 8
        http-socket = 127.0.0.1:%d
        disable-logging = true
        """
        % (processes, port),
    )
    binary = shutil.which("uwsgi_python3") or shutil.which("uwsgi") or fail("there is no uwsgi")
    command = [binary, "--ini", config, "--wsgi-file", program]
    site.spawn(name, command + (["--pyargv", arguments] if arguments else []), **environment)


def keystone(site, ports, url):
    config = site.write(
        "keystone.conf",
        """\
        [DEFAULT]
        use_stderr = true
        [database]
        connection = mysql+pymysql://keystone:%s@127.0.0.1:%d/keystone?charset=utf8
        [fernet_tokens]
        key_repository = %s
        [fernet_receipts]
        key_repository = %s
        [credential]
        key_repository = %s
        [token]
        provider = fernet
        """
        % (PASSWORD, ports["database"], site.path("k1"), site.path("k1"), site.path("k2")),
    )
    manage = ["keystone-manage", "--config-file", config]
    owner = ["--keystone-user", "root", "--keystone-group", "root"]
    site.run("keystone", manage + ["fernet_setup"] + owner)
    site.run("keystone", manage + ["credential_setup"] + owner)
    site.run("keystone", manage + ["db_sync"])
    urls = ["--bootstrap-%s-url" % kind for kind in ("admin", "internal", "public")]
    site.run(
        "keystone",
        manage
        + ["bootstrap", "--bootstrap-password", PASSWORD, "--bootstrap-region-id", "RegionOne"]
        + [word for option in urls for word in (option, url)],
    )
    web(
        site,
        "keystone",
        ports["keystone"],
        "/usr/bin/keystone-wsgi-public",
        "--config-file " + config,
        2,
        OS_KEYSTONE_CONFIG_FILES=config,
    )
    site.wait("keystone", lambda: speaks(url))


def identities(ports, url):
    """Users, roles, the domain of stack users and the catalog."""
    from keystoneauth1 import session
    from keystoneauth1.identity import v3
    from keystoneclient.v3 import client

    admin = client.Client(
        session=session.Session(
            auth=v3.Password(
                auth_url=url,
                username="admin",
                password=PASSWORD,
                project_name="admin",
                user_domain_id="default",
                project_domain_id="default",
            )
        )
    )
    roles = {role.name: role for role in admin.roles.list()}
    for name in ("heat_stack_owner", "heat_stack_user", "service"):
        if name not in roles:
            roles[name] = admin.roles.create(name)
    service = admin.projects.create("service", domain="default")
    demo = admin.projects.create("demo", domain="default")
    heat = admin.users.create("heat", domain="default", password=PASSWORD)
    user = admin.users.create("demo", domain="default", password=PASSWORD)
    admin.roles.grant(roles["admin"], user=heat, project=service)
    admin.roles.grant(roles["service"], user=heat, project=service)
    for name in ("member", "heat_stack_owner"):
        admin.roles.grant(roles[name], user=user, project=demo)
    domain = admin.domains.create("heat")
    keeper = admin.users.create("heat_domain_admin", domain=domain.id, password=PASSWORD)
    admin.roles.grant(roles["admin"], user=keeper, domain=domain)
    for kind, where in (
        ("orchestration", "http://127.0.0.1:%d/v1/%%(tenant_id)s" % ports["heat"]),
        ("cloudformation", "http://127.0.0.1:%d/v1" % ports["cfn"]),
        ("compute", "http://127.0.0.1:%d/v2.1" % ports["nova"]),
        ("object-store", "http://127.0.0.1:%d/v1/AUTH_%%(tenant_id)s" % ports["swift"]),
    ):
        entry = admin.services.create(kind, type=kind)
        for interface in ("public", "internal", "admin"):
            admin.endpoints.create(entry, where, interface=interface, region="RegionOne")


def heat(site, ports, url):
    login = """\
        auth_type = password
        auth_url = %s
        username = heat
        password = %s
        user_domain_name = Default
    """ % (url, PASSWORD)
    config = site.write(
        "heat.conf",
        textwrap.dedent(
            """\
            [DEFAULT]
            transport_url = rabbit://guest:guest@127.0.0.1:{queue}/
            num_engine_workers = 1
            auth_encryption_key = 0123456789abcdef0123456789abcdef
            heat_metadata_server_url = http://127.0.0.1:{cfn}
            heat_waitcondition_server_url = http://127.0.0.1:{cfn}/v1/waitcondition
            stack_user_domain_name = heat
            stack_domain_admin = heat_domain_admin
            stack_domain_admin_password = {password}
            region_name_for_services = RegionOne
            use_stderr = true
            [paste_deploy]
            api_paste_config = /etc/heat/api-paste.ini
            [database]
            connection = mysql+pymysql://heat:{password}@127.0.0.1:{database}/heat?charset=utf8
            [clients_keystone]
            auth_uri = {url}
            [ec2authtoken]
            auth_uri = {url}
            [oslo_messaging_notifications]
            driver = noop
            [trustee]
            {login}
            [keystone_authtoken]
            {login}
            www_authenticate_uri = {url}
            project_name = service
            project_domain_name = Default
            """
        ).format(
            url=url,
            password=PASSWORD,
            login="\n".join(line.strip() for line in login.splitlines()).strip(),
            **ports,
        ),
    )
    site.run("heat", ["heat-manage", "--config-file", config, "db_sync"])
    site.wait("rabbitmq", lambda: answers(ports["queue"]))
    site.spawn("heat-engine", ["heat-engine", "--config-file", config])
    web(site, "heat-api", ports["heat"], "/usr/bin/heat-wsgi-api", "--config-file " + config, 1)
    program = site.write("heat-cfn.wsgi", CFN.format(url=url, password=PASSWORD))
    web(site, "heat-api-cfn", ports["cfn"], program, "--config-file " + config, 1)
    site.spawn("nova", [sys.executable, site.write("nova.py", NOVA), str(ports["nova"])])
    swift = os.path.join(os.path.dirname(os.path.abspath(__file__)), "openstack-swift.py")
    site.spawn("swift", [sys.executable, swift, str(ports["swift"])])
    for name in ("heat", "cfn", "nova", "swift"):
        site.wait(name, lambda: speaks("http://127.0.0.1:%d/" % ports[name]))


def up(directory):
    site = Site(directory)
    os.makedirs(site.directory)
    # The database's user has to pass.
    os.chmod(site.directory, 0o755)
    ports = free_ports()
    url = "http://127.0.0.1:%d/v3" % ports["keystone"]
    queue(site, ports)
    database(site, ports["database"])
    keystone(site, ports, url)
    identities(ports, url)
    heat(site, ports, url)
    environment = {
        "OS_AUTH_URL": url,
        "OS_AUTH_TYPE": "password",
        "OS_IDENTITY_API_VERSION": "3",
        "OS_REGION_NAME": "RegionOne",
        "OS_USERNAME": "demo",
        "OS_PASSWORD": PASSWORD,
        "OS_PROJECT_NAME": "demo",
        "OS_USER_DOMAIN_NAME": "Default",
        "OS_PROJECT_DOMAIN_NAME": "Default",
    }
    # Ready when an engine answers through the queue.
    ask = ["openstack", "orchestration", "build", "info"]
    site.wait(
        "heat-engine",
        lambda: subprocess.run(
            ask, capture_output=True, env=dict(os.environ, **environment)
        ).returncode
        == 0,
    )
    admin = dict(environment, OS_USERNAME="admin", OS_PROJECT_NAME="admin")
    urls = {"heat": "http://127.0.0.1:%d/v1" % ports["heat"]}
    for name, content in (("openrc.json", environment), ("admin.json", admin), ("urls.json", urls)):
        with open(site.path(name), "w") as file:
            json.dump(content, file)
    print(site.path("openrc.json"))


def members(session):
    found = subprocess.run(
        ["ps", "-o", "pid=", "--sid", str(session)], capture_output=True, text=True
    )
    return [int(pid) for pid in found.stdout.split()]


def end(sessions):
    """Each was started as a session of its own, so nothing else is hit."""
    for sign, patience in ((signal.SIGTERM, 20), (signal.SIGKILL, 5)):
        for session in reversed(sessions):
            for pid in members(session):
                try:
                    os.kill(pid, sign)
                except ProcessLookupError:
                    pass
        deadline = time.monotonic() + patience
        while any(members(session) for session in sessions) and time.monotonic() < deadline:
            time.sleep(0.1)


def sessions(site):
    """The session and the name of each service that was started."""
    with open(site.path("processes")) as file:
        return [(int(line.split()[0]), line.split()[1]) for line in file]


def stop(directory, service):
    found = [session for session, name in sessions(Site(directory)) if name == service]
    if not found:
        fail("there is no service " + service)
    end(found)


def start(directory, service):
    site = Site(directory)
    with open(site.path(service + ".command.json")) as file:
        command, environment = json.load(file)
    site.spawn(service, command, **environment)
    with open(site.path(service + ".ini")) as file:
        address = [line.split()[2] for line in file if line.strip().startswith("http-socket")][0]
    site.wait(service, lambda: speaks("http://%s/" % address))


def down(directory):
    site = Site(directory)
    if os.path.exists(site.path("processes")):
        end([session for session, _ in sessions(site)])
    shutil.rmtree(site.directory, ignore_errors=True)


def main(words):
    if words == ["install"]:
        install()
    elif len(words) == 2 and words[0] == "up":
        up(words[1])
    elif len(words) == 3 and words[0] == "stop":
        stop(words[1], words[2])
    elif len(words) == 3 and words[0] == "start":
        start(words[1], words[2])
    elif len(words) == 2 and words[0] == "down":
        down(words[1])
    else:
        sys.exit(__doc__)


main(sys.argv[1:])
