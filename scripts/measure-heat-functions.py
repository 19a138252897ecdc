#!/usr/bin/python3
"""Writes functions.jsonl and constraints.jsonl of template/src/test/resources/heat anew, with what a real Heat makes of them.

Needs Debian's python3-heat. HEAT_PACKAGES may name the folder it was unpacked into. Reads the versions and
expressions, or constraints and values, of the tables themselves, so a new row is a line with only these two.
"""
import json
import logging
import os
import sys

if 'HEAT_PACKAGES' in os.environ:
    sys.path.insert(0, os.environ['HEAT_PACKAGES'])
import yaml
from oslo_config import cfg
from heat.common import context, messaging, template_format
from heat.engine import attributes, constraints, environment, function, resource, resources, stack, template

TABLES = os.path.join(os.path.dirname(__file__), '../template/src/test/resources/heat')
SECTIONS = """
parameters:
  name: {type: string, default: web}
  port: {type: number, default: 80}
  debug: {type: boolean, default: true}
  list: {type: comma_delimited_list, default: "a,b,c"}
  map: {type: json, default: {x: {y: [1, 2]}, "0": zero, name: port}}
  none: {type: string, default: ""}
resources:
  web: {type: T}
  db: {type: T}
  late: {type: T}
"""
CONDITIONS = """
conditions:
  yes_: true
  no_: false
  is80: {equals: [{get_param: port}, 80]}
"""
FILES = {'page': '<h1>NAME</h1>', 'file:///conf': 'x=1'}
MADE = {'web': {'ip': '10.0.0.1', 'ports': [80, 443], 'tags': {'a': 1}, 'nothing': None}, 'db': {}}


class AnyType(resource.Resource):
    properties_schema = {}
    attributes_schema = {name: attributes.Schema(name) for name in MADE['web']}


def make_stack(version):
    text = 'heat_template_version: %s\n' % version + SECTIONS + (CONDITIONS if version >= '2016-10-14' else '')
    parsed = template.Template(template_format.parse(text), files=FILES, env=environment.Environment({}))
    request = context.RequestContext(username='u', project_id='default', is_admin=False)
    result = stack.Stack(request, 'shop', parsed, tenant_id='default')
    for name, values in MADE.items():
        made = result[name]
        made.action, made.status, made.resource_id = 'CREATE', 'COMPLETE', name + '-1'
        made.FnGetAtt = lambda key, *path, values=values: attributes.select_from_attribute(values.get(key), path)
        made.FnGetAtts = lambda values=values: dict(values)
    return result


def measure(version, expression):
    try:
        parent = make_stack(version)
        snippet = yaml.load(expression, Loader=template_format.yaml_loader)
        call = parent.t.parse(parent, snippet, 'o.value')
        function.validate(call, 'o.value')
        value = function.resolve(call)
        json.dumps(value)
        return {'result': value}
    except Exception as error:
        return {'error': ('%s: %s' % (type(error).__name__, error)).split('\n')[0][:240]}


def check(constraint, value):
    try:
        valid = constraints.CustomConstraint(constraint).custom_constraint.validate(value, make_stack('2021-04-16').context)
        return {'valid': bool(valid)}
    except Exception:
        return {'valid': False}


def rewrite(name, keys, work):
    path = os.path.join(TABLES, name)
    with open(path) as table:
        rows = [json.loads(line) for line in table]
    with open(path, 'w') as table:
        for row in rows:
            given = {key: row[key] for key in keys}
            table.write(json.dumps({**given, **work(**given)}, ensure_ascii=False) + '\n')


def main():
    logging.disable(logging.CRITICAL)
    cfg.CONF([], project='heat', default_config_files=[])
    messaging.setup('fake://', optional=True)
    resources.initialise()
    resources.global_env().register_class('T', AnyType)
    rewrite('functions.jsonl', ('version', 'expression'), measure)
    rewrite('constraints.jsonl', ('constraint', 'value'), check)


if __name__ == '__main__':
    main()
