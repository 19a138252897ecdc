package io.hotpod.template;

import io.hotpod.document.DocumentException;
import io.hotpod.document.Problem;
import io.hotpod.document.RepeatedKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Everything that can be said against a template in one pass, for people who write it: a mistake in
 * one resource does not keep those in others from being found. What only follows from a mistake
 * that is told already is left out. Immutable.
 *
 * @param template empty when nothing could be made of the text; otherwise without what is broken
 * @param instance empty when a section or the version is broken, or there is too much wrong
 * @param problems in the order in which they were found; empty when all is sound
 */
public record Examination(
    Optional<Template> template, Optional<TemplateInstance> instance, List<Problem> problems) {
  public Examination {
    problems = List.copyOf(problems);
  }

  /**
   * Reads a template, decides its conditions with the values that there are, and checks its
   * references. A key that a map repeats is a problem; the rest is looked at with the last of them.
   *
   * @param given values for parameters, once the template is known; those not given may be anything
   * @param pseudo values of the pseudo parameters
   */
  public static Examination of(
      TemplateSource source,
      Function<Template, Map<String, JsonNode>> given,
      PseudoParameters pseudo) {
    TemplateParser parser = new TemplateParser();
    Template template;
    try {
      template = parser.read(source, RepeatedKeys.LAST_COUNTS);
    } catch (DocumentException refused) {
      return new Examination(Optional.empty(), Optional.empty(), refused.problems());
    }
    List<Problem> problems = new ArrayList<>(parser.problems());
    Mistakes broken = new Mistakes(problems);
    if (!problems.isEmpty() && !canBeDecided(problems)) {
      problems.addAll(0, template.warnings());
      return new Examination(Optional.of(template), Optional.empty(), problems);
    }
    Optional<TemplateInstance> instance = Optional.empty();
    try {
      Instantiation instantiation =
          Instantiation.lenient(
              template,
              values(template, given.apply(template), pseudo, problems),
              broken.conditions());
      instance = Optional.of(new TemplateInstance(template, instantiation));
      problems.addAll(broken.without(instantiation.problems()));
    } catch (DocumentException refused) {
      problems.addAll(broken.without(refused.problems()));
    }
    problems.addAll(0, template.warnings());
    return new Examination(Optional.of(template), instance, problems);
  }

  /** A value that does not fit is noted, and counts as not given. */
  private static Parameters values(
      Template template,
      Map<String, JsonNode> given,
      PseudoParameters pseudo,
      List<Problem> problems) {
    try {
      return Parameters.forValidation(template, given, pseudo);
    } catch (DocumentException refused) {
      Map<String, JsonNode> sound = new LinkedHashMap<>(given);
      Set<String> unsound = new Mistakes(refused.problems()).parameters();
      sound.keySet().removeAll(unsound);
      Parameters values = Parameters.forValidation(template, sound, pseudo);
      problems.addAll(refused.problems());
      return values;
    }
  }

  /** The same with what else was found: all but what only follows from what is told already. */
  public Examination with(List<Problem> more) {
    List<Problem> all = new ArrayList<>(problems);
    all.addAll(new Mistakes(problems).without(more));
    return new Examination(template, instance, all);
  }

  /** A broken section or version would make every answer a guess. */
  private static boolean canBeDecided(List<Problem> problems) {
    return problems.stream().allMatch(problem -> Mistakes.isInOneEntry(problem));
  }
}
