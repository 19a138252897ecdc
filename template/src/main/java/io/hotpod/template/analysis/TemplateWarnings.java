package io.hotpod.template.analysis;

import io.hotpod.document.Location;
import io.hotpod.document.Problem;
import io.hotpod.template.ResourceDefinition;
import io.hotpod.template.Template;
import io.hotpod.template.schema.ResourceSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a template may say and hardly means. */
public final class TemplateWarnings {
  private static final Comparator<Problem> BY_PLACE =
      Comparator.comparingInt((Problem problem) -> problem.location().map(Location::line).orElse(0))
          .thenComparingInt(problem -> problem.location().map(Location::column).orElse(0));

  private TemplateWarnings() {}

  /**
   * Looks at a sound template without knowing its parameters.
   *
   * @param schemas of the types that are known; nothing is said of others
   * @return in the order of the text
   */
  public static List<Problem> of(
      Template template, Function<String, Optional<ResourceSchema>> schemas) {
    List<Problem> warnings = new ArrayList<>(template.warnings());
    warnings.addAll(UnusedNames.of(template));
    warnings.addAll(ConstantConditions.of(template));
    warnings.addAll(MissingResources.of(template));
    Function<ResourceDefinition, Optional<ResourceSchema>> ofResources =
        resource -> schemas.apply(resource.type());
    warnings.addAll(ReferencedAttributes.unknown(template, ofResources));
    warnings.addAll(ReferencedAttributes.deprecated(template, ofResources));
    warnings.addAll(DeprecatedUse.of(template, schemas));
    warnings.addAll(HiddenOutputs.of(template));
    warnings.sort(BY_PLACE);
    return List.copyOf(warnings);
  }
}
