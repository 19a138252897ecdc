package io.hotpod.server.guest;

import io.hotpod.engine.Engine;
import io.hotpod.engine.signal.GuestService;
import io.hotpod.engine.signal.SignalAccess;
import io.hotpod.server.http.Router;
import java.time.Clock;

/** The routes for machines. Each request carries what shows that it may be made. */
public final class GuestApi {
  private static final String RESOURCE =
      SignalAccess.HEAT_PATH + "{project}/stacks/{name}/{id}/resources/{resource}";
  private static final String EC2_TOKENS = "/ec2tokens";
  private static final String VERSION_3 = "/v3";
  private static final String VERSION_2 = "/v2.0";
  private static final String CFN = "/guest/cfn/v1";
  private static final String ARN = "/{arn}/{name}/{id}/resources/{resource}";
  private static final String PLACE = "{project}/{id}/{resource}";

  private GuestApi() {}

  /** Adds the routes. */
  public static void addTo(Router router, Engine engine, Clock clock) {
    GuestService guests = engine.guests();
    GuestHandlers heat = new GuestHandlers(guests);
    router.add("POST", RESOURCE + "/signal", heat::signal);
    router.add("GET", RESOURCE + "/metadata", heat::metadata);
    IdentityHandlers identity = new IdentityHandlers(guests, clock);
    router.add("GET", SignalAccess.IDENTITY_PATH, identity::version);
    router.add("POST", SignalAccess.IDENTITY_PATH + "/auth/tokens", identity::login);
    addEc2Tokens(router, identity, SignalAccess.IDENTITY_PATH);
    CfnHandlers cfn = new CfnHandlers(guests);
    router.add("GET", CFN, CfnRefusals.of(cfn::describe));
    router.add("POST", CFN + "/signal" + ARN, CfnRefusals.of(cfn::signal));
    router.add("PUT", CFN + "/waitcondition" + ARN, CfnRefusals.of(cfn::waitCondition));
    ObjectHandlers objects = new ObjectHandlers(guests);
    for (String method : new String[] {"GET", "HEAD"}) {
      router.add(method, SignalAccess.OBJECT_PATH + PLACE, objects::get);
      router.add(method, SignalAccess.METADATA_PATH + PLACE, objects::metadata);
    }
    router.add("PUT", SignalAccess.OBJECT_PATH + PLACE, objects::put);
  }

  /**
   * Adds the route by which the keys of machines count at the server's own Identity API too.
   *
   * @param identity where that API is, such as {@code /identity/v3}; its older form is beside it
   */
  public static void addEc2Tokens(Router router, Engine engine, Clock clock, String identity) {
    addEc2Tokens(router, new IdentityHandlers(engine.guests(), clock), identity);
  }

  private static void addEc2Tokens(Router router, IdentityHandlers handlers, String identity) {
    router.add("POST", identity + EC2_TOKENS, handlers::loginBySignature);
    String older = identity.substring(0, identity.length() - VERSION_3.length()) + VERSION_2;
    router.add("POST", older + EC2_TOKENS, handlers::loginBySignatureVersion2);
  }
}
