package io.hotpod.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A random template of whatever a plan has to foresee: updates, replacements, values that are not
 * known yet, pods, software deployments, stacks inside, groups that change at once or in batches.
 *
 * @param members text of each resource, by name
 */
record PlanTemplate(Map<String, String> members) {
  static final String INSTANCE = "plan-1";
  static final Map<String, String> FILES =
      Map.of(
          "inner.yaml",
          """
          heat_template_version: 2021-04-16
          parameters:
            said: {type: string}
            place: {type: string}
          resources:
            a:
              type: OS::Heat::TestResource
              properties: {value: {get_param: said}, update_replace_value: {get_param: place}}
            b: {type: OS::Heat::Value, properties: {value: {get_attr: [a, output]}}}
          outputs:
            output: {value: {get_attr: [b, value]}}
          """);

  private static final int NAMES = 7;

  static PlanTemplate random(Random random) {
    return new PlanTemplate(Map.of()).changed(random, NAMES + 2);
  }

  /** The same with some resources put in, taken out, or written anew. */
  PlanTemplate changed(Random random, int changes) {
    Map<String, String> changed = new TreeMap<>(members);
    for (int i = 0; i < changes; i++) {
      int number = random.nextInt(NAMES);
      String name = "r" + number;
      if (random.nextInt(5) == 0) {
        changed.remove(name);
      } else {
        changed.put(name, member(name, number, random));
      }
    }
    return new PlanTemplate(changed);
  }

  private static String member(String name, int number, Random random) {
    String value = value(number, random);
    String place = "p" + random.nextInt(2);
    return switch (random.nextInt(13)) {
      case 0, 1 ->
          "{type: OS::Heat::TestResource, properties: {value: %s, update_replace_value: %s}}"
              .formatted(value, place);
      case 2 ->
          "{type: OS::Heat::TestResource, properties: {value: %s, update_replace: true}}"
              .formatted(value);
      case 3 ->
          "{type: OS::Heat::RandomString, properties: {length: %d}}"
              .formatted(4 + random.nextInt(2));
      case 4 -> "{type: OS::Heat::Value, properties: {value: %s}}".formatted(value);
      case 5 -> "{type: inner.yaml, properties: {said: %s, place: %s}}".formatted(value, place);
      case 6 ->
          "{type: OS::Heat::ResourceGroup, properties: {count: %d, resource_def: {type: OS::Heat::TestResource, properties: {value: %s, update_replace_value: %s}}}%s}"
              .formatted(1 + random.nextInt(3), value, place, serving(policy(random), random));
      case 7 ->
          "{type: OS::Heat::AutoScalingGroup, properties: {min_size: 0, max_size: 4, desired_capacity: %d, rolling_updates: {max_batch_size: %d, min_in_service: %d}, resource: {type: OS::Heat::TestResource, properties: {value: %s, update_replace_value: %s}}}}"
              .formatted(random.nextInt(4), 1 + random.nextInt(2), random.nextInt(4), value, place);
      case 8 ->
          "{type: OS::Kubernetes::PodDeploymentGroup, properties: {servers: {%s}, wait_for: %s, config: {get_resource: c%d}, name: %s, input_values: {said: %s}}%s}"
              .formatted(
                  random.nextInt(4) == 0 ? "" : "one: " + INSTANCE,
                  random.nextBoolean() ? "READY" : "RUNNING",
                  random.nextInt(2),
                  name,
                  value,
                  policy(random));
      case 9 ->
          "{type: OS::Heat::SoftwareDeployment, properties: {server: machine-%s, signal_transport: NO_SIGNAL, config: {get_resource: s%d}, input_values: {said: %s}}}"
              .formatted(place, random.nextInt(2), value);
      case 10 ->
          "{type: OS::Heat::SoftwareDeploymentGroup, properties: {servers: {%s}, signal_transport: NO_SIGNAL, config: {get_resource: s%d}, input_values: {said: %s}}%s}"
              .formatted(
                  random.nextBoolean() ? "one: machine-1" : "one: machine-1, two: machine-2",
                  random.nextInt(2),
                  value,
                  policy(random));
      default ->
          "{type: OS::Kubernetes::PodDeployment, properties: {server: %s, wait_for: %s, config: {get_resource: c%d}, name: %s, input_values: {said: %s}}}"
              .formatted(
                  INSTANCE,
                  random.nextBoolean() ? "READY" : "RUNNING",
                  random.nextInt(2),
                  name,
                  value);
    };
  }

  /** How a group changes; at once in most cases. */
  private static String policy(Random random) {
    return switch (random.nextInt(4)) {
      case 0 ->
          ", update_policy: {rolling_update: {max_batch_size: %d}}"
              .formatted(1 + random.nextInt(2));
      case 1 -> ", update_policy: {batch_create: {max_batch_size: 1}}";
      default -> "";
    };
  }

  /** The same with some members left alone meanwhile, where the group can do that. */
  private static String serving(String policy, Random random) {
    return policy.replace(
        "rolling_update: {", "rolling_update: {min_in_service: %d, ".formatted(random.nextInt(4)));
  }

  /** A word, or what another resource says where there is one. */
  private static String value(int number, Random random) {
    String word = String.valueOf((char) ('a' + random.nextInt(3)));
    return number == 0 || random.nextBoolean()
        ? word
        : "{told: r%d, or: %s}".formatted(random.nextInt(number), word);
  }

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add("heat_template_version: 2021-04-16");
    lines.add("resources:");
    for (int i = 0; i < 2; i++) {
      lines.add(
          "  c%d: {type: OS::Kubernetes::PodConfig, properties: {inputs: [{name: said}], manifest: {apiVersion: v1, kind: Pod, metadata: {name: x}, spec: {containers: [{name: main, image: 'i:%d', env: [{name: SAID, value: {get_input: said}}]}]}}}}"
              .formatted(i, i));
    }
    for (int i = 0; i < 2; i++) {
      lines.add(
          "  s%d: {type: OS::Heat::SoftwareConfig, properties: {group: script, config: 'echo %d', inputs: [{name: said}]}}"
              .formatted(i, i));
    }
    members.forEach((name, text) -> lines.add("  %s: %s".formatted(name, referring(text))));
    return String.join("\n", lines) + "\n";
  }

  /** The same with something in the middle of it that cannot be made. */
  String failing(Random random) {
    int at = random.nextInt(NAMES);
    List<String> before = members.keySet().stream().filter(name -> number(name) < at).toList();
    StringBuilder text = new StringBuilder();
    for (String line : text().split("\n", -1)) {
      boolean later = line.matches("  r\\d: .*") && number(line.strip()) >= at;
      text.append(later ? line.replaceFirst("\\{", "{depends_on: broken, ") : line).append('\n');
    }
    return text
        + "  broken: {type: OS::Heat::TestResource, depends_on: [%s], properties: {fail: true}}%n"
            .formatted(String.join(", ", before));
  }

  private static int number(String name) {
    return name.charAt(1) - '0';
  }

  private String referring(String text) {
    int at = text.indexOf("{told: ");
    if (at < 0) {
      return text;
    }
    int end = text.indexOf('}', at) + 1;
    String[] parts = text.substring(at + 7, end - 1).split(", or: ", 2);
    String attribute = attribute(members.getOrDefault(parts[0], ""));
    String value =
        attribute.isEmpty() ? parts[1] : "{get_attr: [%s, %s]}".formatted(parts[0], attribute);
    return text.substring(0, at) + value + text.substring(end);
  }

  private static String attribute(String member) {
    return member.contains("TestResource") && !member.contains("Group")
        ? "output"
        : member.contains("inner.yaml")
            ? "output"
            : member.contains("RandomString") || member.contains("OS::Heat::Value") ? "value" : "";
  }
}
