package io.hotpod.engine;

/** Templates of one pod, {@code web}, on the instance {@code web-1}. */
final class WebPod {
  /** Its container is started again whenever it ends. */
  static final String ALWAYS =
      """
      heat_template_version: 2021-04-16
      resources:
        config:
          type: OS::Kubernetes::PodConfig
          properties:
            manifest:
              apiVersion: v1
              kind: Pod
              metadata: {name: web}
              spec:
                containers: [{name: web, image: "localhost/web:1"}]
        web:
          type: OS::Kubernetes::PodDeployment
          properties: {config: {get_resource: config}, server: web-1}
      """;

  /** Its container is started once, so that the pod can fail for good. */
  static final String ONCE =
      """
      heat_template_version: 2021-04-16
      resources:
        config:
          type: OS::Kubernetes::PodConfig
          properties:
            manifest:
              apiVersion: v1
              kind: Pod
              metadata: {name: web}
              spec:
                restartPolicy: Never
                containers: [{name: main, image: "localhost/web:1"}]
        web:
          type: OS::Kubernetes::PodDeployment
          properties: {config: {get_resource: config}, server: web-1}
      """;

  private WebPod() {}
}
