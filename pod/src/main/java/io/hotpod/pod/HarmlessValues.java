package io.hotpod.pod;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Decides which values of a pod may be shown to everybody who may see the pod's name. A list of
 * what may, not of what may not: environment, headers and annotations carry passwords.
 */
final class HarmlessValues {
  private static final int LONGEST_VALUE = 200;
  private static final Pattern SUBSCRIPT = Pattern.compile("\\[[^]]*]");

  private static final Set<String> FIELDS =
      Set.of(
          "image",
          "imagePullPolicy",
          "command",
          "args",
          "workingDir",
          "tty",
          "stdin",
          "restartPolicy",
          "terminationGracePeriodSeconds",
          "dnsPolicy",
          "hostname",
          "hostNetwork",
          "hostPID",
          "hostIPC",
          "shareProcessNamespace",
          "subdomain",
          "setHostnameAsFQDN",
          "activeDeadlineSeconds",
          "terminationMessagePath",
          "terminationMessagePolicy",
          "namespace");

  /** Everything below these may be shown. */
  private static final Set<String> PARTS =
      Set.of(
          "ports",
          "resources",
          "securityContext",
          "volumeMounts",
          "hostAliases",
          "labels",
          "dnsConfig",
          "imagePullSecrets");

  private static final Set<String> PROBES =
      Set.of("livenessProbe", "readinessProbe", "startupProbe", "lifecycle");

  private HarmlessValues() {}

  /** The value as text, when it is there and may be shown. */
  static Optional<String> shown(String path, JsonNode value) {
    if (value.isMissingNode() || !isHarmless(SUBSCRIPT.matcher(path).replaceAll(""))) {
      return Optional.empty();
    }
    String text = value.isString() ? value.stringValue() : value.toString();
    return Optional.of(
        text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE - 3) + "...");
  }

  private static boolean isHarmless(String path) {
    String[] segments = path.split("\\.", -1);
    if (path.equals("metadata.name") || path.startsWith("metadata.labels")) {
      return true;
    }
    if (segments.length > 1 && segments[1].equals("volumes")) {
      return segments.length > 2;
    }
    int at = segments.length > 1 && segments[1].endsWith("ontainers") ? 2 : 1;
    if (segments.length <= at) {
      return false;
    }
    String field = segments[at];
    if (PROBES.contains(field)) {
      // A whole probe or handler may hold headers; their values may authenticate.
      return segments.length > at + 1
          && !path.contains("httpHeaders")
          && !Set.of("httpGet", "postStart", "preStop").contains(segments[segments.length - 1]);
    }
    return FIELDS.contains(field) || PARTS.contains(field);
  }
}
