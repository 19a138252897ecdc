package io.hotpod.template.yaql;

import java.math.BigInteger;

/** {@code pow()} of Python. */
final class Powers {
  /** The work of a power under a modulus grows with the cube of this. */
  private static final int MOST_MODULAR_BITS = 2048;

  private Powers() {}

  static Value pow(Call call) {
    boolean real = Numbers.isReal(call.number(0)) || Numbers.isReal(call.number(1));
    if (!call.isNull(2)) {
      if (real || Numbers.isReal(call.number(2))) {
        throw new Failure("pow() with a modulus takes integers alone");
      }
      return modular(call.exact(0), call.exact(1), call.exact(2));
    }
    if (!real && call.exact(1).signum() >= 0) {
      return whole(call.exact(0), call.exact(1));
    }
    return real(Numbers.real(call.number(0)), Numbers.real(call.number(1)));
  }

  private static Value whole(BigInteger base, BigInteger exponent) {
    if (base.bitLength() <= 1 && !base.equals(BigInteger.TWO.negate())) {
      // Of zero and plus or minus one only the sign can change.
      boolean same = exponent.testBit(0) || (base.signum() == 0 && exponent.signum() > 0);
      return new Value.Int(same ? base : BigInteger.ONE);
    }
    Numbers.refuseBits(exponent.bitLength() > 20 ? Long.MAX_VALUE : bits(base, exponent));
    return new Value.Int(base.pow(exponent.intValueExact()));
  }

  private static long bits(BigInteger base, BigInteger exponent) {
    return (base.bitLength() - 1L) * exponent.longValueExact();
  }

  private static Value real(double base, double exponent) {
    if (base == 0 && exponent < 0) {
      throw new Failure("zero cannot be raised to a negative power");
    }
    double power = Math.pow(base, exponent);
    boolean finite = Double.isFinite(base) && Double.isFinite(exponent);
    if (finite && Double.isNaN(power)) {
      throw new Failure("the power of a negative number to a fraction is complex");
    }
    if (finite && Double.isInfinite(power)) {
      throw new Failure("the power is too large for a float");
    }
    return new Value.Real(power);
  }

  private static Value modular(BigInteger base, BigInteger exponent, BigInteger modulus) {
    if (modulus.signum() == 0) {
      throw new Failure("the modulus of pow() is zero");
    }
    int most = Math.max(base.bitLength(), Math.max(exponent.bitLength(), modulus.bitLength()));
    if (most > MOST_MODULAR_BITS) {
      throw new Failure("pow() with a modulus takes at most " + MOST_MODULAR_BITS + " bits");
    }
    try {
      BigInteger power = base.modPow(exponent, modulus.abs());
      return new Value.Int(
          modulus.signum() < 0 && power.signum() != 0 ? power.add(modulus) : power);
    } catch (ArithmeticException notInvertible) {
      throw new Failure("the base of pow() is not invertible for the modulus");
    }
  }
}
