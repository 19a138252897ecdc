package io.hotpod.template;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code make_url}: a URL of its parts, quoted as Python's {@code urllib} quotes them. */
final class UrlMaker {
  private static final List<String> TEXTS =
      List.of("scheme", "username", "password", "host", "path", "fragment");
  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,40}");
  private static final int LARGEST_PORT = 65_535;

  /** The schemes whose URLs have {@code //} even without a host. */
  private static final Set<String> WITH_AUTHORITY =
      Set.of(
          "ftp",
          "http",
          "gopher",
          "nntp",
          "telnet",
          "imap",
          "wais",
          "file",
          "mms",
          "https",
          "shttp",
          "snews",
          "prospero",
          "rtsp",
          "rtspu",
          "rsync",
          "svn",
          "svn+ssh",
          "sftp",
          "nfs",
          "git",
          "git+ssh",
          "ws",
          "wss");

  private UrlMaker() {}

  static JsonNode make(JsonNode parts, PlainFunction.Call call) throws FunctionException {
    for (String name : TEXTS) {
      JsonNode part = parts.path(name);
      if (!part.isMissingNode() && !part.isString()) {
        throw new FunctionException(
            "The \"" + name + "\" argument to \"make_url\" must be a string");
      }
    }
    JsonNode query = parts.path("query");
    if (!query.isMissingNode() && !query.isObject()) {
      throw new FunctionException("The \"query\" argument to \"make_url\" must be a map");
    }
    String scheme = text(parts, "scheme");
    if (scheme.contains(":")) {
      throw new FunctionException("URL \"scheme\" should not contain ':'");
    }
    String authority = credentials(parts) + host(parts) + port(parts);
    String path = quote(text(parts, "path"), "/");
    boolean slashes =
        !authority.isEmpty() || (WITH_AUTHORITY.contains(scheme) && !path.startsWith("//"));
    if (slashes && !path.isEmpty() && !path.startsWith("/")) {
      path = "/" + path;
    }
    String url =
        (scheme.isEmpty() ? "" : scheme + ":")
            + (slashes ? "//" + authority : "")
            + path
            + query(query).map(text -> "?" + text).orElse("")
            + (text(parts, "fragment").isEmpty() ? "" : "#" + quote(text(parts, "fragment"), "/"));
    call.charge().accept(url.length());
    return JsonNodeFactory.instance.stringNode(url);
  }

  private static String text(JsonNode parts, String name) {
    return parts.path(name).asString("");
  }

  private static String credentials(JsonNode parts) {
    String user = text(parts, "username");
    String password = text(parts, "password");
    if (user.isEmpty() && password.isEmpty()) {
      return "";
    }
    return quote(user, "") + (password.isEmpty() ? "" : ":" + quote(password, "")) + "@";
  }

  private static String host(JsonNode parts) {
    String host = text(parts, "host");
    if (host.startsWith("[") && host.endsWith("]") && host.length() > 1) {
      host = host.substring(1, host.length() - 1);
    }
    // Only the address of IPv6 has colons.
    return host.contains(":") ? "[" + quote(host, ":") + "]" : quote(host, "");
  }

  private static String port(JsonNode parts) throws FunctionException {
    JsonNode port = parts.path("port");
    if (port.isMissingNode()) {
      return "";
    }
    String text = port.isContainer() || port.isNull() ? "" : PythonText.str(port);
    boolean number = port.isNumber() || port.isBoolean();
    if (!number && !INTEGER.matcher(text.strip()).matches()) {
      throw new FunctionException("Invalid URL port \"" + text + "\"");
    }
    long value = TextFunctions.integer(port).map(java.math.BigInteger::longValue).orElse(0L);
    if (value < 1 || value > LARGEST_PORT) {
      throw new FunctionException("Invalid URL port " + value + ", must be in range 1-65535");
    }
    return ":" + text;
  }

  private static Optional<String> query(JsonNode query) {
    if (query.isMissingNode() || query.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, JsonNode> entry : query.properties()) {
      text.append(text.isEmpty() ? "" : "&")
          .append(quoteInQuery(entry.getKey()))
          .append('=')
          .append(quoteInQuery(PythonText.strOfAny(entry.getValue())));
    }
    return Optional.of(text.toString());
  }

  private static String quoteInQuery(String text) {
    return quote(text, "/ ").replace(' ', '+');
  }

  /** Everything but letters, digits, {@code _.-~} and the safe characters as {@code %XX}. */
  private static String quote(String text, String safe) {
    StringBuilder quoted = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              if (isPlain(point) || safe.indexOf(point) >= 0) {
                quoted.appendCodePoint(point);
              } else {
                quoted.append(
                    point == ' '
                        ? "%20"
                        : point == '*'
                            ? "%2A"
                            : URLEncoder.encode(Character.toString(point), StandardCharsets.UTF_8));
              }
            });
    return quoted.toString();
  }

  private static boolean isPlain(int point) {
    return (point >= 'a' && point <= 'z')
        || (point >= 'A' && point <= 'Z')
        || (point >= '0' && point <= '9')
        || "_.-~".indexOf(point) >= 0;
  }
}
