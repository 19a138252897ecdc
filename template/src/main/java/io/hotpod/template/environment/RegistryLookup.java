package io.hotpod.template.environment;

import io.hotpod.document.DocumentException;
import io.hotpod.document.Location;
import io.hotpod.document.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Follows the entries of a registry for one resource. Use once. */
final class RegistryLookup {
  /** Longer ways are no way that anybody means; an asterisk can make one that never ends. */
  private static final int LONGEST_WAY = 32;

  private final RegistryEntry.Group root;
  private final List<String> globs;
  private final String resource;
  private final Predicate<String> implemented;
  private final List<String> way = new ArrayList<>();

  /** Types that were followed to no end: many ways may lead to each. */
  private final Set<String> nowhere = new HashSet<>();

  private Optional<Location> lastLocation = Optional.empty();

  /**
   * @param globs the patterns among the root's entries, those that go before others first
   */
  RegistryLookup(
      RegistryEntry.Group root,
      List<String> globs,
      String resource,
      Predicate<String> implemented) {
    this.root = root;
    this.globs = globs;
    this.resource = resource;
    this.implemented = implemented;
  }

  /** An entry that may apply. */
  private record Candidate(List<String> path, String type, Optional<Location> location) {}

  Optional<MappedType> resolve(String type) {
    if (MappedType.isTemplate(type)) {
      return Optional.of(MappedType.Nested.named(type));
    }
    if (nowhere.contains(type)) {
      return Optional.empty();
    }
    if (way.contains(type) || way.size() >= LONGEST_WAY) {
      throw circle(type);
    }
    way.add(type);
    for (Candidate candidate : candidates(type)) {
      if (MappedType.isTemplate(candidate.type())) {
        return Optional.of(
            new MappedType.Nested(candidate.type(), candidate.path(), candidate.location()));
      }
      lastLocation = candidate.location();
      Optional<MappedType> found = resolve(candidate.type());
      if (found.isPresent()) {
        return found;
      }
    }
    way.removeLast();
    if (implemented.test(type)) {
      return Optional.of(new MappedType.Implemented(type));
    }
    nowhere.add(type);
    return Optional.empty();
  }

  private DocumentException circle(String type) {
    List<String> shown = new ArrayList<>(way);
    shown.add(type);
    String message =
        way.contains(type)
            ? "these mappings lead back to themselves: "
            : "these mappings come to no end: ";
    return new DocumentException(
        new Problem(
            lastLocation,
            "resource_registry." + way.getFirst(),
            message + String.join(" -> ", shown.subList(0, Math.min(8, shown.size()))),
            Optional.of("map the type to one that the server has, or to a template")));
  }

  private List<Candidate> candidates(String type) {
    List<Candidate> candidates = new ArrayList<>();
    RegistryEntry.Group resources =
        root.group(RegistryReader.RESOURCES).orElse(RegistryEntry.Group.EMPTY);
    resources
        .group(resource)
        .flatMap(group -> group.target(type))
        .ifPresent(target -> candidates.add(ofResource(resource, type, target)));
    resources
        .entries()
        .forEach(
            (pattern, entry) -> {
              if (!pattern.equals(resource)
                  && entry instanceof RegistryEntry.Group group
                  && NamePattern.matches(pattern, resource)) {
                group
                    .target(type)
                    .ifPresent(target -> candidates.add(ofResource(pattern, type, target)));
              }
            });
    root.target(type)
        .ifPresent(
            target ->
                candidates.add(new Candidate(List.of(type), target.value(), target.location())));
    globs.forEach(
        pattern ->
            root.target(pattern)
                .flatMap(target -> glob(pattern, target, type))
                .ifPresent(candidates::add));
    return candidates;
  }

  private static Candidate ofResource(String name, String type, RegistryEntry.Target target) {
    return new Candidate(
        List.of(RegistryReader.RESOURCES, name, type), target.value(), target.location());
  }

  private static Optional<Candidate> glob(
      String pattern, RegistryEntry.Target target, String type) {
    String prefix = pattern.substring(0, pattern.length() - 1);
    if (!type.startsWith(prefix)
        // A many-to-one entry does not apply to the one that it leads to.
        || type.equals(target.value())) {
      return Optional.empty();
    }
    String value = target.value();
    String mapped =
        value.endsWith("*")
            ? value.substring(0, value.length() - 1) + type.substring(prefix.length())
            : value;
    return Optional.of(new Candidate(List.of(pattern), mapped, target.location()));
  }
}
