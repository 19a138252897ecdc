package io.hotpod.cli.process;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where a server listens.
 *
 * @param host a name or address; an IPv6 address without brackets
 * @param port 0 takes a free one
 */
record Listen(String host, int port) {
  static final Listen USUAL = new Listen("127.0.0.1", 8004);

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  /** Reads {@code 127.0.0.1:8004}, {@code [::1]:8004}. */
  static final class Converter implements ITypeConverter<Listen> {
    @Override
    public Listen convert(String text) {
      int colon = text.lastIndexOf(':');
      String host = colon < 0 ? "" : text.substring(0, colon);
      if (host.startsWith("[") && host.endsWith("]")) {
        host = host.substring(1, host.length() - 1);
      }
      String port = text.substring(colon + 1);
      if (host.isEmpty() || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
        throw new TypeConversionException("'" + text + "' is not HOST:PORT, such as " + USUAL);
      }
      return new Listen(host, Integer.parseInt(port));
    }
  }
}
