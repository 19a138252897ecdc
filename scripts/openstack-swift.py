#!/usr/bin/python3
"""A stand-in for OpenStack's Swift, for tests of signals and metadata by temporary URLs.

  openstack-swift.py PORT      answers on loopback and keeps everything in memory

As much of Swift as Heat and an instance use: the key of temporary URLs, containers and objects, and
the signatures of the URLs. Times have whole seconds, as Swift's have.
"""

import email.utils
import hashlib
import hmac
import http.server
import json
import sys
import threading
import time
import urllib.parse

KEY = "X-Account-Meta-Temp-Url-Key"
LOCK = threading.Lock()
ACCOUNTS = {}


class Swift(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle_any(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        names = urllib.parse.unquote(url.path).strip("/").split("/", 3)[1:]
        with LOCK:
            account = ACCOUNTS.setdefault(names[0] if names else "", {"key": "", "containers": {}})
            if not names or not self.may(account["key"], url.path, query):
                return self.answer(401)
            level = ("account", "container", "object")[len(names) - 1]
            return getattr(self, level)(account, names[1:], body)

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = handle_any

    def may(self, key, path, query):
        """Either a token, which nobody checks here, or a signature, which has to be right."""
        if "temp_url_sig" not in query:
            return bool(self.headers.get("X-Auth-Token"))
        expires = query.get("temp_url_expires", "0")
        digest = {40: hashlib.sha1, 64: hashlib.sha256}.get(len(query["temp_url_sig"]))
        methods = ("GET", "PUT") if self.command == "HEAD" else (self.command,)
        return (
            digest is not None
            and float(expires) > time.time()
            and any(
                hmac.compare_digest(
                    query["temp_url_sig"],
                    hmac.new(
                        key.encode(), "\n".join((method, expires, path)).encode(), digest
                    ).hexdigest(),
                )
                for method in methods
            )
        )

    def account(self, account, _names, _body):
        if self.command == "POST":
            account["key"] = self.headers.get(KEY, account["key"])
        return self.answer(204, **({KEY: account["key"]} if account["key"] else {}))

    def container(self, account, names, _body):
        containers = account["containers"]
        if self.command == "PUT":
            containers.setdefault(names[0], {})
            return self.answer(201)
        if names[0] not in containers:
            return self.answer(404)
        objects = containers[names[0]]
        if self.command == "DELETE":
            if objects:
                return self.answer(409)
            del containers[names[0]]
            return self.answer(204)
        listed = json.dumps([{"name": name} for name in objects]).encode()
        return self.answer(200, listed, **{"X-Container-Object-Count": str(len(objects))})

    def object(self, account, names, body):
        objects = account["containers"].get(names[0])
        if objects is None:
            return self.answer(404)
        if self.command == "PUT":
            objects[names[1]] = (body, int(time.time()))
            return self.answer(201)
        if names[1] not in objects:
            return self.answer(404)
        if self.command == "DELETE":
            del objects[names[1]]
            return self.answer(204)
        content, modified = objects[names[1]]
        return self.answer(
            200,
            content,
            **{
                "Last-Modified": email.utils.formatdate(modified, usegmt=True),
                "ETag": hashlib.md5(content).hexdigest(),
            },
        )

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Swift).serve_forever()
