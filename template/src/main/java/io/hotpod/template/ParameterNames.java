package io.hotpod.template;

import java.util.Set;

/** The parameters that a template declares, and those that every template has. */
record ParameterNames(Set<String> declared) {
  ParameterNames {
    declared = Set.copyOf(declared);
  }

  boolean contains(String name) {
    return declared.contains(name) || PseudoParameters.NAMES.contains(name);
  }
}
