package io.hotpod.template.pattern;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Walks all ways through a program side by side, character by character, in the order in which
 * backtracking would try them; no place of the program is visited twice for one character. For one
 * thread.
 */
final class PatternMachine {
  private static final int[] NO_SLOTS = {};

  /** The ways that are alive before one character, the preferred first. */
  private static final class Ways {
    private final int[] instructions;
    private final int[][] slots;
    private final int[] seenIn;
    private int size;
    private int generation = 1;

    Ways(int program) {
      instructions = new int[program];
      slots = new int[program][];
      seenIn = new int[program];
    }

    void clear() {
      size = 0;
      generation++;
    }
  }

  private final Instruction[] program;
  private final int[] text;
  private final int slotCount;
  private final PatternEffort effort;
  private Ways current;
  private Ways next;
  private final int[] pending;
  private final int[][] pendingSlots;
  private long steps;

  /**
   * @param slotCount how many places are remembered; 0 when only the answer matters
   */
  PatternMachine(List<Instruction> program, int[] text, int slotCount, PatternEffort effort) {
    this.program = program.toArray(Instruction[]::new);
    this.text = text;
    this.slotCount = slotCount;
    this.effort = effort;
    this.current = new Ways(this.program.length);
    this.next = new Ways(this.program.length);
    this.pending = new int[this.program.length + 1];
    this.pendingSlots = new int[this.program.length + 1][];
  }

  /** Whether the whole text matches. */
  boolean matchesWhole() {
    return run(0, true, true, false).isPresent();
  }

  /** The slots of the match that begins where the text does. */
  Optional<int[]> atStart() {
    return run(0, true, false, false);
  }

  /**
   * The slots of the first match.
   *
   * @param from where it may begin at the earliest
   * @param advancing whether an empty match at that place does not count
   */
  Optional<int[]> search(int from, boolean advancing) {
    return run(from, false, false, advancing);
  }

  private Optional<int[]> run(int from, boolean anchored, boolean whole, boolean advancing) {
    Optional<int[]> best = Optional.empty();
    current.clear();
    for (int position = from; position <= text.length; position++) {
      if (best.isEmpty() && (position == from || !anchored)) {
        follow(0, position, noSlots(), current);
      }
      if (current.size == 0 && (anchored || best.isPresent())) {
        break;
      }
      next.clear();
      for (int i = 0; i < current.size; i++) {
        int place = current.instructions[i];
        if (program[place] instanceof Instruction.Consume(CodePointSet set)) {
          if (position < text.length && set.contains(text[position])) {
            follow(place + 1, position + 1, current.slots[i], next);
          }
        } else if ((!whole || position == text.length) && !(advancing && position == from)) {
          best = Optional.of(current.slots[i]);
          break;
        }
      }
      Ways spare = current;
      current = next;
      next = spare;
      effort.spend(steps);
      steps = 0;
    }
    return best;
  }

  private int[] noSlots() {
    if (slotCount == 0) {
      return NO_SLOTS;
    }
    int[] slots = new int[slotCount];
    Arrays.fill(slots, -1);
    return slots;
  }

  /** Adds all places that are reached from one without a character. */
  private void follow(int start, int position, int[] startSlots, Ways ways) {
    int depth = 0;
    pending[depth] = start;
    pendingSlots[depth] = startSlots;
    depth++;
    while (depth > 0) {
      depth--;
      int place = pending[depth];
      int[] slots = pendingSlots[depth];
      boolean alive = true;
      while (alive && ways.seenIn[place] != ways.generation) {
        ways.seenIn[place] = ways.generation;
        steps++;
        switch (program[place]) {
          case Instruction.Jump(int target) -> place = target;
          case Instruction.Split(int first, int second) -> {
            pending[depth] = second;
            pendingSlots[depth] = slots;
            depth++;
            place = first;
          }
          case Instruction.Check(Boundary boundary) -> {
            alive = boundary.holds(text, position);
            place++;
          }
          case Instruction.Save(int slot) -> {
            if (slot < slots.length) {
              slots = slots.clone();
              slots[slot] = position;
              steps += slots.length;
            }
            place++;
          }
          case Instruction.Consume _, Instruction.Match _ -> {
            ways.instructions[ways.size] = place;
            ways.slots[ways.size] = slots;
            ways.size++;
            alive = false;
          }
        }
      }
    }
  }
}
