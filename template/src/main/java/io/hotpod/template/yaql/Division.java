package io.hotpod.template.yaql;

import java.math.BigInteger;

/** Division as in Python: downwards, so that a remainder has the sign of the divisor. */
final class Division {
  private Division() {}

  static BigInteger quotient(BigInteger left, BigInteger right) {
    BigInteger[] parts = divided(left, right);
    return parts[1].signum() != 0 && parts[1].signum() != right.signum()
        ? parts[0].subtract(BigInteger.ONE)
        : parts[0];
  }

  static BigInteger remainder(BigInteger left, BigInteger right) {
    BigInteger rest = divided(left, right)[1];
    return rest.signum() != 0 && rest.signum() != right.signum() ? rest.add(right) : rest;
  }

  static double quotient(double left, double right) {
    refuseZero(right == 0);
    return left / right;
  }

  static double remainder(double left, double right) {
    refuseZero(right == 0);
    double rest = left % right;
    if (rest == 0) {
      return Math.copySign(0.0, right);
    }
    return rest < 0 == right < 0 ? rest : rest + right;
  }

  private static BigInteger[] divided(BigInteger left, BigInteger right) {
    refuseZero(right.signum() == 0);
    return left.divideAndRemainder(right);
  }

  private static void refuseZero(boolean zero) {
    if (zero) {
      throw new Failure("division by zero");
    }
  }
}
