package io.hotpod.engine.resource.kubernetes;

import io.hotpod.document.Problem;
import io.hotpod.pod.WaitFor;
import io.hotpod.template.Expression;
import io.hotpod.template.ResourceDefinition;
import io.hotpod.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Finds deployments that can never be ready, however long anybody waits: those that wait for the
 * end of a pod whose containers are always started again. Whatever needs such a deployment is never
 * reached.
 */
public final class PodWarnings {
  private static final String ALWAYS = "Always";

  private PodWarnings() {}

  /** Looks at what is written out in a template; nothing is said of what functions make. */
  public static List<Problem> of(Template template) {
    List<Problem> warnings = new ArrayList<>();
    for (ResourceDefinition resource : template.resources().values()) {
      if (resource.type().equals(PodDeploymentType.NAME)) {
        check(template, resource, warnings);
      }
    }
    return warnings;
  }

  private static void check(
      Template template, ResourceDefinition deployment, List<Problem> warnings) {
    Optional<Expression> waitFor = inside(deployment.properties(), PodDeploymentType.WAIT_FOR);
    boolean forTheEnd =
        waitFor.flatMap(PodWarnings::text).filter(WaitFor.COMPLETED.name()::equals).isPresent();
    Optional<Expression> spec =
        inside(deployment.properties(), PodDeploymentType.CONFIG)
            .filter(Expression.GetResource.class::isInstance)
            .map(Expression.GetResource.class::cast)
            .flatMap(call -> text(call.resource()))
            .flatMap(name -> Optional.ofNullable(template.resources().get(name)))
            .flatMap(config -> inside(config.properties(), PodConfigProperties.MANIFEST))
            .flatMap(manifest -> inside(manifest, "spec"));
    if (forTheEnd && spec.map(PodWarnings::restartsAlways).orElse(false)) {
      warnings.add(
          new Problem(
              waitFor.orElseThrow().place().location(),
              waitFor.orElseThrow().place().path(),
              "this deployment is never ready: it waits for the end of a pod that is always"
                  + " started again",
              Optional.of("set restartPolicy: OnFailure or Never in the manifest's spec")));
    }
  }

  /** A pod restarts always unless it says otherwise. */
  private static boolean restartsAlways(Expression spec) {
    if (!(spec instanceof Expression.MapExpression)) {
      return false;
    }
    Optional<Expression> policy = inside(spec, "restartPolicy");
    return policy.isEmpty() || policy.flatMap(PodWarnings::text).filter(ALWAYS::equals).isPresent();
  }

  private static Optional<Expression> inside(Expression expression, String key) {
    return expression instanceof Expression.MapExpression map ? map.get(key) : Optional.empty();
  }

  private static Optional<String> text(Expression expression) {
    return expression instanceof Expression.Literal literal
        ? Optional.of(literal.value()).filter(JsonNode::isString).map(JsonNode::stringValue)
        : Optional.empty();
  }
}
