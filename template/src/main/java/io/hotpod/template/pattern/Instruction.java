package io.hotpod.template.pattern;

/** One step of a compiled pattern; places in the program are indexes from 0. */
sealed interface Instruction {
  /** Takes a character of the set and goes on to the next instruction. */
  record Consume(CodePointSet set) implements Instruction {}

  /** Goes on only where the boundary is. */
  record Check(Boundary boundary) implements Instruction {}

  /** Remembers the place in the text. */
  record Save(int slot) implements Instruction {}

  /** Tries two ways, the first with precedence. */
  record Split(int first, int second) implements Instruction {}

  /** Goes on elsewhere. */
  record Jump(int target) implements Instruction {}

  /** The end of the pattern. */
  record Match() implements Instruction {}
}
