package io.hotpod.template.yaql;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;

/** Arithmetic. */
final class MathFunctions {
  private static final String TWO = "left: number, right: number";
  private static final String TWO_WHOLE = "left: int, right: int";

  private MathFunctions() {}

  static void register(Library library) {
    library
        .operator("+", TWO, call -> arithmetic(call, BigInteger::add, Double::sum))
        .operator("-", TWO, call -> arithmetic(call, BigInteger::subtract, (a, b) -> a - b))
        .operator("*", TWO, MathFunctions::multiply)
        .operator("/", TWO, call -> arithmetic(call, Division::quotient, Division::quotient))
        .operator("mod", TWO, call -> arithmetic(call, Division::remainder, Division::remainder))
        .operator("unary +", "operand: number", call -> call.value(0))
        .operator("unary -", "operand: number", call -> negative(call.number(0)))
        .function(
            "abs", "op: number", call -> sign(call) < 0 ? negative(call.number(0)) : call.value(0))
        .function("sign", "num: number", call -> Value.Int.of(sign(call)))
        .function("pow", "a: number, b: number, c: number? = null", Powers::pow)
        .function("round", "number: number, ndigits: int = 0", MathFunctions::round)
        .function("int", "value: any?", call -> Conversions.integer(call.value(0)))
        .function("float", "value: any?", call -> Conversions.real(call.value(0)))
        .function("bitwiseAnd", TWO_WHOLE, call -> bits(call, BigInteger::and))
        .function("bitwiseOr", TWO_WHOLE, call -> bits(call, BigInteger::or))
        .function("bitwiseXor", TWO_WHOLE, call -> bits(call, BigInteger::xor))
        .function("bitwiseNot", "arg: int", call -> new Value.Int(call.exact(0).not()))
        .function("shiftBitsLeft", "value: int, bitsNumber: int", call -> shift(call, true))
        .function("shiftBitsRight", "value: int, bitsNumber: int", call -> shift(call, false))
        .function(
            "isInteger", "value: any?", call -> Value.Bool.of(call.value(0) instanceof Value.Int))
        .function(
            "isNumber",
            "value: any?",
            call -> Value.Bool.of(ParameterType.NUMBER.accepts(call.value(0))))
        .function("hex", "num: number?", MathFunctions::hexadecimal);
  }

  private static Value arithmetic(
      Call call, BinaryOperator<BigInteger> exact, DoubleBinaryOperator real) {
    return Numbers.isReal(call.number(0)) || Numbers.isReal(call.number(1))
        ? new Value.Real(
            real.applyAsDouble(Numbers.real(call.number(0)), Numbers.real(call.number(1))))
        : Numbers.integer(exact.apply(call.exact(0), call.exact(1)));
  }

  private static Value multiply(Call call) {
    if (call.value(0) instanceof Value.Int(BigInteger left)
        && call.value(1) instanceof Value.Int(BigInteger right)) {
      long words = 1 + left.bitLength() / 32L;
      call.work().spend(words * (1 + right.bitLength() / 32L) / 16);
    }
    return arithmetic(call, BigInteger::multiply, (a, b) -> a * b);
  }

  private static Value negative(Value.Numeric number) {
    return Numbers.isReal(number)
        ? new Value.Real(-Numbers.real(number))
        : new Value.Int(Numbers.exact(number).negate());
  }

  private static int sign(Call call) {
    return Numbers.isNan(call.number(0)) ? 0 : Numbers.compare(call.number(0), Value.Int.of(0));
  }

  private static Value bits(Call call, BinaryOperator<BigInteger> operation) {
    return new Value.Int(operation.apply(call.exact(0), call.exact(1)));
  }

  private static Value shift(Call call, boolean left) {
    int places = call.integer(1);
    if (places < 0) {
      throw new Failure("bits are shifted by a negative number of places");
    }
    BigInteger value = call.exact(0);
    if (!left) {
      return new Value.Int(value.shiftRight(places));
    }
    Numbers.refuseBits(value.signum() == 0 ? 0 : (long) value.bitLength() + places);
    return new Value.Int(value.signum() == 0 ? value : value.shiftLeft(places));
  }

  /** To the nearest, and from the middle to the even one, by the exact value of the float. */
  private static Value round(Call call) {
    int digits = Math.clamp(call.integer(1), -400, 400);
    if (!Numbers.isReal(call.number(0))) {
      BigDecimal whole = new BigDecimal(call.exact(0));
      return digits >= 0
          ? call.value(0)
          : new Value.Int(whole.setScale(digits, RoundingMode.HALF_EVEN).toBigInteger());
    }
    double value = Numbers.real(call.number(0));
    if (!Double.isFinite(value)) {
      return call.value(0);
    }
    double rounded = new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).doubleValue();
    return new Value.Real(Math.copySign(rounded, value));
  }

  private static Value hexadecimal(Call call) {
    if (!(call.value(0) instanceof Value.Int(BigInteger value))) {
      throw new Failure("hex() takes an integer, not " + call.value(0).kind());
    }
    return new Value.Text((value.signum() < 0 ? "-0x" : "0x") + value.abs().toString(16));
  }
}
