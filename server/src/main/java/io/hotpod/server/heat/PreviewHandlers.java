package io.hotpod.server.heat;

import io.hotpod.engine.plan.Plan;
import io.hotpod.engine.plan.PlannedStep;
import io.hotpod.engine.plan.StepKind;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.PreviewedStack;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackRequest;
import io.hotpod.engine.stack.StackService;
import io.hotpod.server.http.Callers;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a create or an update would do, in Heat's shape and, under {@code plan}, with reasons. */
final class PreviewHandlers {
  private final StackService stacks;
  private final Callers callers;
  private final StackRequestReader requests;

  PreviewHandlers(StackService stacks, Callers callers, StackRequestReader requests) {
    this.stacks = stacks;
    this.callers = callers;
    this.requests = requests;
  }

  Response create(Request request) {
    StackRequest wanted = requests.readCreate(request.requiredBody());
    StackHandlers.requireName(wanted);
    StackHandlers.requireTemplate(wanted);
    Caller caller = callers.of(request);
    Plan plan = stacks.previewCreate(caller, wanted);
    ObjectNode answer = Json.object();
    answer.set("stack", previewedStack(caller, wanted, stacks.previewStack(caller, wanted), plan));
    answer.set("plan", PlanJson.steps(plan));
    return Response.json(200, answer);
  }

  Response update(Request request) {
    StackRequest wanted = requests.readChange(request.requiredBody());
    StackHandlers.requireTemplate(wanted);
    Caller caller = callers.of(request);
    Stack stack = Stacks.live(stacks, caller, request);
    return changes(request, caller, stack, stacks.previewUpdate(caller, stack.id(), wanted));
  }

  Response patch(Request request) {
    StackRequest wanted = requests.readChange(request.requiredBody());
    Caller caller = callers.of(request);
    Stack stack = Stacks.live(stacks, caller, request);
    return changes(request, caller, stack, stacks.previewPatch(caller, stack.id(), wanted));
  }

  private static ObjectNode previewedStack(
      Caller caller, StackRequest wanted, PreviewedStack shown, Plan plan) {
    ObjectNode stack = Json.object();
    stack.put("stack_name", wanted.name().orElse(""));
    stack.put("description", shown.description());
    stack.put("template_description", shown.description());
    ObjectNode parameters = stack.putObject("parameters");
    shown.parameters().forEach(parameters::put);
    stack.putArray("links");
    stack.putArray("capabilities");
    stack.putArray("notification_topics");
    stack.put("disable_rollback", wanted.disableRollback().orElse(true));
    wanted
        .timeout()
        .ifPresentOrElse(
            timeout -> stack.put("timeout_mins", timeout.toMinutes()),
            () -> stack.putNull("timeout_mins"));
    caller
        .user()
        .ifPresentOrElse(
            name -> stack.put("stack_owner", name), () -> stack.putNull("stack_owner"));
    stack.putNull("parent");
    stack.put("stack_user_project_id", caller.project());
    wanted
        .tags()
        .ifPresentOrElse(
            tags -> stack.set("tags", Json.strings(tags)), () -> stack.putNull("tags"));
    ArrayNode resources = stack.putArray("resources");
    addAll(resources, plan);
    return stack;
  }

  /** A stack inside follows its resource as a list of its own, as in Heat. */
  private static void addAll(ArrayNode resources, Plan plan) {
    for (PlannedStep step : plan.steps()) {
      resources.add(planned(step, plan));
      if (!step.nested().isEmpty()) {
        addAll(resources.addArray(), new Plan(step.nested()));
      }
    }
  }

  private Response changes(Request request, Caller caller, Stack stack, Plan plan) {
    boolean showNested = request.query().flag("show_nested", false);
    Map<String, ResourceRecord> present = new HashMap<>();
    stacks
        .resources(caller, stack.id())
        .forEach(resource -> present.put(resource.name(), resource));
    ObjectNode answer = Json.object();
    ObjectNode changes = answer.putObject("resource_changes");
    for (StepKind kind : StepKind.values()) {
      changes.putArray(heatName(kind));
    }
    Links links = Links.of(request, stack);
    for (PlannedStep step : plan.steps()) {
      ObjectNode item = planned(step, plan);
      Optional.ofNullable(present.get(step.resource()))
          .ifPresent(
              resource ->
                  item.setAll(
                      ResourceJson.item(
                          resource, Dependents.of(resource.name(), present.values()), links)));
      ((ArrayNode) changes.required(heatName(step.kind()))).add(item);
      if (showNested) {
        addNested(changes, step);
      }
    }
    answer.set("plan", PlanJson.steps(plan));
    return Response.json(200, answer);
  }

  /** Heat lists what happens inside beside what happens outside. */
  private static void addNested(ObjectNode changes, PlannedStep step) {
    Plan inside = new Plan(step.nested());
    for (PlannedStep each : inside.steps()) {
      ObjectNode item = planned(each, inside).put("parent_resource", step.resource());
      ((ArrayNode) changes.required(heatName(each.kind()))).add(item);
      addNested(changes, each);
    }
  }

  private static String heatName(StepKind kind) {
    return switch (kind) {
      case NONE -> "unchanged";
      case UPDATE -> "updated";
      case REPLACE -> "replaced";
      case CREATE -> "added";
      case DELETE -> "deleted";
    };
  }

  private static ObjectNode planned(PlannedStep step, Plan plan) {
    ObjectNode object = ResourceJson.names(step.resource(), step.type());
    object.put("physical_resource_id", "").put("resource_status", "INIT_COMPLETE");
    object.put("resource_status_reason", "").put("description", "");
    TreeSet<String> requiredBy = new TreeSet<>();
    plan.steps().stream()
        .filter(other -> other.after().contains(step.resource()))
        .forEach(other -> requiredBy.add(other.resource()));
    object.set("required_by", Json.strings(requiredBy));
    object.set("properties", step.properties());
    object.putObject("attributes");
    object.putObject("metadata");
    return object;
  }
}
