package io.hotpod.server.guest;

import io.hotpod.engine.Engine;
import io.hotpod.engine.signal.SignalAccess;
import io.hotpod.server.http.Router;

/** The routes for machines. Each request carries what shows that it may be made. */
public final class GuestApi {
  private static final String RESOURCE =
      SignalAccess.HEAT_PATH + "{project}/stacks/{name}/{id}/resources/{resource}";

  private GuestApi() {}

  /** Adds the routes. */
  public static void addTo(Router router, Engine engine) {
    GuestHandlers guests = new GuestHandlers(engine.guests());
    router.add("POST", RESOURCE + "/signal", guests::signal);
  }
}
