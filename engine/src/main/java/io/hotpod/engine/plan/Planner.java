package io.hotpod.engine.plan;

import io.hotpod.engine.resource.DecisionContext;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.nested.TemplateTypes;
import io.hotpod.engine.secret.DigestKey;
import io.hotpod.engine.secret.Redaction;
import io.hotpod.engine.stack.Definitions;
import io.hotpod.engine.stack.StackDefinition;
import io.hotpod.template.TemplateInstance;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * Foresees what an operation will do to a stack and to all stacks inside it. It asks the types to
 * decide, as the operation itself will, and touches nothing. For one plan.
 */
public final class Planner {
  private final Definitions definitions;
  private final TemplateTypes types;
  private final DigestKey tokens;
  private final String project;
  private final Function<String, List<ResourceRecord>> resources;
  private final PlannedPods pods = new PlannedPods();

  /**
   * @param tokens makes the tokens that the operation itself will make
   * @param resources all physical resources of a stack; none when there is no such stack
   */
  public Planner(
      Definitions definitions,
      TemplateTypes types,
      DigestKey tokens,
      String project,
      Function<String, List<ResourceRecord>> resources) {
    this.definitions = definitions;
    this.types = types;
    this.tokens = tokens;
    this.project = project;
    this.resources = resources;
  }

  /**
   * Makes the plan.
   *
   * @param target the definition with its parameters, already checked
   * @param all every physical resource of the stack, current or not
   */
  public Plan plan(
      StackDefinition definition,
      TemplateInstance target,
      String stackId,
      List<ResourceRecord> all) {
    return new Plan(
        new StackPlanner(this, types.of(definition), stackId, all, DecisionContext.real(project))
            .plan(target));
  }

  /**
   * The same plan without what is not for everybody's eyes.
   *
   * @param secrets that reasons could repeat
   */
  public static Plan redacted(Plan plan, Collection<String> secrets) {
    Redaction redaction = Redaction.of(secrets);
    return new Plan(plan.steps().stream().map(step -> redacted(step, redaction)).toList());
  }

  private static PlannedStep redacted(PlannedStep step, Redaction redaction) {
    return new PlannedStep(
        step.resource(),
        step.type(),
        step.kind(),
        step.reasons().stream().map(redaction::apply).toList(),
        step.restartsPod(),
        step.certain(),
        step.after(),
        step.nested().stream().map(nested -> redacted(nested, redaction)).toList(),
        redaction.apply(step.properties()));
  }

  /**
   * The steps inside of a resource.
   *
   * @param stackId empty when there is no stack yet
   */
  List<PlannedStep> inside(StackDefinition definition, String stackId, DecisionContext outer) {
    TemplateInstance target =
        definitions.instantiate(
            definition, definitions.parameters(definition, stackId, "nested", project));
    return new StackPlanner(this, types.of(definition), stackId, resources(stackId), outer)
        .plan(target);
  }

  /** All pods of the tree so far. */
  PlannedPods pods() {
    return pods;
  }

  DigestKey tokens() {
    return tokens;
  }

  List<ResourceRecord> resources(String stackId) {
    return stackId.isEmpty() ? List.of() : resources.apply(stackId);
  }
}
