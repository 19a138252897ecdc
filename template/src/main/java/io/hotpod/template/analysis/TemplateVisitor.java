package io.hotpod.template.analysis;

import io.hotpod.template.Condition;
import io.hotpod.template.Expression;

/** Is shown every expression and every condition of a template, the outer before the inner. */
interface TemplateVisitor {
  default void expression(Expression expression) {}

  default void condition(Condition condition) {}
}
