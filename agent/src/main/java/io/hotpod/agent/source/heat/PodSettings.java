package io.hotpod.agent.source.heat;

import io.hotpod.pod.UpdateStrategy;
import io.hotpod.pod.WaitFor;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What a deployment says about its pod besides the manifest: in an input {@code hotpod_NAME} of the
 * deployment, or else in the option {@code NAME} of the config.
 *
 * @param after names of pods that are ready before this one is started
 */
record PodSettings(
    String podName,
    WaitFor waitFor,
    UpdateStrategy updateStrategy,
    Duration timeout,
    List<String> after) {
  /** What the Python hook allows for images and containers together. */
  private static final Duration USUAL_TIMEOUT = Duration.ofMinutes(12);

  private static final int LONGEST_TIMEOUT_SECONDS = 86_400;
  private static final Pattern POD_NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  /**
   * @throws IllegalArgumentException when one of them cannot be used; the message is for people
   */
  static PodSettings of(HeatDeployment deployment) {
    String name = text(deployment, "pod_name");
    if (!name.isEmpty() && (name.length() > 63 || !POD_NAME.matcher(name).matches())) {
      throw new IllegalArgumentException(
          "pod_name \"%s\" is not a pod name: at most 63 lower-case letters, digits, '-' and '.'"
              .formatted(name));
    }
    return new PodSettings(
        name,
        choice(deployment, "wait_for", WaitFor.values(), WaitFor.READY),
        choice(deployment, "update_strategy", UpdateStrategy.values(), UpdateStrategy.RECREATE),
        timeout(deployment),
        after(deployment));
  }

  /** A list, or a text with commas. */
  private static List<String> after(HeatDeployment deployment) {
    JsonNode given =
        deployment.input("hotpod_after").orElseGet(() -> deployment.options().path("after"));
    Stream<String> names =
        given.isArray()
            ? given.valueStream().map(name -> name.asString(""))
            : Arrays.stream(given.asString("").split(",", -1));
    return names.map(String::strip).filter(name -> !name.isEmpty()).distinct().toList();
  }

  private static String text(HeatDeployment deployment, String name) {
    return deployment
        .input("hotpod_" + name)
        .map(value -> value.asString(""))
        .filter(value -> !value.isEmpty())
        .orElseGet(() -> deployment.options().path(name).asString(""));
  }

  private static <T extends Enum<T>> T choice(
      HeatDeployment deployment, String name, T[] values, T usual) {
    String given = text(deployment, name);
    if (given.isEmpty()) {
      return usual;
    }
    Optional<T> chosen =
        Arrays.stream(values).filter(value -> value.name().equals(given)).findFirst();
    return chosen.orElseThrow(
        () ->
            new IllegalArgumentException(
                "%s \"%s\" is none of %s".formatted(name, given, Arrays.toString(values))));
  }

  private static Duration timeout(HeatDeployment deployment) {
    String given = text(deployment, "timeout");
    if (!given.isEmpty()) {
      return seconds(given);
    }
    JsonNode images = deployment.options().path("images_timeout");
    JsonNode containers = deployment.options().path("containers_timeout");
    if (images.isMissingNode() && containers.isMissingNode()) {
      return USUAL_TIMEOUT;
    }
    return seconds(images.asString("600")).plus(seconds(containers.asString("120")));
  }

  private static Duration seconds(String given) {
    try {
      int seconds = Integer.parseInt(given.strip());
      if (seconds > 0 && seconds <= LONGEST_TIMEOUT_SECONDS) {
        return Duration.ofSeconds(seconds);
      }
    } catch (NumberFormatException notOne) {
      // Told below, in the same words as a number that is out of bounds.
    }
    throw new IllegalArgumentException(
        "timeout \"%s\" is not a number of seconds from 1 to %d"
            .formatted(given, LONGEST_TIMEOUT_SECONDS));
  }
}
