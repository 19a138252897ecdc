package io.hotpod.template.pattern;

import java.util.ArrayList;
import java.util.List;

/** Writes a tree out as instructions. For one pattern and one thread. */
final class PatternCompiler {
  /** Matching costs this times the text at worst, and repetitions multiply what is written. */
  private static final int MOST_INSTRUCTIONS = 20_000;

  private final List<Instruction> instructions = new ArrayList<>();
  private int visits;
  private int position;

  private PatternCompiler() {}

  static List<Instruction> compile(PatternNode node) {
    PatternCompiler compiler = new PatternCompiler();
    compiler.emit(new PatternNode.Group(0, node));
    compiler.add(new Instruction.Match());
    return List.copyOf(compiler.instructions);
  }

  private int add(Instruction instruction) {
    instructions.add(instruction);
    return instructions.size() - 1;
  }

  private int here() {
    return instructions.size();
  }

  private void emit(PatternNode node) {
    visits++;
    if (visits > MOST_INSTRUCTIONS) {
      throw new PatternException(
          position,
          "the pattern is too large: its repetitions written out are more than "
              + MOST_INSTRUCTIONS
              + " steps");
    }
    switch (node) {
      case PatternNode.Characters(CodePointSet set) -> add(new Instruction.Consume(set));
      case PatternNode.At(Boundary boundary) -> add(new Instruction.Check(boundary));
      case PatternNode.Sequence sequence -> sequence.items().forEach(this::emit);
      case PatternNode.Alternatives alternatives -> alternatives(alternatives.branches());
      case PatternNode.Group(int index, PatternNode body) -> {
        add(new Instruction.Save(2 * index));
        emit(body);
        add(new Instruction.Save(2 * index + 1));
      }
      case PatternNode.Repeat repeat -> repeat(repeat);
    }
  }

  private void alternatives(List<PatternNode> branches) {
    List<Integer> jumps = new ArrayList<>();
    for (PatternNode branch : branches.subList(0, branches.size() - 1)) {
      int split = add(new Instruction.Match());
      emit(branch);
      jumps.add(add(new Instruction.Match()));
      instructions.set(split, new Instruction.Split(split + 1, here()));
    }
    emit(branches.getLast());
    jumps.forEach(jump -> instructions.set(jump, new Instruction.Jump(here())));
  }

  private void repeat(PatternNode.Repeat repeat) {
    position = repeat.position();
    boolean endless = repeat.most().isEmpty();
    int certain = endless ? Math.max(0, repeat.least() - 1) : repeat.least();
    for (int i = 0; i < certain; i++) {
      emit(repeat.body());
    }
    if (!endless) {
      optional(repeat, repeat.most().getAsInt() - repeat.least());
    } else if (repeat.least() > 0) {
      atLeastOnce(repeat);
    } else {
      // The test before the body and another behind it: a body that matched nothing goes on to
      // what follows instead of coming round again.
      int split = add(new Instruction.Match());
      atLeastOnce(repeat);
      instructions.set(split, split(repeat, split + 1, here()));
    }
  }

  private void atLeastOnce(PatternNode.Repeat repeat) {
    int start = here();
    emit(repeat.body());
    int split = add(new Instruction.Match());
    instructions.set(split, split(repeat, start, here()));
  }

  private void optional(PatternNode.Repeat repeat, int times) {
    List<Integer> splits = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      splits.add(add(new Instruction.Match()));
      emit(repeat.body());
    }
    splits.forEach(split -> instructions.set(split, split(repeat, split + 1, here())));
  }

  private static Instruction split(PatternNode.Repeat repeat, int again, int onwards) {
    return repeat.greedy()
        ? new Instruction.Split(again, onwards)
        : new Instruction.Split(onwards, again);
  }
}
