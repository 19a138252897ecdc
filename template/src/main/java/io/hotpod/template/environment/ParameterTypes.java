package io.hotpod.template.environment;

import io.hotpod.document.DocumentException;
import io.hotpod.template.ParameterDefinition;
import io.hotpod.template.ParameterType;
import io.hotpod.template.Template;
import io.hotpod.template.TemplateSource;
import java.util.HashMap;
import java.util.Map;

/** Finds the parameters that a request's templates have among them. Pure. */
public final class ParameterTypes {
  private ParameterTypes() {}

  /**
   * The types of the parameters of a template and of all templates among its files, by name. Of one
   * name in several templates the first template's counts; files that are no templates have none.
   */
  public static Map<String, ParameterType> of(Template template) {
    Map<String, ParameterType> types = new HashMap<>();
    template
        .source()
        .files()
        .forEach(
            (name, text) -> {
              // Reading a text costs far more than seeing that it cannot be a template.
              if (text.contains("heat_template_version") && text.contains("parameters")) {
                add(name, text, types);
              }
            });
    put(template, types);
    return types;
  }

  private static void add(String name, String text, Map<String, ParameterType> types) {
    try {
      put(Template.parse(new TemplateSource(name, text, Map.of())), types);
    } catch (DocumentException notATemplate) {
      // Where it is used as one, it is refused there, with its place.
      return;
    }
  }

  private static void put(Template template, Map<String, ParameterType> types) {
    for (ParameterDefinition parameter : template.parameters().values()) {
      types.put(parameter.name(), parameter.type());
    }
  }
}
