package io.hotpod.template.schema;

import static java.util.Objects.requireNonNull;

import io.hotpod.template.Constraint;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One property of a resource type. Immutable; the methods give a changed copy.
 *
 * @param name unique among its neighbours; {@code *} for each item of a list
 * @param description a sentence for people
 * @param defaultValue what stands when nothing is given
 * @param constraints the same as of parameters
 * @param nested what a map or a list holds; empty when anything will do
 */
public record PropertyDefinition(
    String name,
    PropertyType type,
    String description,
    Set<PropertyFlag> flags,
    Optional<JsonNode> defaultValue,
    List<Constraint> constraints,
    Optional<NestedSchema> nested,
    SupportStatus support) {
  public PropertyDefinition {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    requireNonNull(description, "description is null");
    flags = Collections.unmodifiableSet(copy(flags));
    requireNonNull(defaultValue, "defaultValue is null");
    constraints = List.copyOf(constraints);
    requireNonNull(nested, "nested is null");
    requireNonNull(support, "support is null");
    if (flags.contains(PropertyFlag.UPDATE_ALLOWED) && flags.contains(PropertyFlag.IMMUTABLE)) {
      throw new IllegalArgumentException(name + " cannot be both updatable and immutable");
    }
    boolean fits =
        nested
            .map(inner -> type == PropertyType.MAP || inner instanceof NestedSchema.Each)
            .orElse(true);
    if (!fits || (nested.isPresent() && type != PropertyType.MAP && type != PropertyType.LIST)) {
      throw new IllegalArgumentException("a " + type.heatName() + " does not hold such properties");
    }
  }

  private static Set<PropertyFlag> copy(Set<PropertyFlag> flags) {
    Set<PropertyFlag> copy = EnumSet.noneOf(PropertyFlag.class);
    copy.addAll(flags);
    return copy;
  }

  /** An optional property whose change replaces the resource. */
  public static PropertyDefinition of(String name, PropertyType type, String description) {
    return new PropertyDefinition(
        name,
        type,
        description,
        Set.of(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        SupportStatus.SUPPORTED);
  }

  /** Each item of a list, or each value of a map. */
  public static PropertyDefinition each(PropertyType type, String description) {
    return of(NestedSchema.EACH, type, description);
  }

  /** The same, but it must be given. */
  public PropertyDefinition mandatory() {
    return flagged(PropertyFlag.REQUIRED);
  }

  /** The same, but a change is made in place. */
  public PropertyDefinition updatable() {
    return flagged(PropertyFlag.UPDATE_ALLOWED);
  }

  /** The same, but a change is refused. */
  public PropertyDefinition unchangeable() {
    return flagged(PropertyFlag.IMMUTABLE);
  }

  /** The same, but text is taken for a list or a map. */
  public PropertyDefinition convertible() {
    return flagged(PropertyFlag.CONVERTIBLE);
  }

  /** The same, but no message shows its value. */
  public PropertyDefinition secret() {
    return flagged(PropertyFlag.HIDDEN);
  }

  private PropertyDefinition flagged(PropertyFlag flag) {
    Set<PropertyFlag> more = copy(flags);
    more.add(flag);
    return new PropertyDefinition(
        name, type, description, more, defaultValue, constraints, nested, support);
  }

  /** The same, with a value for when none is given. */
  public PropertyDefinition withDefault(JsonNode value) {
    return new PropertyDefinition(
        name, type, description, flags, Optional.of(value), constraints, nested, support);
  }

  /** The same, with one rule more. */
  public PropertyDefinition constrained(Constraint constraint) {
    List<Constraint> more = new ArrayList<>(constraints);
    more.add(constraint);
    return new PropertyDefinition(
        name, type, description, flags, defaultValue, more, nested, support);
  }

  /** The same, but only these strings will do. */
  public PropertyDefinition oneOf(List<String> values) {
    List<JsonNode> allowed = new ArrayList<>();
    values.forEach(value -> allowed.add(JsonNodeFactory.instance.stringNode(value)));
    return constrained(new Constraint.AllowedValues(allowed, Optional.empty()));
  }

  /** The same, but only numbers from one bound to the other, both included. */
  public PropertyDefinition between(long least, long most) {
    return constrained(
        new Constraint.Range(
            Optional.of(BigDecimal.valueOf(least)),
            Optional.of(BigDecimal.valueOf(most)),
            Optional.empty()));
  }

  /** The same, but no number below. */
  public PropertyDefinition atLeast(long least) {
    return constrained(
        new Constraint.Range(
            Optional.of(BigDecimal.valueOf(least)), Optional.empty(), Optional.empty()));
  }

  /** The same, but with so many characters, items or entries, both bounds included. */
  public PropertyDefinition ofLength(long least, long most) {
    return constrained(
        new Constraint.Length(Optional.of(least), Optional.of(most), Optional.empty()));
  }

  /** The same, but neither empty text nor an empty list or map. */
  public PropertyDefinition notEmpty() {
    return constrained(new Constraint.Length(Optional.of(1L), Optional.empty(), Optional.empty()));
  }

  /** The same, a map of known keys. */
  public PropertyDefinition holding(Collection<PropertyDefinition> properties) {
    return nesting(NestedSchema.Keys.of(properties));
  }

  /** The same, a list of such items or a map of such values; see {@link #each}. */
  public PropertyDefinition ofEach(PropertyDefinition item) {
    return nesting(new NestedSchema.Each(item));
  }

  private PropertyDefinition nesting(NestedSchema inner) {
    return new PropertyDefinition(
        name, type, description, flags, defaultValue, constraints, Optional.of(inner), support);
  }

  /** The same, supported in another way. */
  public PropertyDefinition supported(SupportStatus status) {
    return new PropertyDefinition(
        name, type, description, flags, defaultValue, constraints, nested, status);
  }

  /** Whether it must be given. */
  public boolean required() {
    return flags.contains(PropertyFlag.REQUIRED);
  }

  /** Whether a change is made in place; otherwise it replaces the resource or is refused. */
  public boolean updateAllowed() {
    return flags.contains(PropertyFlag.UPDATE_ALLOWED);
  }

  /** Whether a change is refused. */
  public boolean immutable() {
    return flags.contains(PropertyFlag.IMMUTABLE);
  }

  /** Whether messages must not show its values. */
  public boolean hidden() {
    return flags.contains(PropertyFlag.HIDDEN);
  }
}
