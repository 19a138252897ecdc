package io.hotpod.template.yaql;

import io.hotpod.template.python.PythonFloat;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Numbers as Python computes with them. */
final class Numbers {
  /** Python too refuses to read or write longer ones. */
  private static final int MOST_DIGITS = 4300;

  /** Beyond this an operation would be felt. */
  private static final int MOST_BITS = 65_536;

  private Numbers() {}

  static BigInteger parse(String digits) {
    if (digits.length() > MOST_DIGITS) {
      throw new Failure("a number has more than " + MOST_DIGITS + " digits");
    }
    return new BigInteger(digits);
  }

  static Value.Int integer(BigInteger value) {
    if (value.bitLength() > MOST_BITS) {
      throw new Failure("the number is larger than " + MOST_BITS + " bits");
    }
    return new Value.Int(value);
  }

  /** Refuses what would be too large before it is computed. */
  static void refuseBits(long bits) {
    if (bits > MOST_BITS) {
      throw new Failure("the number would be larger than " + MOST_BITS + " bits");
    }
  }

  static BigInteger exact(Value.Numeric number) {
    return switch (number) {
      case Value.Bool(boolean value) -> value ? BigInteger.ONE : BigInteger.ZERO;
      case Value.Int(BigInteger value) -> value;
      case Value.Real(double value) -> throw new Failure(value + " is not an integer");
    };
  }

  static double real(Value.Numeric number) {
    return switch (number) {
      case Value.Real(double value) -> value;
      case Value.Bool _, Value.Int _ -> {
        double value = exact(number).doubleValue();
        if (Double.isInfinite(value)) {
          throw new Failure("an integer is too large to become a float");
        }
        yield value;
      }
    };
  }

  static boolean isReal(Value.Numeric number) {
    return number instanceof Value.Real;
  }

  static boolean equal(Value.Numeric left, Value.Numeric right) {
    return !isNan(left) && !isNan(right) && compare(left, right) == 0;
  }

  static boolean isNan(Value.Numeric number) {
    return number instanceof Value.Real(double value) && Double.isNaN(value);
  }

  /** By exact value, whatever the types; not for what is not a number. */
  static int compare(Value.Numeric left, Value.Numeric right) {
    if (isReal(left) && isReal(right)) {
      double first = real(left);
      double second = real(right);
      return first == second ? 0 : Double.compare(first, second);
    }
    if (!isReal(left) && !isReal(right)) {
      return exact(left).compareTo(exact(right));
    }
    return isReal(left) ? -compare(exact(right), real(left)) : compare(exact(left), real(right));
  }

  private static int compare(BigInteger left, double right) {
    if (Double.isInfinite(right)) {
      return right > 0 ? -1 : 1;
    }
    return new BigDecimal(left).compareTo(new BigDecimal(right));
  }

  /** The same for all that are equal. */
  static int hash(Value.Numeric number) {
    if (!(number instanceof Value.Real(double value))) {
      return Hashes.of(exact(number).toByteArray());
    }
    return Double.isFinite(value) && value == Math.rint(value)
        ? Hashes.of(new BigDecimal(value).toBigInteger().toByteArray())
        : Hashes.of(PythonFloat.repr(value));
  }

  /** {@code str()} or {@code repr()}. */
  static String text(Value.Numeric number) {
    return switch (number) {
      case Value.Bool(boolean value) -> value ? "True" : "False";
      case Value.Int(BigInteger value) -> {
        if (value.bitLength() > MOST_DIGITS * 10 / 3) {
          throw new Failure("a number has more than " + MOST_DIGITS + " digits");
        }
        yield value.toString();
      }
      case Value.Real(double value) -> PythonFloat.repr(value);
    };
  }
}
