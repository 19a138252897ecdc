package io.hotpod.engine.stack;

import io.hotpod.document.DocumentException;
import io.hotpod.engine.EngineException;
import io.hotpod.engine.EngineLimits;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.secret.Redaction;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.DefinitionTable;
import io.hotpod.template.ParameterDefinition;
import io.hotpod.template.Parameters;
import io.hotpod.template.Template;
import io.hotpod.template.TemplateInstance;
import io.hotpod.template.TemplateSource;
import io.hotpod.template.environment.Environment;
import io.hotpod.template.environment.EnvironmentLayers;
import io.hotpod.template.environment.ParameterTypes;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Makes the definitions that requests ask for, and refuses what can be seen to be wrong with them.
 * Thread-safe.
 */
final class RequestedDefinitions {
  private final Database database;
  private final Definitions definitions;
  private final DefinitionChecker checker;
  private final Supplier<String> ids;
  private final EngineLimits limits;

  RequestedDefinitions(
      Database database,
      Definitions definitions,
      DefinitionChecker checker,
      Supplier<String> ids,
      EngineLimits limits) {
    this.database = database;
    this.definitions = definitions;
    this.checker = checker;
    this.ids = ids;
    this.limits = limits;
  }

  /** The template with the parameters of a stack. */
  TemplateInstance instance(
      StackDefinition definition, String stackId, String name, String project) {
    return definitions.instantiate(
        definition, definitions.parameters(definition, stackId, name, project));
  }

  /**
   * The template of a definition that nothing is wrong with.
   *
   * @throws EngineException when something is
   */
  Template checked(
      StackDefinition definition, String stackId, String name, String project, int depth) {
    Parameters parameters =
        refusing(() -> definitions.parameters(definition, stackId, name, project));
    return refusing(
        parameters.hiddenTexts(),
        () -> {
          checker.check(definition, definitions.instantiate(definition, parameters), depth);
          return definitions.parse(definition);
        });
  }

  /**
   * The same as {@link #refusing(Supplier)} without what is not for everybody's eyes.
   *
   * @param secrets that problems could repeat
   */
  static <T> T refusing(Set<String> secrets, Supplier<T> work) {
    Redaction redaction = Redaction.of(secrets);
    return refusing(
        () -> {
          try {
            return work.get();
          } catch (NestingLimitException e) {
            throw e;
          } catch (DocumentException e) {
            throw new DocumentException(e.problems().stream().map(redaction::apply).toList());
          }
        });
  }

  /** Turns what is wrong with a document into a refusal. */
  static <T> T refusing(Supplier<T> work) {
    try {
      return work.get();
    } catch (NestingLimitException e) {
      throw new EngineException(ErrorCode.LIMIT_EXCEEDED, e);
    } catch (DocumentException e) {
      throw new EngineException(ErrorCode.VALIDATION_FAILED, e);
    }
  }

  /** What a create or a full replacement asks for. */
  StackDefinition complete(StackRequest request) {
    String template =
        request
            .template()
            .orElseThrow(
                () -> new EngineException(ErrorCode.VALIDATION_FAILED, "No template specified"));
    requireShort(template);
    TemplateSource source = new TemplateSource(request.templateName(), template, request.files());
    return new StackDefinition(
        ids.get(),
        request.templateName(),
        template,
        request.files(),
        refusing(() -> merged(request.environment(), source)));
  }

  private void requireShort(String template) {
    if (template.length() > limits.templateCharacters()) {
      throw new EngineException(
          ErrorCode.LIMIT_EXCEEDED,
          "Request limit exceeded: Template size (%d characters) exceeds maximum allowed size (%d characters)."
              .formatted(template.length(), limits.templateCharacters()));
    }
  }

  private Environment merged(EnvironmentLayers layers, TemplateSource template) {
    return layers.merged(
        layers.needsTypes() ? ParameterTypes.of(definitions.parse(template)) : Map.of());
  }

  /**
   * What a change asks for.
   *
   * @param keep whether what the request does not name stays as it is
   * @throws OvertakenException when the stack has got another definition since it was read
   * @throws EngineException when it cannot be read, or would change an immutable parameter
   */
  StackDefinition changed(Stack stack, StackRequest request, boolean keep) {
    StackDefinition present =
        database
            .read(handle -> DefinitionTable.find(handle, stack.definitionId()))
            .orElseThrow(OvertakenException::new);
    StackDefinition changed = keep ? patched(present, request) : complete(request);
    refuseChangedParameters(stack, present, changed);
    return changed;
  }

  /** Only a parameter that was there before has a value that it must keep. */
  private void refuseChangedParameters(
      Stack stack, StackDefinition present, StackDefinition changed) {
    Set<String> immutable =
        refusing(() -> definitions.parse(changed)).parameters().values().stream()
            .filter(ParameterDefinition::immutable)
            .map(ParameterDefinition::name)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Optional<Parameters> before =
        immutable.isEmpty() ? Optional.empty() : parametersOf(stack, present);
    if (before.isEmpty()) {
      return;
    }
    Parameters old = before.orElseThrow();
    Parameters now =
        refusing(() -> definitions.parameters(changed, stack.id(), stack.name(), stack.project()));
    immutable.removeIf(name -> !old.contains(name) || old.value(name).equals(now.value(name)));
    if (!immutable.isEmpty()) {
      throw new EngineException(
          ErrorCode.IMMUTABLE_PARAMETER,
          "The following parameters are immutable and may not be updated: "
              + String.join(", ", immutable));
    }
  }

  /** Empty for a definition that an older program took and this one refuses. */
  private Optional<Parameters> parametersOf(Stack stack, StackDefinition present) {
    try {
      return Optional.of(
          definitions.parameters(present, stack.id(), stack.name(), stack.project()));
    } catch (DocumentException refused) {
      return Optional.empty();
    }
  }

  private StackDefinition patched(StackDefinition present, StackRequest request) {
    Map<String, String> files = new LinkedHashMap<>(present.files());
    files.putAll(request.files());
    String text = request.template().orElse(present.template());
    requireShort(text);
    Template template =
        refusing(() -> definitions.parse(new TemplateSource(request.templateName(), text, files)));
    Environment given = refusing(() -> merged(request.environment(), template.source()));
    Map<String, JsonNode> parameters = new LinkedHashMap<>(present.environment().parameters());
    parameters.keySet().removeAll(request.clearParameters());
    parameters.keySet().retainAll(template.parameters().keySet());
    parameters.putAll(given.parameters());
    return new StackDefinition(
        ids.get(),
        request.template().isPresent() ? request.templateName() : present.templateName(),
        text,
        files,
        present.environment().with(given).withParameters(parameters),
        present.facade());
  }
}
