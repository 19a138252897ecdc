package io.hotpod.engine.stack;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.plan.Plan;
import io.hotpod.engine.plan.Planner;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.nested.TemplateTypes;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.DefinitionTable;
import io.hotpod.engine.store.ResourceTable;
import io.hotpod.engine.store.StackTable;
import io.hotpod.template.Parameters;
import io.hotpod.template.PseudoParameters;
import io.hotpod.template.Template;
import io.hotpod.template.TemplateInstance;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Foresees what operations would do; changes nothing. Thread-safe. */
final class StackPreviews {
  private final Database database;
  private final TemplateTypes types;
  private final Definitions definitions;
  private final DefinitionChecker checker;
  private final RequestedDefinitions requested;
  private final Supplier<String> ids;

  StackPreviews(
      Database database,
      TemplateTypes types,
      Definitions definitions,
      DefinitionChecker checker,
      RequestedDefinitions requested,
      Supplier<String> ids) {
    this.database = database;
    this.types = types;
    this.definitions = definitions;
    this.checker = checker;
    this.requested = requested;
    this.ids = ids;
  }

  Plan previewCreate(Caller caller, StackRequest request) {
    String name = request.name().orElse("preview");
    StackCommands.requireValidName(name);
    if (database.read(
        handle -> StackTable.findByName(handle, caller.project(), name).isPresent())) {
      throw new EngineException(
          ErrorCode.STACK_EXISTS, "The Stack (%s) already exists.".formatted(name));
    }
    StackDefinition definition = requested.complete(request);
    String stackId = ids.get();
    return plan(caller, stackId, name, definition, List.of(), 0, Set.of());
  }

  PreviewedStack previewStack(Caller caller, StackRequest request) {
    StackDefinition definition = requested.complete(request);
    return RequestedDefinitions.refusing(
        () ->
            new PreviewedStack(
                definitions.parse(definition).description(),
                definitions
                    .parameters(
                        definition, ids.get(), request.name().orElse("preview"), caller.project())
                    .display()));
  }

  Plan previewChange(Caller caller, String stackId, StackRequest request, boolean keep) {
    try {
      return previewNow(caller, stackId, request, keep);
    } catch (OvertakenException e) {
      return previewChange(caller, stackId, request, keep);
    }
  }

  private Plan previewNow(Caller caller, String stackId, StackRequest request, boolean keep) {
    Stack stack = database.read(handle -> Acceptance.requireLive(handle, caller, stackId));
    StackTransitions.require(Action.UPDATE, stack);
    StackDefinition definition = requested.changed(stack, request, keep);
    List<ResourceRecord> resources =
        database.read(handle -> ResourceTable.ofStack(handle, stackId));
    return plan(
        caller,
        stackId,
        stack.name(),
        definition,
        resources,
        Nesting.depth(stack),
        secretsOf(stack));
  }

  /** What the stack hides, and a plan could name as what is replaced. */
  private Set<String> secretsOf(Stack stack) {
    return StackSecrets.hidden(
        definitions, database.read(handle -> DefinitionTable.standing(handle, stack.id())), stack);
  }

  private Plan plan(
      Caller caller,
      String stackId,
      String name,
      StackDefinition definition,
      List<ResourceRecord> resources,
      int depth,
      Set<String> secrets) {
    Parameters parameters =
        RequestedDefinitions.refusing(
            () -> definitions.parameters(definition, stackId, name, caller.project()));
    Set<String> hidden = new HashSet<>(secrets);
    hidden.addAll(parameters.hiddenTexts());
    return RequestedDefinitions.refusing(
        hidden,
        () -> {
          TemplateInstance target = definitions.instantiate(definition, parameters);
          checker.check(definition, target, depth);
          Plan plan =
              new Planner(definitions, types, database.digests(), caller.project(), this::resources)
                  .plan(definition, target, stackId, resources);
          return Planner.redacted(plan, hidden);
        });
  }

  private List<ResourceRecord> resources(String stackId) {
    return database.read(handle -> ResourceTable.ofStack(handle, stackId));
  }

  Template validate(Caller caller, StackRequest request) {
    StackDefinition definition = requested.complete(request);
    PseudoParameters nobody =
        new PseudoParameters(ids.get(), request.name().orElse("validate"), caller.project());
    Parameters parameters =
        RequestedDefinitions.refusing(() -> definitions.parameters(definition, nobody, false));
    return RequestedDefinitions.refusing(
        parameters.hiddenTexts(),
        () -> {
          TemplateInstance instance = definitions.instantiate(definition, parameters);
          checker.check(definition, instance, 0);
          return instance.template();
        });
  }
}
