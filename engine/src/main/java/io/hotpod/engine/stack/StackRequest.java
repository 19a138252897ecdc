package io.hotpod.engine.stack;

import static java.util.Objects.requireNonNull;

import io.hotpod.template.environment.EnvironmentLayers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a create, an update or a preview asks for.
 *
 * @param name required for a create; ignored by an update
 * @param template text, HOT in YAML or JSON; required but for a patch, which keeps the present one
 * @param templateName what errors call the template: the file that the user named, or {@code
 *     template}
 * @param files what {@code get_file} may name, by key
 * @param environment environments in their order, and parameters that go before them
 * @param clearParameters patch only: parameters that return to their defaults
 * @param timeout how long the operation may take; absent: an hour
 * @param disableRollback absent: true on create, unchanged on update
 * @param tags absent: none on create, cleared by an update, kept by a patch
 * @param converge changes only: look at what is there before deciding what to do
 */
public record StackRequest(
    Optional<String> name,
    Optional<String> template,
    String templateName,
    Map<String, String> files,
    EnvironmentLayers environment,
    Set<String> clearParameters,
    Optional<Duration> timeout,
    Optional<Boolean> disableRollback,
    Optional<List<String>> tags,
    boolean converge) {
  /** A patch that changes nothing: everything is brought back to what it should be. */
  public static final StackRequest NO_CHANGE =
      new StackRequest(
          Optional.empty(),
          Optional.empty(),
          "template",
          Map.of(),
          new EnvironmentLayers(List.of(), Map.of()),
          Set.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** A request that takes what is known of the resources for what is there. */
  public StackRequest(
      Optional<String> name,
      Optional<String> template,
      String templateName,
      Map<String, String> files,
      EnvironmentLayers environment,
      Set<String> clearParameters,
      Optional<Duration> timeout,
      Optional<Boolean> disableRollback,
      Optional<List<String>> tags) {
    this(
        name,
        template,
        templateName,
        files,
        environment,
        clearParameters,
        timeout,
        disableRollback,
        tags,
        false);
  }

  /** The same request, looking at what is there or not. */
  public StackRequest converging(boolean look) {
    return new StackRequest(
        name,
        template,
        templateName,
        files,
        environment,
        clearParameters,
        timeout,
        disableRollback,
        tags,
        look);
  }

  public StackRequest {
    requireNonNull(name, "name is null");
    requireNonNull(template, "template is null");
    requireNonNull(templateName, "templateName is null");
    files = Map.copyOf(files);
    requireNonNull(environment, "environment is null");
    clearParameters = Set.copyOf(clearParameters);
    requireNonNull(timeout, "timeout is null");
    requireNonNull(disableRollback, "disableRollback is null");
    tags = tags.map(List::copyOf);
  }
}
