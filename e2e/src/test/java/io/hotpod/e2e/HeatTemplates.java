package io.hotpod.e2e;

/** Templates that run on Hotpod and, with the environment for it, on a stock Heat. */
final class HeatTemplates {
  /** One pod on one machine. */
  static final String ONE =
      """
      heat_template_version: 2016-10-14
      parameters:
        server: {type: string}
        image: {type: string, default: %s}
        greeting: {type: string, default: one}
        wait_for: {type: string, default: READY}
      resources:
        config:
          type: OS::Kubernetes::PodConfig
          properties:
            inputs: [{name: greeting}, {name: grace, type: Number, default: 1}]
            manifest:
              apiVersion: v1
              kind: Pod
              metadata: {name: web}
              spec:
                terminationGracePeriodSeconds: {get_input: grace}
                containers:
                  - name: web
                    image: {get_param: image}
                    imagePullPolicy: Never
                    command: [sleep, "86400"]
                    env: [{name: GREETING, value: {get_input: greeting}}]
        web:
          type: OS::Kubernetes::PodDeployment
          properties:
            server: {get_param: server}
            config: {get_resource: config}
            wait_for: {get_param: wait_for}
            input_values: {greeting: {get_param: greeting}}
      outputs:
        phase: {value: {get_attr: [web, phase]}}
        address: {value: {get_attr: [web, pod_ip]}}
        containers: {value: {get_attr: [web, containers]}}
      """
          .formatted(TestImage.NAME);

  /** The same pod on each of several machines. */
  static final String GROUP =
      """
      heat_template_version: 2016-10-14
      parameters:
        servers: {type: json}
        image: {type: string, default: %s}
        greeting: {type: string, default: one}
        wait_for: {type: string, default: READY}
      resources:
        config:
          type: OS::Kubernetes::PodConfig
          properties:
            inputs: [{name: greeting}, {name: grace, type: Number, default: 1}]
            manifest:
              apiVersion: v1
              kind: Pod
              metadata: {name: web}
              spec:
                terminationGracePeriodSeconds: {get_input: grace}
                containers:
                  - name: web
                    image: {get_param: image}
                    imagePullPolicy: Never
                    command: [sleep, "86400"]
                    env: [{name: GREETING, value: {get_input: greeting}}]
        web:
          type: OS::Kubernetes::PodDeploymentGroup
          properties:
            servers: {get_param: servers}
            config: {get_resource: config}
            wait_for: {get_param: wait_for}
            input_values: {greeting: {get_param: greeting}}
      outputs:
        phases: {value: {get_attr: [web, phase]}}
      """
          .formatted(TestImage.NAME);

  private HeatTemplates() {}
}
