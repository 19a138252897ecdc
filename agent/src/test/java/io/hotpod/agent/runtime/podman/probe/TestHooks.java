package io.hotpod.agent.runtime.podman.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.LifecycleHandlerBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.hotpod.agent.runtime.podman.libpod.Podman;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hooks by HTTP beside a probe of the same place. */
final class TestHooks {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final AtomicInteger asked = new AtomicInteger();
  private final Podman podman = new Podman(Path.of("/nowhere/podman.sock"));
  private final Prober prober =
      new Prober(
          podman, new ContainerBuilder().withName("main").build(), "id", 0, PodReach.MACHINE);
  private HttpServer server;

  @BeforeEach
  void begin() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(500, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void end() {
    server.stop(0);
    podman.close();
  }

  @Test
  void anAnswerIsEnoughForAHookWhateverItsStatus() throws Exception {
    int port = server.getAddress().getPort();

    assertThat(new Hooks(prober).run(hook(port), LONG)).isEmpty();
    assertThat(asked).hasValue(1);
    assertThat(prober.failure(probe(port), LONG))
        .contains("HTTP probe failed with statuscode: 500");
  }

  @Test
  void aHookThatNobodyAnswersFails() throws Exception {
    int port = server.getAddress().getPort();
    server.stop(0);

    assertThat(new Hooks(prober).run(hook(port), LONG).orElse(""))
        .startsWith("Get \"http://127.0.0.1:" + port + "/\"");
  }

  @Test
  void aPortThatTheContainerDoesNotNameFailsWhoeverAsks() throws Exception {
    LifecycleHandler hook =
        new LifecycleHandlerBuilder()
            .withNewHttpGet()
            .withPort(new IntOrString("web"))
            .endHttpGet()
            .build();
    Probe probe =
        new ProbeBuilder()
            .withNewTcpSocket()
            .withPort(new IntOrString("web"))
            .endTcpSocket()
            .build();

    assertThat(new Hooks(prober).run(hook, LONG)).contains("container main has no port named web");
    assertThat(prober.failure(probe)).contains("container main has no port named web");
  }

  private static LifecycleHandler hook(int port) {
    return new LifecycleHandlerBuilder().withNewHttpGet().withNewPort(port).endHttpGet().build();
  }

  private static Probe probe(int port) {
    return new ProbeBuilder().withNewHttpGet().withNewPort(port).endHttpGet().build();
  }
}
