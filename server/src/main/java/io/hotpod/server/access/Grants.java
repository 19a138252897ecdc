package io.hotpod.server.access;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** In which projects somebody has which roles. */
public sealed interface Grants {
  /** The roles in a project; none where it is not theirs. */
  Set<Role> in(String project);

  /** Every role in every project: there is no authentication. */
  record Everything() implements Grants {
    private static final Set<Role> ALL = Collections.unmodifiableSet(EnumSet.allOf(Role.class));

    @Override
    public Set<Role> in(String project) {
      return ALL;
    }
  }

  /**
   * Roles by project.
   *
   * @param roles by the id of the project
   */
  record Projects(Map<String, Set<Role>> roles) implements Grants {
    public Projects {
      Map<String, Set<Role>> copy = new TreeMap<>();
      roles.forEach((project, held) -> copy.put(project, Set.copyOf(held)));
      roles = Collections.unmodifiableMap(copy);
    }

    @Override
    public Set<Role> in(String project) {
      return roles.getOrDefault(project, Set.of());
    }
  }
}
