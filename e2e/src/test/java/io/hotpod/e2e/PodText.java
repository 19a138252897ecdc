package io.hotpod.e2e;

/**
 * One pod of a template: a configuration and its deployment.
 *
 * @param name of the deployment and of the pod
 * @param command of the container, in YAML
 * @param container further fields of the container, as lines of YAML
 * @param deployment further properties of the deployment, as lines of YAML
 * @param dependsOn name of another resource; none where empty
 */
record PodText(
    String name,
    String instance,
    String image,
    String command,
    String container,
    String deployment,
    String dependsOn) {
  /** As process 1 a shell ignores SIGTERM unless told; so a pod goes without its grace period. */
  private static final String POLITE = "trap 'exit 0' TERM; ";

  /** A pod that serves a page with a greeting on port 8080 and is ready when it does. */
  static PodText page(String name, String instance, String greeting) {
    return sleeping(name, instance)
        .withScript(
            POLITE + "echo " + greeting + " > /tmp/index.html; httpd -f -p 8080 -h /tmp & wait")
        .withContainer("readinessProbe: {httpGet: {path: /, port: 8080}, periodSeconds: 1}");
  }

  /** A pod that runs and does nothing. */
  static PodText sleeping(String name, String instance) {
    return new PodText(name, instance, TestImage.NAME, "[]", "", "", "")
        .withScript(POLITE + "sleep 100000 & wait");
  }

  /** Runs a script in the container's shell. */
  PodText withScript(String script) {
    return withCommand("[sh, -c, \"" + script.replace("\"", "\\\"") + "\"]");
  }

  PodText withCommand(String newCommand) {
    return new PodText(name, instance, image, newCommand, container, deployment, dependsOn);
  }

  /** Takes the image only where it is on the machine. */
  PodText withoutPull() {
    return withContainer("imagePullPolicy: Never");
  }

  PodText withImage(String newImage) {
    return new PodText(name, instance, newImage, command, container, deployment, dependsOn);
  }

  /** Adds lines to the container. */
  PodText withContainer(String lines) {
    return new PodText(
        name, instance, image, command, container + lines + "\n", deployment, dependsOn);
  }

  /** Adds lines to the deployment. */
  PodText withDeployment(String lines) {
    return new PodText(
        name, instance, image, command, container, deployment + lines + "\n", dependsOn);
  }

  PodText after(String resource) {
    return new PodText(name, instance, image, command, container, deployment, resource);
  }

  /** As two resources of a template. */
  String resources() {
    String head =
        """
        %1$s_config:
          type: OS::Kubernetes::PodConfig
          properties:
            manifest:
              apiVersion: v1
              kind: Pod
              metadata: {name: %1$s}
              spec:
                terminationGracePeriodSeconds: 2
                containers:
                  - name: main
                    image: %2$s
                    command: %3$s
        """
            .formatted(name, image, command);
    String rest =
        """
        %1$s:
          type: OS::Kubernetes::PodDeployment
          %2$s
          properties:
            config: {get_resource: %1$s_config}
            server: %3$s
        """
            .formatted(name, dependsOn.isEmpty() ? "" : "depends_on: " + dependsOn, instance);
    return head + container.indent(12) + rest + deployment.indent(4);
  }

  /** A template of pods, with the address of the first as its output. */
  static String template(PodText... pods) {
    StringBuilder text = new StringBuilder("heat_template_version: 2021-04-16\nresources:\n");
    for (PodText pod : pods) {
      text.append(pod.resources().indent(2));
    }
    return text.append("outputs:\n  address:\n    value: {get_attr: [")
        .append(pods[0].name())
        .append(", pod_ip]}\n")
        .toString();
  }
}
