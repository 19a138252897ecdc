package io.hotpod.template;

import io.hotpod.document.Location;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A value of a template that may hold functions. Immutable; what it comes to depends on parameters
 * and resources. A function whose value depends on its argument alone is a {@link Call}; a function
 * that looks at anything else is a record of its own, and the compiler then names every place that
 * must know it.
 */
public sealed interface Expression
    permits Expression.Literal, Expression.ListExpression, Expression.MapExpression, FunctionCall {
  /** Where it stands. */
  Place place();

  /** The expressions directly inside, of both branches of an {@code if}. */
  List<Expression> parts();

  /**
   * The resources that it names in any branch. Names that come out of a function are not among
   * them; {@link TemplateInstance#dependencies} knows those too.
   */
  default Set<String> references() {
    Set<String> names = new LinkedHashSet<>();
    collectReferences(this, names);
    return names;
  }

  private static void collectReferences(Expression expression, Set<String> names) {
    Optional<Expression> name =
        switch (expression) {
          case GetResource call -> Optional.of(call.resource());
          case GetAttr call -> Optional.of(call.resource());
          case Literal _, ListExpression _, MapExpression _ -> Optional.empty();
          case GetParam _, GetFile _, Facade _, If _, ConditionResult _, Call _ -> Optional.empty();
        };
    if (name.orElse(expression) instanceof Literal literal
        && name.isPresent()
        && literal.value().isString()) {
      names.add(literal.value().stringValue());
    }
    expression.parts().forEach(part -> collectReferences(part, names));
  }

  /** A plain scalar. */
  record Literal(JsonNode value, Place place) implements Expression {
    @Override
    public List<Expression> parts() {
      return List.of();
    }
  }

  /** A list. */
  record ListExpression(List<Expression> items, Place place) implements Expression {
    public ListExpression {
      items = List.copyOf(items);
    }

    @Override
    public List<Expression> parts() {
      return items;
    }
  }

  /** A map, in the order of the text. */
  record MapExpression(List<Entry> entries, Place place) implements Expression {
    public MapExpression {
      entries = List.copyOf(entries);
    }

    /** A key, where it stands, and its value. */
    public record Entry(String key, Optional<Location> keyLocation, Expression value) {}

    /** The value of a key. */
    public Optional<Expression> get(String key) {
      return entry(key).map(Entry::value);
    }

    Optional<Entry> entry(String key) {
      for (Entry entry : entries) {
        if (entry.key().equals(key)) {
          return Optional.of(entry);
        }
      }
      return Optional.empty();
    }

    @Override
    public List<Expression> parts() {
      return entries.stream().map(Entry::value).toList();
    }
  }

  /**
   * {@code get_param}: a parameter's value or something inside it.
   *
   * @param argument comes to a name, or to a list of a name and a path
   */
  record GetParam(Expression argument, Place place) implements FunctionCall {
    @Override
    public List<Expression> parts() {
      return List.of(argument);
    }
  }

  /** {@code get_resource}: the reference id of a resource. */
  record GetResource(Expression resource, Place place) implements FunctionCall {
    @Override
    public List<Expression> parts() {
      return List.of(resource);
    }
  }

  /**
   * {@code get_attr}: an attribute of a resource or something inside it.
   *
   * @param attribute empty for a map of all attributes
   */
  record GetAttr(
      Expression resource, Optional<Expression> attribute, List<Expression> path, Place place)
      implements FunctionCall {
    public GetAttr {
      path = List.copyOf(path);
    }

    @Override
    public List<Expression> parts() {
      List<Expression> parts = new ArrayList<>();
      parts.add(resource);
      attribute.ifPresent(parts::add);
      parts.addAll(path);
      return parts;
    }
  }

  /** {@code get_file}: the content of a file that came with the template. */
  record GetFile(Expression file, Place place) implements FunctionCall {
    @Override
    public List<Expression> parts() {
      return List.of(file);
    }
  }

  /** {@code resource_facade}: a part of the resource that this template stands for. */
  record Facade(ResourceFacade.Part part, Place place) implements FunctionCall {
    @Override
    public List<Expression> parts() {
      return List.of();
    }
  }

  /**
   * {@code if}: one of two values.
   *
   * @param otherwise empty to leave out the list item, map entry or property
   */
  record If(Condition condition, Expression then, Optional<Expression> otherwise, Place place)
      implements FunctionCall {
    @Override
    public List<Expression> parts() {
      List<Expression> parts = new ArrayList<>();
      parts.add(then);
      otherwise.ifPresent(parts::add);
      return parts;
    }
  }

  /** A condition in place of a value, such as {@code not} inside {@code equals}. */
  record ConditionResult(Condition condition, Place place) implements FunctionCall {
    @Override
    public List<Expression> parts() {
      return List.of();
    }
  }

  /** A function whose value depends on its argument alone, such as {@code list_join}. */
  record Call(Language.Function function, Expression argument, Place place)
      implements FunctionCall {
    @Override
    public List<Expression> parts() {
      return List.of(argument);
    }
  }
}
