package io.hotpod.cli.process;

import io.hotpod.agent.AgentSettings;
import io.hotpod.agent.hook.Hook;
import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.FileReasons;
import io.hotpod.cli.session.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Deploys one config for heat-config and ends; the pods go on. */
@Command(
    name = "hook",
    description = {
      "Be heat-config's hook for the group kubelet: a config in JSON on standard input,",
      "outputs in JSON on standard output. It ends with 0 also when the deployment failed,",
      "as heat-config wants it: deploy_status_code tells."
    })
public final class RunHook implements Runnable {
  private final Session session;

  @Mixin private final StateOptions state = new StateOptions();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The machine's name, the same always (default: ${DEFAULT-VALUE}).")
  private String name = HeatOptions.USUAL_NAME;

  @Mixin private final RuntimeOptions runtime = new RuntimeOptions();

  RunHook(Session session) {
    this.session = session;
  }

  /**
   * Reads the arguments in their usual form, {@code hook} and then options, without picocli.
   *
   * @return empty when they are anything else, or not known here
   */
  public static Optional<RunHook> read(Session session, List<String> arguments) {
    if (arguments.isEmpty() || !arguments.getFirst().equals("hook")) {
      return Optional.empty();
    }
    RunHook hook = new RunHook(session);
    List<String> words = arguments.subList(1, arguments.size());
    return UsualForm.read(words, StateOptions.FLAGS, hook::set)
        ? Optional.of(hook)
        : Optional.empty();
  }

  private boolean set(String option, String value) {
    if (option.equals("--name")) {
      name = value;
      return true;
    }
    return state.set(option, value) || runtime.set(option, value);
  }

  @Override
  public void run() {
    ProcessLog.start(state.verbose);
    Path directory = state.directory(session, HeatOptions.DIRECTORY);
    StateLock lock = StateLock.take(directory);
    try {
      AgentSettings settings =
          runtime.apply(
              session,
              AgentSettings.withoutServer(name, directory),
              runtime.podmanSocket(session),
              runtime.kubelet(session));
      JsonNode config = JsonMapper.shared().readTree(System.in.readAllBytes());
      session.print(JsonMapper.shared().writeValueAsString(new Hook(settings).run(config)));
    } catch (JacksonException e) {
      throw CommandFailure.of("standard input is not a config in JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw CommandFailure.of("the hook cannot run: " + FileReasons.of(e) + ".");
    } catch (IllegalStateException e) {
      throw CommandFailure.of("the hook cannot run: " + e.getMessage() + ".");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.of("interrupted while deploying.");
    } finally {
      lock.close();
    }
  }
}
