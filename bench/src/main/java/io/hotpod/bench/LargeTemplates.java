package io.hotpod.bench;

/** Large templates such as generators write: nothing in them is alike by chance. */
final class LargeTemplates {
  private LargeTemplates() {}

  /**
   * Some hundred resources in groups of ten that need each other, about a hundred characters each.
   *
   * @param resources how many there are
   */
  static String typical(int resources) {
    StringBuilder text =
        new StringBuilder(
            """
            heat_template_version: 2021-04-16
            description: a large template
            parameters:
              prefix: {type: string, default: web}
            resources:
            """);
    for (int i = 0; i < resources; i++) {
      text.append("  resource_%d:\n    type: OS::Heat::TestResource\n".formatted(i));
      text.append("    properties:\n");
      if (i % 10 == 0) {
        text.append("      value: {get_param: prefix}\n");
      } else {
        text.append("      value: {get_attr: [resource_%d, output]}\n".formatted(i - i % 10));
      }
      text.append("      wait_secs: %d\n".formatted(i % 7));
    }
    return text.append("outputs:\n  last: {value: {get_resource: resource_0}}\n").toString();
  }

  /**
   * Resources of which each names the one before, in pairs, so that references are many and paths
   * are short.
   *
   * @param references how many {@code get_resource} and {@code get_attr} there are
   */
  static String references(int references) {
    StringBuilder text = new StringBuilder("heat_template_version: 2021-04-16\nresources:\n");
    text.append("  r0: {type: OS::Heat::TestResource}\n");
    for (int i = 1; i <= references / 2; i++) {
      text.append(
          """
            r%1$d:
              type: OS::Heat::TestResource
              properties:
                value: {str_replace: {template: a-b, params: {a: {get_resource: r%2$d}, \
          b: {get_attr: [r%2$d, output]}}}}
          """
              .formatted(i, i - 1));
    }
    return text.toString();
  }
}
