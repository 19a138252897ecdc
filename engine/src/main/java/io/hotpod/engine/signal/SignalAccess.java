package io.hotpod.engine.signal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.ResourceTable;
import io.hotpod.engine.store.StackTable;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * URLs and credentials with which a machine may signal one resource, and nothing else. They hold as
 * long as the resource lives. Thread-safe.
 */
public final class SignalAccess {
  /** Where machines find Heat's API as far as it is theirs; the server has its routes there. */
  public static final String HEAT_PATH = "/guest/v1/";

  /** Where machines find as much of the CloudFormation API as they need. */
  public static final String CFN_PATH = "/guest/cfn/v1/";

  /** Where machines log in as the users that are made for them. */
  public static final String IDENTITY_PATH = "/guest/identity/v3";

  /** Where machines leave objects. */
  public static final String OBJECT_PATH = "/guest/objects/";

  /** Where machines fetch their metadata under a signed URL. */
  public static final String METADATA_PATH = "/guest/metadata/";

  private static final String TOKEN = "token";
  private static final String PASSWORD = "password";

  /** Stands in no signature. */
  private static final char ROUND_END = '.';

  private static final Pattern RESOURCE = Pattern.compile("[?&]Resource=([0-9a-f-]{36})(&|$)");

  private final Database database;
  private final SigningKey key;
  private final PublicAddress address;

  public SignalAccess(Database database, SigningKey key, PublicAddress address) {
    this.database = database;
    this.key = key;
    this.address = address;
  }

  /**
   * The target that a stored resource is.
   *
   * @throws IllegalStateException when its stack is gone
   */
  public SignalTarget target(ResourceRecord resource) {
    return SignalTarget.of(
        database
            .read(handle -> StackTable.find(handle, resource.stackId()))
            .orElseThrow(
                () -> new IllegalStateException("there is no stack " + resource.stackId())),
        resource);
  }

  /** Everything that has a name now; several while one takes the place of the other. */
  public List<SignalTarget> incarnations(String project, String stackId, String resourceName) {
    return database.read(
        handle ->
            StackTable.find(handle, stackId)
                .filter(stack -> stack.project().equals(project))
                .map(
                    stack ->
                        ResourceTable.ofStack(handle, stackId).stream()
                            .filter(resource -> resource.name().equals(resourceName))
                            .map(resource -> SignalTarget.of(stack, resource))
                            .toList())
                .orElse(List.of()));
  }

  /** The target of that id, also while another takes its place; empty when it is gone. */
  public Optional<SignalTarget> byId(String resourceId) {
    return database.read(
        handle ->
            ResourceTable.find(handle, resourceId)
                .flatMap(
                    resource ->
                        StackTable.find(handle, resource.stackId())
                            .map(stack -> SignalTarget.of(stack, resource))));
  }

  /** A token that is taken for the signals of that resource only. */
  public String token(SignalTarget target) {
    return token(target, "");
  }

  /**
   * The same for one round.
   *
   * @param round what of the resource the signals are about, such as one run of a deployment; empty
   *     for all of it
   */
  public String token(SignalTarget target, String round) {
    return ofRound(TOKEN, target, round);
  }

  /** The round that a token of that resource is for; empty when it is no token of it. */
  public Optional<String> roundOfToken(SignalTarget target, String token) {
    return round(TOKEN, target, token);
  }

  /** A round's credential names the round, so that it can be checked without being stored. */
  private String ofRound(String purpose, SignalTarget target, String round) {
    return round.isEmpty()
        ? key.sign(purpose, target.parts())
        : round + ROUND_END + key.sign(purpose, signed(target, round));
  }

  private Optional<String> round(String purpose, SignalTarget target, String credential) {
    int end = credential.lastIndexOf(ROUND_END);
    String round = credential.substring(0, Math.max(end, 0));
    String signature = credential.substring(end + 1);
    boolean good =
        round.isEmpty()
            ? end < 0 && key.verify(purpose, target.parts(), signature)
            : key.verify(purpose, signed(target, round), signature);
    return good ? Optional.of(round) : Optional.empty();
  }

  /** Where a machine that has the token sends its signals. */
  public String endpoint(SignalTarget target) {
    return address.get()
        + HEAT_PATH
        + encode(target.project())
        + "/stacks/"
        + encode(target.stackName())
        + "/"
        + target.stackId()
        + "/resources/"
        + encode(target.resourceName())
        + "/signal";
  }

  /**
   * A URL that whoever has it may signal the resource with.
   *
   * @param purpose which of the ways
   * @param round what of the resource the signals are about, such as one run of a deployment; empty
   *     for all of it
   */
  public String signedUrl(SignalTarget target, SignedPurpose purpose, String round) {
    String path =
        switch (purpose) {
          case SIGNAL, WAIT_CONDITION ->
              CFN_PATH
                  + purpose.segment()
                  + "/"
                  + encode("arn:openstack:heat::" + target.project() + ":stacks")
                  + "/"
                  + encode(target.stackName())
                  + "/"
                  + target.stackId()
                  + "/resources/"
                  + encode(target.resourceName());
          case OBJECT, METADATA ->
              (purpose == SignedPurpose.OBJECT ? OBJECT_PATH : METADATA_PATH)
                  + encode(target.project())
                  + "/"
                  + target.stackId()
                  + "/"
                  + encode(target.resourceName());
        };
    return address.get()
        + path
        + "?Resource="
        + target.resourceId()
        + (round.isEmpty() ? "" : "&Round=" + encode(round))
        + "&Signature="
        + signature(target, purpose, round);
  }

  private String signature(SignalTarget target, SignedPurpose purpose, String round) {
    return key.sign(purpose.name(), signed(target, round));
  }

  private static List<String> signed(SignalTarget target, String round) {
    List<String> parts = new ArrayList<>(target.parts());
    parts.add(round);
    return parts;
  }

  /** Whether that is the signature of the URL for the resource. */
  public boolean isSigned(
      SignalTarget target, SignedPurpose purpose, String round, String signature) {
    return key.verify(purpose.name(), signed(target, round), signature);
  }

  /** The id of the resource that a handle is: itself, or what its URL names. */
  public static String resourceId(String handle) {
    Matcher url = RESOURCE.matcher(handle);
    return url.find() ? url.group(1) : handle;
  }

  /** The user that can signal the resource and read its metadata; its id tells which it is. */
  public String userId(SignalTarget target) {
    return target.resourceId();
  }

  /** The password of that user. */
  public String password(SignalTarget target) {
    return password(target, "");
  }

  /** The same for one round: what is signalled with it is about that round. */
  public String password(SignalTarget target, String round) {
    return ofRound(PASSWORD, target, round);
  }

  /** The round that a password of the resource's user is for; empty when it is not one. */
  public Optional<String> roundOfPassword(SignalTarget target, String password) {
    return round(PASSWORD, target, password);
  }

  /** The secret with which the user signs requests in the manner of EC2. */
  public String accessSecret(SignalTarget target) {
    return key.sign("ec2", target.parts());
  }

  /** Where machines find the CloudFormation API. */
  public String cfnUrl() {
    return address.get() + CFN_PATH;
  }

  /** Where machines find Heat's API in a project. */
  public String heatUrl(String project) {
    return address.get() + HEAT_PATH + encode(project);
  }

  /** Where the user logs in. */
  public String authUrl() {
    return address.get() + IDENTITY_PATH;
  }

  /** Everything that is needed to signal a resource in one of the ways, by Heat's names. */
  public ObjectNode credentials(SignalTarget target, SignalTransport transport) {
    ObjectNode credentials = JsonNodeFactory.instance.objectNode();
    switch (transport) {
      case CFN_SIGNAL -> credentials.put("alarm_url", signedUrl(target, SignedPurpose.SIGNAL, ""));
      case TEMP_URL_SIGNAL ->
          credentials.put("alarm_url", signedUrl(target, SignedPurpose.OBJECT, ""));
      case HEAT_SIGNAL ->
          credentials
              .put("alarm_url", endpoint(target))
              .put("auth_url", authUrl())
              .put("username", target.resourceName())
              .put("user_id", userId(target))
              .put("password", password(target))
              .put("project_id", target.project());
      case TOKEN_SIGNAL ->
          credentials.put("alarm_url", endpoint(target)).put("token", token(target));
      case NO_SIGNAL -> {}
    }
    return credentials;
  }

  /** Spells a text for one segment of a path. */
  static String encode(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
