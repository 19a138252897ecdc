package io.hotpod.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** The templates that are measured. */
final class Templates {
  private static final int DEPTH = 5;

  /** Templates that hold three of the next, down to the last, which holds three resources. */
  static final Map<String, String> LEVELS = levels();

  private static final String HEAD = "heat_template_version: 2021-04-16\nresources:\n";

  private Templates() {}

  static String independent(int count) {
    StringBuilder text = new StringBuilder(HEAD);
    for (int i = 0; i < count; i++) {
      text.append(
          "  r%d: {type: OS::Heat::TestResource, properties: {value: v%d}}\n".formatted(i, i));
    }
    return text.toString();
  }

  static String chain(int count) {
    StringBuilder text = new StringBuilder(HEAD);
    for (int i = 0; i < count; i++) {
      String after = i == 0 ? "" : ", depends_on: r" + (i - 1);
      text.append("  r%d: {type: OS::Heat::TestResource%s}\n".formatted(i, after));
    }
    return text.toString();
  }

  /** Strings that nobody has to wait for. */
  static String strings(int count) {
    StringBuilder text = new StringBuilder(HEAD);
    for (int i = 0; i < count; i++) {
      text.append("  r%d: {type: OS::Heat::RandomString}\n".formatted(i));
    }
    return text.toString();
  }

  static String group(int count) {
    return HEAD
        + "  group: {type: OS::Heat::ResourceGroup, properties: {count: %d, resource_def: {type: OS::Heat::RandomString}}}\n"
            .formatted(count);
  }

  /** Some thousand resources, five stacks deep. */
  static String tree() {
    return LEVELS.getOrDefault("level1.yaml", "");
  }

  private static Map<String, String> levels() {
    Map<String, String> levels = new LinkedHashMap<>();
    for (int level = 1; level <= DEPTH + 1; level++) {
      String type = level <= DEPTH ? "level%d.yaml".formatted(level + 1) : "OS::Heat::RandomString";
      StringBuilder text = new StringBuilder(HEAD);
      for (int i = 0; i < 3; i++) {
        text.append("  r%d: {type: %s}\n".formatted(i, type));
      }
      levels.put("level%d.yaml".formatted(level), text.toString());
    }
    return levels;
  }

  /** Conditions that wait for a signal which does not come. */
  static String waiting(int count) {
    StringBuilder text = new StringBuilder(HEAD);
    text.append("  handle: {type: OS::Heat::WaitConditionHandle}\n");
    for (int i = 0; i < count; i++) {
      text.append(
          "  r%d: {type: OS::Heat::WaitCondition, properties: {handle: {get_resource: handle}, timeout: 3000}}\n"
              .formatted(i));
    }
    return text.toString();
  }

  /** Pods of one container that sleeps; the last one's environment holds the value. */
  static String pods(String instance, String image, int count, String value) {
    StringBuilder text = new StringBuilder(HEAD);
    for (int i = 0; i < count; i++) {
      String content = i == count - 1 ? value : "same";
      text.append(
          """
            config%1$d:
              type: OS::Kubernetes::PodConfig
              properties:
                manifest:
                  apiVersion: v1
                  kind: Pod
                  metadata: {name: bench-%1$d}
                  spec:
                    terminationGracePeriodSeconds: 0
                    containers:
                    - name: main
                      image: %2$s
                      command: [sleep, "3600"]
                      env: [{name: VALUE, value: "%3$s"}]
            pod%1$d:
              type: OS::Kubernetes::PodDeployment
              properties: {config: {get_resource: config%1$d}, server: %4$s}
          """
              .formatted(i, image, content, instance));
    }
    return text.toString();
  }

  /** A pod of one container that serves pages, and is ready when it answers. */
  static String page(String instance, String image, String value) {
    return HEAD
        + """
          config:
            type: OS::Kubernetes::PodConfig
            properties:
              manifest:
                apiVersion: v1
                kind: Pod
                metadata: {name: page}
                spec:
                  terminationGracePeriodSeconds: 0
                  containers:
                  - name: main
                    image: %1$s
                    command: [httpd, -f, -p, "8080"]
                    env: [{name: VALUE, value: "%2$s"}]
                    readinessProbe: {tcpSocket: {port: 8080}}
          pod:
            type: OS::Kubernetes::PodDeployment
            properties: {config: {get_resource: config}, server: %3$s}
        """
            .formatted(image, value, instance);
  }

  /** A pod with an init container that ends at once. */
  static String initPod(String image) {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {name: bench-init}
    spec:
      terminationGracePeriodSeconds: 0
      initContainers:
      - {name: first, image: "%1$s", command: ["true"]}
      containers:
      - {name: main, image: "%1$s", command: [sleep, "3600"]}
    """
        .formatted(image);
  }

  /** A stack of {@link #initPod}. */
  static String init(String instance, String image) {
    return HEAD
        + """
          config:
            type: OS::Kubernetes::PodConfig
            properties:
              manifest:
        %1$s
          pod:
            type: OS::Kubernetes::PodDeployment
            properties: {config: {get_resource: config}, server: %2$s}
        """
            .formatted(initPod(image).indent(8).stripTrailing(), instance);
  }
}
