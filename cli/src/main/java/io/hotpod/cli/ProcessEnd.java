package io.hotpod.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends this process at once. An exit of the Java machine, whichever way it is come to, waits 300 ms
 * for threads that it has in native code, and as soon as a virtual thread has waited for a socket
 * there is one for ever that waits for all of them. The C library does not wait.
 */
final class ProcessEnd {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessEnd.class);

  private final FutureTask<Optional<MethodHandle>> exit = new FutureTask<>(ProcessEnd::find);

  private ProcessEnd() {}

  /** Looks for the way out, beside whatever is done until then. */
  static ProcessEnd prepare() {
    ProcessEnd end = new ProcessEnd();
    Thread.ofVirtual().name("exit").start(end.exit);
    return end;
  }

  /** Never returns. Nothing that was left for the end is done: no hooks, no recordings. */
  void now(int exitCode) {
    try {
      Optional<MethodHandle> found = exit.get();
      if (found.isPresent()) {
        found.get().invokeExact(exitCode);
      }
    } catch (Throwable e) {
      LOG.debug("the C library's exit is not to be had", e);
    }
    System.exit(exitCode);
  }

  /** The C library's; empty where it has none. The launcher allows native access. */
  @SuppressWarnings("restricted")
  private static Optional<MethodHandle> find() {
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("_exit")
        .map(
            address ->
                linker.downcallHandle(address, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT)));
  }
}
