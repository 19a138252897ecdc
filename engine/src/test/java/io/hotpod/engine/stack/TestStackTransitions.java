package io.hotpod.engine.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/states.md} and the table together; {@code make docs} writes it. */
final class TestStackTransitions {
  private static final Path PAGE = Path.of("../docs/states.md");

  @Test
  void thePageSaysWhatTheTableSays() throws IOException {
    String page = page();
    if ("write".equals(System.getProperty("hotpod.docs"))) {
      Files.writeString(PAGE, page);
    }

    assertThat(PAGE).as("run make docs").hasContent(page);
  }

  @Test
  void everyStateTakesADelete() {
    for (Action action : StackTransitions.STATES) {
      for (Status status : Status.values()) {
        assertThat(StackTransitions.refusal(Action.DELETE, "s", action, status))
            .as(action + "_" + status)
            .isEmpty();
      }
    }
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # States of a stack

            The state of a stack is an action and how far it is: `CREATE_COMPLETE`. This page is made from
            the table that the server itself goes by; `make docs` writes it.

            ## How an action goes

            ```mermaid
            stateDiagram-v2
            """);
    for (Action action : StackTransitions.STATES) {
      page.append("  [*] --> %1$s_IN_PROGRESS: Stack %1$s started\n".formatted(action));
      page.append(
          action == Action.DELETE
              ? "  DELETE_IN_PROGRESS --> DELETE_COMPLETE: Stack DELETE completed successfully, the name is free\n"
              : "  %1$s_IN_PROGRESS --> %1$s_COMPLETE: Stack %1$s completed successfully\n"
                  .formatted(action));
      page.append(
          "  %1$s_IN_PROGRESS --> %1$s_FAILED: Resource %1$s failed\\n"
              .formatted(action)
              .replace("\\n", "\n"));
      if (StackTransitions.canBeCancelled(action, false)) {
        page.append("  %1$s_IN_PROGRESS --> %1$s_FAILED: Stack %1$s cancelled\n".formatted(action));
      }
      if (StackTransitions.canBeCancelled(action, true)) {
        page.append("  %s_IN_PROGRESS --> ROLLBACK_IN_PROGRESS: cancel_update\n".formatted(action));
      }
      if (StackTransitions.rollsBack(action)) {
        page.append(
            "  %s_FAILED --> ROLLBACK_IN_PROGRESS: unless rollback is disabled\n"
                .formatted(action));
      }
    }
    page.append(
        """
        ```

        ## What can be asked in which state

        A request that is accepted while another is in progress supersedes it: what is begun is ended,
        nothing new of the older one is begun.

        """);
    page.append("| state | ")
        .append(
            StackTransitions.REQUESTS.stream().map(Action::name).collect(Collectors.joining(" | ")))
        .append(" |\n|---|")
        .append("---|".repeat(StackTransitions.REQUESTS.size()))
        .append("\n");
    for (Action action : StackTransitions.STATES) {
      for (Status status : Status.values()) {
        page.append("| %s_%s |".formatted(action, status));
        for (Action request : StackTransitions.REQUESTS) {
          page.append(" %s |".formatted(answer(request, action, status)));
        }
        page.append("\n");
      }
    }
    return page.append(
            """

            Requests that are refused get Heat's error with the reason, such as `Updating a stack when it is
            suspended is not supported. Resume it first.` That one is Heat's own rule (`update_stack` in its
            `engine/service.py`): an update would bring back into use what somebody took out of it. A `CHECK` or a `SNAPSHOT`
            of a stack of which something is still suspended fails, says so, and leaves it suspended; an update
            brings it back. A suspended resource that is marked unhealthy comes back with the next resume, where Heat fails, and
            the mark is over with that: a pod starts anew. One that is marked and never resumed is replaced by the next update
            that the stack takes; when the mark is taken back, it is suspended as before, where Heat forgets that. A `CHECK` that finds something wrong ends with
            `Resource CHECK failed: NAME: REASON; …`, one that cannot look at everything with `Stack CHECK
            completed successfully. 'CHECK' not fully supported (see resources)`, and what runs out of
            time says what it waited for: `Timed out while 0 of 1 signals received`. Resources tell
            `state changed`, `CREATE paused until Hook pre-create is cleared`, `Hook pre-create is cleared` and `Signal: …`.
            """)
        .toString();
  }

  private static String answer(Action request, Action action, Status status) {
    Optional<EngineException> refusal = StackTransitions.refusal(request, "NAME", action, status);
    if (refusal.isPresent()) {
      return "refused, " + refusal.get().code().heatType();
    }
    return StackTransitions.isDone(request, action, status) ? "nothing to do" : "accepted";
  }
}
