package io.hotpod.pod.manifest;

import static java.util.Objects.requireNonNull;

import io.hotpod.document.DocumentException;
import io.hotpod.document.Location;
import io.hotpod.document.MappingNode;
import io.hotpod.document.Node;
import io.hotpod.document.Problem;
import io.hotpod.document.ScalarNode;
import io.hotpod.document.SequenceNode;
import io.hotpod.document.Suggestions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;

/**
 * The inputs of a pod config: {@code {get_input: NAME}} anywhere in its manifest stands for a value
 * that a deployment gives. Declared as in Heat's software configs. Immutable.
 */
public final class ManifestInputs {
  /** A config without inputs. */
  public static final ManifestInputs NONE = new ManifestInputs(Map.of());

  private static final String GET_INPUT = "get_input";

  private final Map<String, InputDeclaration> declarations;

  private ManifestInputs(Map<String, InputDeclaration> declarations) {
    this.declarations = Collections.unmodifiableMap(declarations);
  }

  /**
   * Reads a list of maps with {@code name}, and optionally {@code type}, {@code default} and {@code
   * description}; the type is String when none is given.
   *
   * @throws DocumentException with every problem of the declarations
   */
  public static ManifestInputs declared(Node list) throws DocumentException {
    Findings findings = new Findings(new IdentityHashMap<>());
    Map<String, InputDeclaration> read = new InputDeclarations(findings).read(list);
    if (!findings.errors().isEmpty()) {
      throw new DocumentException(findings.errors());
    }
    return new ManifestInputs(read);
  }

  /** The names of all inputs that a document uses, in the order of their first use. */
  public static Set<String> used(Node document) {
    Set<String> names = new LinkedHashSet<>();
    uses(document).forEach(use -> use.name().ifPresent(names::add));
    return names;
  }

  /** In the order in which they were declared. */
  public List<InputDeclaration> declarations() {
    return List.copyOf(declarations.values());
  }

  /**
   * The document with values in the places of its inputs; a value stands where its input stood. The
   * declared default is taken for an input that is not given.
   *
   * @param values by input; strings are made into the declared type
   * @throws DocumentException with every input that is missing, unknown or of the wrong type
   */
  public Node substitute(Node document, Map<String, JsonNode> values) throws DocumentException {
    List<Problem> problems = new ArrayList<>(undeclared(document));
    for (String name : new TreeMap<>(values).keySet()) {
      if (!declarations.containsKey(name)) {
        problems.add(unknown(name));
      }
    }
    Map<String, JsonNode> typed = new LinkedHashMap<>();
    for (InputDeclaration input : declarations.values()) {
      JsonNode given = values.get(input.name());
      if (given == null) {
        input.defaultValue().ifPresent(value -> typed.put(input.name(), value));
        continue;
      }
      Optional<JsonNode> value = InputValues.convert(given, input.type());
      if (value.isEmpty()) {
        problems.add(
            new Problem(
                Optional.empty(),
                "input_values." + input.name(),
                "the value is not of type " + input.type().heatName(),
                Optional.empty()));
      }
      value.ifPresent(found -> typed.put(input.name(), found));
    }
    for (Use use : uses(document)) {
      Optional<String> name = use.name().filter(declarations::containsKey);
      if (name.isPresent() && !typed.containsKey(name.get()) && !values.containsKey(name.get())) {
        problems.add(
            Problem.at(
                use.node(),
                use.path(),
                "input \"" + name.get() + "\" has no value",
                "give it in input_values, or declare a default"));
      }
    }
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return replace(document, use -> Located.of(of(use, typed), use.node().location()));
  }

  /** Uses of inputs that are not declared, or not written as they have to be. */
  List<Problem> undeclared(Node document) {
    List<Problem> problems = new ArrayList<>();
    for (Use use : uses(document)) {
      if (use.name().isEmpty()) {
        problems.add(Problem.at(use.node(), use.path(), "get_input takes the name of one input"));
      } else if (!declarations.containsKey(use.name().get())) {
        String message = "input \"" + Names.shortened(use.name().get()) + "\" is not declared";
        problems.add(
            Problem.at(
                use.node(),
                use.path(),
                message,
                Suggestions.advice(use.name().get(), declarations.keySet())
                    .orElse("add it to the inputs of the config")));
      }
    }
    return problems;
  }

  /** The document with defaults, or else stand-ins, in the places of its inputs. */
  Placeholders placeholders(Node document) {
    IdentityHashMap<Node, InputType> unknown = new IdentityHashMap<>();
    Node replaced =
        replace(
            document,
            use -> {
              InputDeclaration input = of(use, declarations);
              Optional<Location> place = use.node().location();
              return input
                  .defaultValue()
                  .map(value -> Located.of(value, place))
                  .orElseGet(() -> standIn(input, place, unknown));
            });
    return new Placeholders(replaced, unknown);
  }

  private static Node standIn(
      InputDeclaration input, Optional<Location> place, IdentityHashMap<Node, InputType> unknown) {
    Node node =
        switch (input.type()) {
          case STRING, JSON -> Located.text("input", place);
          case NUMBER -> Located.of(IntNode.valueOf(1), place);
          case BOOLEAN -> Located.of(BooleanNode.TRUE, place);
          case COMMA_DELIMITED_LIST -> {
            Node item = Located.text("input", place);
            unknown.put(item, InputType.STRING);
            yield new SequenceNode(List.of(item), place);
          }
        };
    unknown.put(node, input.type());
    return node;
  }

  private Problem unknown(String name) {
    return new Problem(
        Optional.empty(),
        "input_values." + Names.shortened(name),
        "the config declares no input \"" + Names.shortened(name) + "\"",
        Suggestions.advice(name, declarations.keySet()));
  }

  /**
   * One place that asks for an input.
   *
   * @param name empty when it is not written as a name
   */
  private record Use(MappingNode node, String path, Optional<String> name) {}

  private static Optional<Use> use(Node node, String path) {
    if (!(node instanceof MappingNode mapping)
        || mapping.entries().size() != 1
        || !mapping.entries().getFirst().key().equals(GET_INPUT)) {
      return Optional.empty();
    }
    Optional<String> name =
        mapping.entries().getFirst().value() instanceof ScalarNode scalar
                && scalar.value().isString()
            ? Optional.of(scalar.value().stringValue())
            : Optional.empty();
    return Optional.of(new Use(mapping, path, name));
  }

  /** What belongs to an input that was found to be there. */
  private static <T> T of(Use use, Map<String, T> values) {
    return requireNonNull(values.get(use.name().orElseThrow()), "the input was not checked");
  }

  private static List<Use> uses(Node document) {
    List<Use> uses = new ArrayList<>();
    collect(document, "", uses);
    return uses;
  }

  private static void collect(Node node, String path, List<Use> uses) {
    Optional<Use> use = use(node, path);
    if (use.isPresent()) {
      uses.add(use.get());
      return;
    }
    switch (node) {
      case MappingNode mapping ->
          mapping
              .entries()
              .forEach(
                  entry ->
                      collect(
                          entry.value(),
                          path.isEmpty() ? entry.key() : path + "." + entry.key(),
                          uses));
      case SequenceNode sequence -> {
        for (int index = 0; index < sequence.items().size(); index++) {
          collect(sequence.items().get(index), path + "[" + index + "]", uses);
        }
      }
      case ScalarNode scalar -> {}
    }
  }

  private static Node replace(Node node, Function<Use, Node> value) {
    Optional<Use> use = use(node, "");
    if (use.isPresent()) {
      return value.apply(use.get());
    }
    return switch (node) {
      case MappingNode mapping ->
          new MappingNode(
              mapping.entries().stream()
                  .map(
                      entry ->
                          new MappingNode.Entry(
                              entry.key(), entry.keyLocation(), replace(entry.value(), value)))
                  .toList(),
              mapping.location());
      case SequenceNode sequence ->
          new SequenceNode(
              sequence.items().stream().map(item -> replace(item, value)).toList(),
              sequence.location());
      case ScalarNode scalar -> scalar;
    };
  }
}
