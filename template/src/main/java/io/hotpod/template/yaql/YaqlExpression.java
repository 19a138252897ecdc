package io.hotpod.template.yaql;

import java.util.Objects;
import java.util.function.LongConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** An expression that has been read. Immutable; for any thread, as often as needed. */
public final class YaqlExpression {
  private final String text;
  private final Node node;

  YaqlExpression(String text, Node node) {
    this.text = text;
    this.node = node;
  }

  /** The text that it was read from. */
  public String text() {
    return text;
  }

  /**
   * Evaluates it as Heat does: {@code $.data} is the data given.
   *
   * <p>What Python would leave as an iterator, tuple or set comes out as an array; a set in the
   * order in which its members came. Keys that are no strings become such as in Python's JSON.
   *
   * @param data JSON; not changed
   * @throws YaqlException if it cannot be evaluated, does more than the limits allow, or has a
   *     result that JSON cannot hold; with the place in the expression
   */
  public JsonNode evaluate(JsonNode data, YaqlLimits limits) {
    return evaluate(data, limits, steps -> {});
  }

  /**
   * The same for who evaluates many expressions and bounds them together.
   *
   * @param spent is told at the end how many steps it took, also when it is refused
   * @throws YaqlException as {@link #evaluate(JsonNode, YaqlLimits)}
   */
  public JsonNode evaluate(JsonNode data, YaqlLimits limits, LongConsumer spent) {
    Work work = new Work(limits);
    Library library = StandardLibrary.INSTANCE;
    JsonValues values = new JsonValues(work);
    try {
      Value root = values.read(JsonNodeFactory.instance.objectNode().set("data", data));
      return values.write(new Evaluator(library, work).evaluate(node, Scope.of(root)));
    } catch (Failure failure) {
      throw new YaqlException(node.position(), Objects.toString(failure.getMessage()));
    } catch (StackOverflowError tooDeep) {
      // The limit of depth comes first on any stack of a usual size.
      throw new YaqlException(node.position(), "the evaluation is nested too deep");
    } finally {
      spent.accept(work.steps());
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
