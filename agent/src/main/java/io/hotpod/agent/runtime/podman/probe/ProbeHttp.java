package io.hotpod.agent.runtime.podman.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.fabric8.kubernetes.api.model.HTTPHeader;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The GET of an HTTP probe, by what a kubelet does: the headers that the probe names, {@code Host}
 * among them; any certificate; redirects to the same host are followed, to another they count as an
 * answer. The body is not read. One deadline is for everything together.
 *
 * @param pod where it is asked
 * @param headers of the probe, in their order
 */
record ProbeHttp(PodReach pod, List<HTTPHeader> headers) {
  private static final int MOST_REDIRECTS = 10;
  private static final int LONGEST_LINE = 16 << 10;
  private static final int MOST_LINES = 200;

  /** What a server said: its status and where it sends the client. */
  private record Answer(int status, Optional<String> location) {}

  /**
   * @return the status
   * @throws IOException when there is no answer
   */
  int get(URI url, Duration longest) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    URI next = url;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      Answer answer = ask(next, Duration.ofNanos(deadline - System.nanoTime()));
      Optional<URI> target = target(next, answer);
      if (target.isEmpty() || !target.get().getHost().equals(url.getHost())) {
        return answer.status();
      }
      next = target.get();
    }
    throw new IOException("stopped after " + MOST_REDIRECTS + " redirects");
  }

  private static Optional<URI> target(URI from, Answer answer) throws IOException {
    boolean sent =
        switch (answer.status()) {
          case 301, 302, 303, 307, 308 -> true;
          default -> false;
        };
    if (!sent || answer.location().isEmpty()) {
      return Optional.empty();
    }
    try {
      URI target = from.resolve(answer.location().get());
      return Optional.of(target).filter(one -> one.getHost() != null);
    } catch (IllegalArgumentException e) {
      throw new IOException("the redirect cannot be read: " + answer.location().get(), e);
    }
  }

  private Answer ask(URI url, Duration longest) throws IOException, InterruptedException {
    if (longest.isNegative() || longest.isZero()) {
      throw new SocketTimeoutException("timed out");
    }
    boolean secure = "https".equals(url.getScheme());
    int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
    long began = System.nanoTime();
    try (Socket plain = pod.connect(port, longest);
        Deadline deadline =
            Deadline.closing(plain, longest.minusNanos(System.nanoTime() - began))) {
      try (Socket socket = secure ? AnyCertificate.over(plain, url.getHost(), port) : plain) {
        socket.getOutputStream().write(request(url));
        return read(new BufferedInputStream(socket.getInputStream()));
      } catch (IOException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException("a probe is not waited for");
        }
        throw deadline.passed() ? new SocketTimeoutException("timed out") : e;
      }
    }
  }

  private byte[] request(URI url) {
    StringBuilder text = new StringBuilder("GET ");
    text.append(url.getRawPath().isEmpty() ? "/" : url.getRawPath());
    if (url.getRawQuery() != null) {
      text.append('?').append(url.getRawQuery());
    }
    text.append(" HTTP/1.1\r\n");
    line(text, "Host", named("Host").orElse(url.getRawAuthority()));
    line(text, "Connection", "close");
    if (named("User-Agent").isEmpty()) {
      line(text, "User-Agent", "kube-probe/hotpod");
    }
    if (named("Accept").isEmpty()) {
      line(text, "Accept", "*/*");
    }
    for (HTTPHeader header : headers) {
      if (!header.getName().equalsIgnoreCase("Host")
          && !header.getName().equalsIgnoreCase("Connection")) {
        line(text, header.getName(), header.getValue() == null ? "" : header.getValue());
      }
    }
    return text.append("\r\n").toString().getBytes(ISO_8859_1);
  }

  private Optional<String> named(String name) {
    return headers.stream()
        .filter(header -> header.getName().equalsIgnoreCase(name))
        .map(HTTPHeader::getValue)
        .findFirst();
  }

  private static void line(StringBuilder text, String name, String value) {
    if ((name + value).chars().anyMatch(each -> each == '\r' || each == '\n')) {
      throw new IllegalArgumentException("header " + name.strip() + " has more than one line");
    }
    text.append(name).append(": ").append(value).append("\r\n");
  }

  private static Answer read(InputStream input) throws IOException {
    String first = line(input);
    // HTTP/1.1 200 OK
    String[] words = first.split(" ", 3);
    if (!first.startsWith("HTTP/") || words.length < 2 || !words[1].matches("\\d{3}")) {
      throw new IOException("malformed HTTP response \"" + first + "\"");
    }
    Optional<String> location = Optional.empty();
    int lines = 0;
    for (String line = line(input); !line.isEmpty(); line = line(input)) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).strip().equalsIgnoreCase("Location")) {
        location = Optional.of(line.substring(colon + 1).strip());
      }
      if (++lines > MOST_LINES) {
        throw new IOException("the answer has more than " + MOST_LINES + " headers");
      }
    }
    return new Answer(Integer.parseInt(words[1]), location);
  }

  private static String line(InputStream input) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int one = input.read(); one != '\n'; one = input.read()) {
      if (one < 0) {
        throw new IOException("EOF");
      }
      if (line.size() >= LONGEST_LINE) {
        throw new IOException("a line of the answer is longer than " + LONGEST_LINE + " bytes");
      }
      line.write(one);
    }
    return line.toString(ISO_8859_1).strip();
  }
}
