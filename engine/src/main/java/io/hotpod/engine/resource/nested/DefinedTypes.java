package io.hotpod.engine.resource.nested;

import io.hotpod.document.DocumentException;
import io.hotpod.document.Problem;
import io.hotpod.document.Suggestions;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.resource.ResourceTypes;
import io.hotpod.engine.resource.StackTypes;
import io.hotpod.engine.resource.group.GroupType;
import io.hotpod.engine.stack.Definitions;
import io.hotpod.engine.stack.StackDefinition;
import io.hotpod.template.Template;
import io.hotpod.template.TemplateSource;
import io.hotpod.template.environment.MappedType;
import io.hotpod.template.environment.ResourceRegistry;
import io.hotpod.template.environment.RestrictedAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The types of one stack definition. Thread-safe. */
final class DefinedTypes implements StackTypes {
  private final ResourceTypes implemented;
  private final Definitions definitions;
  private final InnerStacks innerStacks;
  private final StackDefinition definition;
  private final ResourceRegistry registry;
  private final Map<Use, Optional<ResourceType>> found = new ConcurrentHashMap<>();

  DefinedTypes(
      ResourceTypes implemented,
      Definitions definitions,
      InnerStacks innerStacks,
      StackDefinition definition) {
    this.implemented = implemented;
    this.definitions = definitions;
    this.innerStacks = innerStacks;
    this.definition = definition;
    this.registry = definition.environment().registry();
  }

  private record Use(String type, String resource) {}

  @Override
  public Optional<ResourceType> find(String type, String resource) {
    Use use = new Use(type, resource);
    Optional<ResourceType> known = found.get(use);
    if (known != null) {
      return known;
    }
    Optional<ResourceType> looked =
        registry
            .resolve(type, resource, name -> implemented.find(name).isPresent())
            .map(
                mapped ->
                    switch (mapped) {
                      case MappedType.Implemented own -> own(own.type(), resource);
                      case MappedType.Nested nested -> template(type, resource, nested);
                    });
    found.put(use, looked);
    return looked;
  }

  private ResourceType own(String type, String resource) {
    ResourceType own = implemented.get(type);
    return switch (own) {
      case GroupType group -> new GroupResourceType(group, resource, definition, innerStacks);
      case TextStackType text -> new TextStackResourceType(text, innerStacks, resource, definition);
      default -> own;
    };
  }

  private ResourceType template(String type, String resource, MappedType.Nested mapped) {
    String text = definition.files().get(mapped.template());
    if (text == null) {
      throw new DocumentException(
          new Problem(
                  mapped.location(),
                  "",
                  "Could not fetch remote template \"%s\": it is not among the files of the request"
                      .formatted(mapped.template()),
                  Suggestions.advice(mapped.template(), definition.files().keySet())
                      .or(
                          () ->
                              Optional.of("send its text under \"files\"; nothing is downloaded")))
              .lacking(Problem.FILES + mapped.template()));
    }
    Template template =
        definitions.parse(new TemplateSource(mapped.template(), text, definition.files()));
    Optional<ResourceType> facade = implemented.find(type);
    if (facade.isPresent()) {
      List<String> differences =
          FacadeCheck.differences(
              facade.orElseThrow().schema(),
              template.parameters().values(),
              template.outputs().keySet());
      if (!differences.isEmpty()) {
        List<Problem> problems = new ArrayList<>();
        differences.forEach(
            message -> problems.add(new Problem(mapped.location(), "", message, Optional.empty())));
        throw new DocumentException(problems);
      }
    }
    return new TemplateResourceType(type, resource, mapped, template, definition, innerStacks);
  }

  @Override
  public ResourceType of(ResourceRecord resource) {
    String implementation = resource.implementation();
    if (implementation.equals(InnerStackType.IMPLEMENTATION)) {
      return new InnerStackType(innerStacks);
    }
    ResourceType own =
        implemented.get(GroupPhysicalType.type(implementation).orElse(implementation));
    return switch (own) {
      case GroupType group -> new GroupPhysicalType(group, innerStacks);
      case TextStackType text -> new TextStackPhysicalType(text, innerStacks);
      default -> own;
    };
  }

  @Override
  public Optional<String> nearest(String type) {
    return implemented.nearest(type);
  }

  @Override
  public Set<RestrictedAction> restrictedActions(String resource) {
    return registry.restrictedActions(resource);
  }
}
