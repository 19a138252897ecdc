package io.hotpod.engine.stack;

import io.hotpod.document.DocumentException;
import io.hotpod.document.Location;
import io.hotpod.document.Problem;
import io.hotpod.engine.EngineLimits;
import io.hotpod.engine.resource.InnerStack;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.resource.StackTypes;
import io.hotpod.engine.resource.nested.TemplateTypes;
import io.hotpod.template.Expression;
import io.hotpod.template.Parameters;
import io.hotpod.template.PseudoParameters;
import io.hotpod.template.ResolvedProperties;
import io.hotpod.template.ResourceDefinition;
import io.hotpod.template.ResourceView;
import io.hotpod.template.Template;
import io.hotpod.template.TemplateInstance;
import io.hotpod.template.analysis.ReferencedAttributes;
import io.hotpod.template.analysis.UndecidedValues;
import io.hotpod.template.schema.PropertyReader;
import io.hotpod.template.schema.ResourceSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Walks a tree of stacks that does not exist yet, and collects what is wrong with it. Use once. */
final class TreeCheck {
  /** More would not be read. */
  private static final int MOST_PROBLEMS = 100;

  /** What no stack has yet stands where its id and name will. */
  private static final PseudoParameters NOBODY =
      new PseudoParameters("00000000-0000-0000-0000-000000000000", "nested", "");

  private final Definitions definitions;
  private final TemplateTypes types;
  private final EngineLimits limits;
  private List<Problem> problems;
  private final Map<String, Template> inner = new LinkedHashMap<>();
  private int resources;

  /**
   * @param limits a tree that doubles at each level ends there
   */
  TreeCheck(
      Definitions definitions, TemplateTypes types, EngineLimits limits, List<Problem> problems) {
    this.definitions = definitions;
    this.types = types;
    this.limits = limits;
    this.problems = problems;
  }

  /**
   * Checks one stack and all inside it.
   *
   * @param unknown names of parameters whose values are not known yet, whatever their defaults are
   * @param path what stands before the paths of its problems: empty, or {@code resources.web.}
   */
  void check(
      StackDefinition definition,
      TemplateInstance template,
      Set<String> unknown,
      String path,
      int depth) {
    if (path.isEmpty()) {
      count(template.template(), Optional.empty(), "resources");
    }
    StackTypes own = types.of(definition);
    Set<String> open = new HashSet<>(template.parameters().undecided());
    open.addAll(unknown);
    UndecidedValues undecided = new UndecidedValues(template.template(), open);
    for (ResourceDefinition resource : template.resources().values()) {
      if (problems.size() >= MOST_PROBLEMS) {
        return;
      }
      String at = path + "resources." + resource.name();
      UnsupportedKeys.in(template, resource).forEach(problem -> problems.add(under(path, problem)));
      Optional<ResourceType> type = type(own, resource, at);
      if (type.isPresent()) {
        trusting(
            undecided.places(resource), PolicyCheck.in(template, resource, type.orElseThrow(), at));
      }
      // The properties of what the stack does not make are not looked at.
      if (type.isPresent() && template.externalId(resource.name()).isEmpty()) {
        Optional<InnerStack> inner =
            properties(template, resource, type.orElseThrow(), undecided, at);
        inner.ifPresent(
            stack -> {
              List<Problem> around = problems;
              problems = new ArrayList<>();
              try {
                inside(stack, resource, at + ".", depth + 1);
              } finally {
                around.addAll(Origins.placed(problems, stack, template, resource, at + "."));
                problems = around;
              }
            });
      }
    }
    ReferencedAttributes.unknown(template.template(), resource -> schema(own, resource))
        .forEach(problem -> problems.add(under(path, problem)));
  }

  /**
   * The templates of the stacks inside that somebody wrote, each once, in the order in which they
   * were met.
   */
  List<Template> inner() {
    return List.copyOf(inner.values());
  }

  private static Optional<ResourceSchema> schema(StackTypes own, ResourceDefinition resource) {
    try {
      return own.find(resource.type(), resource.name()).map(ResourceType::schema);
    } catch (DocumentException refused) {
      // Said where the resource itself is looked at.
      return Optional.empty();
    }
  }

  private static Problem under(String path, Problem problem) {
    return problem.inside(path).movedTo(problem.location(), path + problem.path());
  }

  private Optional<ResourceType> type(StackTypes own, ResourceDefinition resource, String at) {
    try {
      Optional<ResourceType> type = own.find(resource.type(), resource.name());
      if (type.isEmpty()) {
        problems.add(
            new Problem(
                resource.location(),
                at,
                "The Resource Type (%s) could not be found.".formatted(resource.type()),
                own.nearest(resource.type()).map(nearest -> "did you mean " + nearest + "?")));
      }
      return type;
    } catch (DocumentException refused) {
      add(refused, at, resource.location());
      return Optional.empty();
    }
  }

  /** Checks the properties; gives the stack inside, if there is one and they are sound. */
  private Optional<InnerStack> properties(
      TemplateInstance template,
      ResourceDefinition resource,
      ResourceType type,
      UndecidedValues undecided,
      String at) {
    ResolvedProperties resolved;
    try {
      resolved = template.properties(resource.name(), ResourceView.NOTHING);
    } catch (DocumentException refused) {
      trusting(undecided.places(resource), refused.problems());
      return Optional.empty();
    }
    Set<String> trusted = undecided.properties(resource);
    ObjectNode known = resolved.known();
    if (!trusted.isEmpty()) {
      known = known.deepCopy().remove(trusted);
    }
    Set<String> unknown = new LinkedHashSet<>(resolved.unknown().keySet());
    unknown.addAll(trusted);
    PropertyReader reader =
        new PropertyReader(type.schema(), at, inside -> template.locate(resource.name(), inside));
    ObjectNode properties = reader.read(known, unknown);
    List<Problem> found = reader.problems();
    if (found.isEmpty()) {
      found =
          type.validate(
              properties, unknown, at, inside -> template.locate(resource.name(), inside));
    }
    if (found.isEmpty()) {
      found =
          type.validateAmong(
              template.resources().keySet(),
              properties,
              at,
              inside -> template.locate(resource.name(), inside));
    }
    Set<Location> places = undecided.places(resource);
    places.removeAll(unknownKeys(resource, type.schema()));
    trusting(places, found);
    return found.isEmpty()
        ? type.inner(
            properties, unknown, Facades.of(template, resource.name(), ResourceView.NOTHING))
        : Optional.empty();
  }

  /** A name that no value can make right. */
  private static Set<Location> unknownKeys(ResourceDefinition resource, ResourceSchema schema) {
    Set<Location> keys = new HashSet<>();
    if (resource.properties() instanceof Expression.MapExpression map) {
      map.entries().stream()
          .filter(entry -> !schema.properties().containsKey(entry.key()))
          .forEach(entry -> entry.keyLocation().ifPresent(keys::add));
    }
    return keys;
  }

  /** Notes what was found, but for what stands where nothing can be said. */
  private void trusting(Set<Location> trusted, List<Problem> found) {
    found.stream()
        .filter(problem -> problem.location().stream().noneMatch(trusted::contains))
        .forEach(problems::add);
  }

  private void inside(InnerStack stack, ResourceDefinition resource, String path, int depth) {
    if (depth > limits.nestedDepth()) {
      throw new NestingLimitException(
          new Problem(
              resource.location(),
              path.substring(0, path.length() - 1),
              "Recursion depth exceeds %d.".formatted(limits.nestedDepth()),
              Optional.of("a template that uses itself as a type has no end")));
    }
    try {
      Template template = definitions.parse(stack.definition());
      if (stack.origin().isEmpty()) {
        inner.putIfAbsent(template.source().name(), template);
      }
      count(template, resource.location(), path.substring(0, path.length() - 1));
      if (stack.unknown().isEmpty() || template.conditions().isEmpty()) {
        Parameters parameters =
            definitions.parameters(stack.definition(), NOBODY, stack.unknown().isEmpty());
        TemplateInstance instance = definitions.instantiate(stack.definition(), parameters);
        check(stack.definition(), instance, stack.unknown(), path, depth);
      } else {
        types(stack.definition(), template, path);
      }
    } catch (NestingLimitException limit) {
      throw limit;
    } catch (DocumentException refused) {
      add(refused, path.substring(0, path.length() - 1), resource.location());
    }
  }

  private void count(Template template, Optional<Location> location, String path) {
    resources += template.resources().size();
    if (resources > limits.resourcesPerTree()) {
      throw new NestingLimitException(
          new Problem(
              location,
              path,
              "Maximum resources per stack exceeded: more than %d with all stacks inside"
                  .formatted(limits.resourcesPerTree()),
              Optional.of("make several stacks of it, or have the server's limit raised")));
    }
  }

  /** What can be said while conditions cannot be decided: whether the types are there. */
  private void types(StackDefinition definition, Template template, String path) {
    StackTypes own = types.of(definition);
    for (ResourceDefinition resource : template.resources().values()) {
      if (resource.condition().isEmpty()) {
        type(own, resource, path + "resources." + resource.name());
      }
    }
  }

  /** Puts the path in front; where a problem has no place in a text, the resource is its place. */
  private void add(DocumentException refused, String path, Optional<Location> location) {
    List<Problem> placed = new ArrayList<>();
    for (Problem problem : refused.problems()) {
      placed.add(
          problem
              .inside(path + ".")
              .movedTo(
                  problem.location().or(() -> location),
                  problem.path().isEmpty() ? path : path + "." + problem.path()));
    }
    problems.addAll(placed);
  }
}
