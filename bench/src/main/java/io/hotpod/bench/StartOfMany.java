package io.hotpod.bench;

/** What an agent takes of the processors while it starts a hundred pods. */
final class StartOfMany {
  static final int PODS = 100;

  /** In hundredths of one core. */
  final Samples ofCore = new Samples();

  /** In hundredths of what all that ran on the machine took. */
  final Samples ofMachine = new Samples();

  /** Starts them once, as a stack that is left to the caller. */
  Api.Stack take(Api api, Process agent, String name) {
    ProcessorTime before = ProcessorTime.of(agent);
    ProcessorTime machineBefore = ProcessorTime.ofMachine();
    Api.Stack stack =
        api.create(name, Templates.pods(OneMachine.INSTANCE, OneMachine.IMAGE, PODS, name));
    ProcessorTime after = ProcessorTime.of(agent);
    ProcessorTime machineAfter = ProcessorTime.ofMachine();
    ofCore.add(after.partSince(before));
    ofMachine.add(after.partSince(before, machineAfter, machineBefore));
    return stack;
  }
}
