package io.hotpod.template;

import io.hotpod.document.Suggestions;
import java.util.Arrays;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Reads {@code deletion_policy}: capitalised in every version, since 2016-10-14 also small. */
final class DeletionPolicies {
  private DeletionPolicies() {}

  /** The policy that a value names; what it does not name is noted, and is to delete. */
  static DeletionPolicy read(
      JsonNode value, TemplateVersion version, Place place, Problems problems) {
    if (value.isNull()) {
      return DeletionPolicy.DELETE;
    }
    if (!value.isString()) {
      problems.add(place.problem("deletion_policy must be a string, not " + Resolver.kind(value)));
      return DeletionPolicy.DELETE;
    }
    String written = value.stringValue();
    boolean smallLetters = Language.Feature.LOWER_CASE_DELETION_POLICY.isIn(version);
    for (DeletionPolicy policy : DeletionPolicy.values()) {
      String small = policy.keyword().toLowerCase(Locale.ROOT);
      if (written.equals(policy.keyword()) || (smallLetters && written.equals(small))) {
        return policy;
      }
    }
    problems.add(
        place.problem(
            "Invalid deletion policy \"" + written + "\"",
            Suggestions.advice(
                written,
                Arrays.stream(DeletionPolicy.values()).map(DeletionPolicy::keyword).toList())));
    return DeletionPolicy.DELETE;
  }
}
