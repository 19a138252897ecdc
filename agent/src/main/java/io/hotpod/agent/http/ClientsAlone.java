package io.hotpod.agent.http;

import io.helidon.service.registry.GlobalServiceRegistry;
import io.helidon.service.registry.ServiceRegistryConfig;
import io.helidon.service.registry.ServiceRegistryManager;

/**
 * For a process that lives for a moment and talks to Podman only. The HTTP client looks for parts
 * of itself in every archive of the class path, which takes a sixth of the process's time, and
 * needs none of them.
 */
public final class ClientsAlone {
  private ClientsAlone() {}

  /**
   * Has nothing be looked for in this process. First of all, and not in a process that has a
   * server.
   */
  public static void ofThisProcess() {
    GlobalServiceRegistry.registry(
        ServiceRegistryManager.create(
                ServiceRegistryConfig.builder()
                    .discoverServices(false)
                    .discoverServicesFromServiceLoader(false)
                    .build())
            .registry());
  }
}
