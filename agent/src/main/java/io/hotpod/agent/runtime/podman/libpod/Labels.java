package io.hotpod.agent.runtime.podman.libpod;

import io.hotpod.agent.runtime.Marks;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The labels by which an agent knows what is its own. */
public final class Labels {
  /** On pods and containers: the instance whose agent made it. */
  public static final String INSTANCE = Marks.INSTANCE;

  /** On pods and containers: id of the desired pod. */
  public static final String POD = Marks.POD;

  /** On pods: the modification token of the content that it was made from. */
  public static final String TOKEN = Marks.TOKEN;

  /** On pods: the name in the manifest. */
  public static final String POD_NAME = "hotpod.io/pod-name";

  /**
   * On pods: how many seconds its containers have to end, for an agent that knows no more of it.
   */
  public static final String GRACE = "hotpod.io/grace-seconds";

  /**
   * On pods: the ports of the machine that it has, for an agent that knows no more of it, see
   * {@link io.hotpod.agent.runtime.podman.HostPortLabel}.
   */
  public static final String HOST_PORTS = "hotpod.io/host-ports";

  /** On containers: the name in the manifest. */
  public static final String CONTAINER = "hotpod.io/container";

  /** On containers: how many of the same name this pod had before, which is its restart count. */
  public static final String ATTEMPT = "hotpod.io/attempt";

  /** On sidecars: their place among them; the last one is stopped first. */
  public static final String SIDECAR = "hotpod.io/sidecar";

  /**
   * On containers with a preStop hook: what has to be known to carry it out, see {@link
   * io.hotpod.agent.runtime.podman.Farewell}.
   */
  public static final String FAREWELL = "hotpod.io/pre-stop";

  private Labels() {}

  /** Labels as Podman tells them. */
  public static Map<String, String> read(JsonNode labels) {
    Map<String, String> read = new TreeMap<>();
    labels
        .propertyStream()
        .forEach(entry -> read.put(entry.getKey(), entry.getValue().asString("")));
    return read;
  }
}
