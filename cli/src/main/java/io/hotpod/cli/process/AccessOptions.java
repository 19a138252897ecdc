package io.hotpod.cli.process;

import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.Session;
import io.hotpod.server.ApiSettings;
import io.hotpod.server.AuthenticationKind;
import io.hotpod.server.ServerSettings;
import io.hotpod.server.fetch.AllowedPlace;
import io.hotpod.server.fetch.FetchPolicy;
import io.hotpod.server.tls.TlsFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** How a server finds out who asks, and what it shows of itself. picocli fills the fields. */
final class AccessOptions {
  /** As they are named on the command line. */
  enum Kind {
    none,
    tokens,
    keystone
  }

  @Option(
      names = "--authentication",
      paramLabel = "none|tokens|keystone",
      description = {
        "How it finds out who asks (default: ${DEFAULT-VALUE}).",
        "none: not at all, only on the loopback interface; tokens: by a file of users;",
        "keystone: by the tokens of an OpenStack Keystone."
      })
  private Kind kind = Kind.none;

  @Option(
      names = "--users",
      paramLabel = "FILE",
      description = "The file of users, which 'hotpod user' writes; for tokens.")
  private String users = "";

  @Option(
      names = "--keystone-url",
      paramLabel = "URL",
      description = "The Identity API of Keystone, such as https://HOST:5000/v3; for keystone.")
  private String keystone = "";

  @Option(
      names = "--keystone-user",
      paramLabel = "FILE",
      description = {
        "As whom Keystone is asked: username, password, project_name, and if need be",
        "user_domain_name and project_domain_name; for keystone."
      })
  private String keystoneUser = "";

  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      description = {
        "The server's certificate and those that lead to an authority, PEM;",
        "read again when it changes."
      })
  private String certificate = "";

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The certificate's private key, PEM (PKCS #8).")
  private String key = "";

  @Option(
      names = "--allow-cleartext",
      description = "Listen also where other machines reach it without TLS.")
  private boolean cleartext;

  @Option(
      names = "--audit-log",
      paramLabel = "FILE",
      description =
          "Every change that is asked for, a JSON line each"
              + " (default: audit.log in the state directory).")
  private String audit = "";

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      description = {
        "Where clients and machines reach it, when that is not where it listens, such as behind a",
        "proxy: links, redirects and signed URLs begin so."
      })
  private String publicUrl = "";

  @Option(
      names = "--peer-url",
      paramLabel = "URL",
      description = {
        "Where the other servers on the same PostgreSQL reach this one itself, when that is not",
        "where it listens: logs and commands go from server to server (default: where it listens,",
        "or the name of its machine when that is everywhere)."
      })
  private String peerUrl = "";

  @Option(
      names = "--hidden-tag",
      paramLabel = "TAG",
      description = {
        "Stacks with this tag are listed only when a list asks for hidden ones; may be repeated",
        "(default: data-processing-cluster, as in Heat)."
      })
  private List<String> hiddenTags = new ArrayList<>();

  @Option(
      names = "--fetch-allow",
      paramLabel = "PLACE",
      description = {
        "A host, HOST:PORT, or the beginning of a URL from where templates and files that requests",
        "name by URL may be read; may be repeated (default: nothing is read)."
      })
  private List<String> fetchAllow = new ArrayList<>();

  @Option(
      names = "--fetch-allow-internal",
      paramLabel = "PLACE",
      description =
          "The same, also where its address is loopback, link-local or private; may be repeated.")
  private List<String> fetchAllowInternal = new ArrayList<>();

  /**
   * Adds what was chosen to the settings.
   *
   * @param directory of the server's state
   */
  ServerSettings apply(Session session, Path directory, ServerSettings settings) {
    if (certificate.isEmpty() != key.isEmpty()) {
      throw CommandFailure.usage("--tls-certificate and --tls-key go together.");
    }
    ServerSettings chosen =
        settings
            .withAuthentication(kind(session, directory))
            .withAudit(audit.isEmpty() ? directory.resolve("audit.log") : session.path(audit));
    if (!certificate.isEmpty()) {
      chosen = chosen.withTls(new TlsFiles(session.path(certificate), session.path(key)));
    }
    chosen = chosen.withApi(api(session));
    return cleartext ? chosen.withCleartext() : chosen;
  }

  private ApiSettings api(Session session) {
    ApiSettings api = ApiSettings.DEFAULT;
    try {
      if (!publicUrl.isEmpty()) {
        api = api.withPublicUrl(session.url(publicUrl, "--public-url"));
      }
    } catch (IllegalArgumentException refusal) {
      throw CommandFailure.usage("--public-url: " + refusal.getMessage() + ".");
    }
    try {
      if (!peerUrl.isEmpty()) {
        api = api.withPeerUrl(session.url(peerUrl, "--peer-url"));
      }
    } catch (IllegalArgumentException refusal) {
      throw CommandFailure.usage("--peer-url: " + refusal.getMessage() + ".");
    }
    api = api.withFetch(fetchPolicy());
    return hiddenTags.isEmpty() ? api : api.withHiddenTags(Set.copyOf(hiddenTags));
  }

  private FetchPolicy fetchPolicy() {
    List<AllowedPlace> places = new ArrayList<>();
    try {
      fetchAllow.forEach(text -> places.add(AllowedPlace.parse(text, false)));
      fetchAllowInternal.forEach(text -> places.add(AllowedPlace.parse(text, true)));
    } catch (IllegalArgumentException refusal) {
      throw CommandFailure.usage(
          "--fetch-allow, --fetch-allow-internal: " + refusal.getMessage() + ".");
    }
    return FetchPolicy.of(places);
  }

  private AuthenticationKind kind(Session session, Path directory) {
    if (kind != Kind.tokens && !users.isEmpty()) {
      throw CommandFailure.usage("--users goes with --authentication tokens.");
    }
    if (kind != Kind.keystone && !(keystone + keystoneUser).isEmpty()) {
      throw CommandFailure.usage(
          "--keystone-url and --keystone-user go with --authentication keystone.");
    }
    return switch (kind) {
      case none -> new AuthenticationKind.None();
      case tokens -> {
        if (users.isEmpty()) {
          throw CommandFailure.usage(
              "--users is missing: the file of users.", "'hotpod user add' makes one.");
        }
        yield new AuthenticationKind.Tokens(session.path(users), directory);
      }
      case keystone -> {
        if (keystone.isEmpty() || keystoneUser.isEmpty()) {
          throw CommandFailure.usage(
              "--keystone-url and --keystone-user are both needed to ask Keystone.");
        }
        yield new AuthenticationKind.Keystone(
            session.url(keystone, "--keystone-url"), session.path(keystoneUser));
      }
    };
  }
}
