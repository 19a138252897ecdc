package io.hotpod.engine.stack;

import io.hotpod.document.DocumentException;
import io.hotpod.document.Problem;
import io.hotpod.engine.EngineLimits;
import io.hotpod.engine.resource.ResourceTypes;
import io.hotpod.engine.resource.nested.TemplateTypes;
import io.hotpod.engine.store.Database;
import io.hotpod.template.Template;
import io.hotpod.template.TemplateInstance;
import io.hotpod.template.environment.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks the resources of a template against their types before anything is accepted, and those of
 * the templates that it uses as types. Thread-safe.
 */
public final class DefinitionChecker {
  private final Definitions definitions;
  private final TemplateTypes types;
  private final EngineLimits limits;

  DefinitionChecker(Definitions definitions, TemplateTypes types, EngineLimits limits) {
    this.definitions = definitions;
    this.types = types;
    this.limits = limits;
  }

  /** A checker for where no engine runs. */
  public DefinitionChecker(ResourceTypes types) {
    this.definitions = new Definitions();
    this.types = new TemplateTypes(types, definitions, Database.absent());
    this.limits = EngineLimits.DEFAULT;
  }

  /**
   * Refuses what can be seen to be wrong without creating anything.
   *
   * @param template of the definition, with its parameters
   * @param depth of the stack: 0 for one that is not inside another
   * @throws NestingLimitException when the tree would be too deep or too large
   * @throws DocumentException with every other problem
   */
  void check(StackDefinition definition, TemplateInstance template, int depth) {
    List<Problem> problems = new ArrayList<>(eventSinks(definition));
    new TreeCheck(definitions, types, limits, problems)
        .check(definition, template, Set.of(), "", depth);
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
  }

  /**
   * Finds every problem that can be found without creating anything. What hangs on parameters that
   * are not decided yet is taken on trust.
   *
   * @param definition whose files hold the templates that are used as types
   * @param template of the definition, with its parameters
   */
  public Checked check(StackDefinition definition, TemplateInstance template) {
    List<Problem> problems = new ArrayList<>(eventSinks(definition));
    TreeCheck tree = new TreeCheck(definitions, types, limits, problems);
    try {
      tree.check(definition, template, Set.of(), "", 0);
    } catch (NestingLimitException limit) {
      problems.addAll(limit.problems());
    }
    return new Checked(problems, tree.inner());
  }

  private static List<Problem> eventSinks(StackDefinition definition) {
    return definition.environment().eventSinks().stream()
        .map(
            sink ->
                new Problem(
                    sink.location(),
                    "event_sinks",
                    "The event sink type %s is not supported yet".formatted(sink.type()),
                    Optional.of("events can be listed and waited for by the API")))
        .toList();
  }

  /** The problems of a template that uses no others as types. */
  public List<Problem> problems(TemplateInstance template) {
    return check(new StackDefinition("", "template", "", Map.of(), Environment.EMPTY), template)
        .problems();
  }

  /**
   * What came of a check.
   *
   * @param problems in the order in which they were found; each names the text that it is in
   * @param inner the templates that are used as types, as far as they could be read
   */
  public record Checked(List<Problem> problems, List<Template> inner) {
    public Checked {
      problems = List.copyOf(problems);
      inner = List.copyOf(inner);
    }
  }
}
