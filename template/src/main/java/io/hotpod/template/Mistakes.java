package io.hotpod.template;

import io.hotpod.document.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is told already against a template, and what follows from it. Immutable. */
final class Mistakes {
  /** One entry of a section, and what is inside it. */
  private static final Pattern ENTRY =
      Pattern.compile("(parameters|conditions|resources|outputs)\\.([^.\\[]+)(.*)");

  private static final String GROUPS = "parameter_groups";

  private final List<Problem> told;
  private final Set<String> paths = new HashSet<>();

  /** The entries, such as {@code resources.web}, that are not what they were meant to be. */
  private final Set<String> broken = new LinkedHashSet<>();

  Mistakes(List<Problem> told) {
    this.told = List.copyOf(told);
    for (Problem problem : told) {
      // What is wrong with a text as such has no path.
      if (!problem.path().isEmpty()) {
        paths.add(problem.path());
      }
      Matcher matcher = ENTRY.matcher(problem.path());
      if (matcher.matches() && isOfTheWhole(matcher.group(3))) {
        broken.add(matcher.group(1) + "." + matcher.group(2));
      }
    }
  }

  /** Whether all but one entry of a section is as sound as ever. */
  static boolean isInOneEntry(Problem problem) {
    return ENTRY.matcher(problem.path()).matches() || problem.path().startsWith(GROUPS);
  }

  /** A key of the entry itself, or a function that makes all properties. */
  private static boolean isOfTheWhole(String inside) {
    String[] steps = inside.split("[.\\[]", -1);
    return steps.length <= 2
        || (steps.length == 3
            && steps[1].equals("properties")
            && Language.Function.of(steps[2]).isPresent());
  }

  /** Names of conditions that are malformed somewhere. */
  Set<String> conditions() {
    return names("conditions");
  }

  /** Names of parameters that something is wrong with. */
  Set<String> parameters() {
    return names("parameters");
  }

  private Set<String> names(String section) {
    Set<String> names = new LinkedHashSet<>();
    for (String path : paths) {
      Matcher matcher = ENTRY.matcher(path);
      if (matcher.matches() && matcher.group(1).equals(section)) {
        names.add(matcher.group(2));
      }
    }
    return names;
  }

  /** Those that are mistakes of their own. */
  List<Problem> without(List<Problem> more) {
    List<Problem> left = new ArrayList<>();
    for (Problem problem : more) {
      if (!told.contains(problem) && !left.contains(problem) && !follows(problem)) {
        left.add(problem);
      }
    }
    return left;
  }

  private boolean follows(Problem problem) {
    Matcher matcher = ENTRY.matcher(problem.path());
    Optional<String> entry =
        matcher.matches()
            ? Optional.of(matcher.group(1) + "." + matcher.group(2))
            : Optional.empty();
    return (problem.path().equals(entry.orElse("")) && broken.contains(problem.path()))
        || paths.stream()
            .anyMatch(path -> isNear(path, problem.path(), entry.map(String::length).orElse(0)))
        || problem.lacks().filter(broken::contains).isPresent();
  }

  /** The same place, or one around or inside it, but not for what concerns a whole entry. */
  private static boolean isNear(String told, String found, int entry) {
    return told.equals(found)
        || (told.length() > entry && isInside(found, told))
        || (found.length() > entry && isInside(told, found));
  }

  private static boolean isInside(String path, String around) {
    return path.length() > around.length()
        && path.startsWith(around)
        && (path.charAt(around.length()) == '.' || path.charAt(around.length()) == '[');
  }
}
