package io.hotpod.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TestHostPorts {
  private static HostPorts of(String spec) {
    return HostPorts.of(PodJson.read(("{'spec':{" + spec + "}}").replace('\'', '"'), Pod.class));
  }

  private static HostPorts port(String port) {
    return of("'containers':[{'name':'m','ports':[{'containerPort':80" + port + "}]}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`,'hostPort':1`                          | `,'hostPort':1`                          | 1",
        "`,'hostPort':1`                          | `,'hostPort':2`                          | 0",
        "`,'hostPort':1`                          | ``                                       | 0",
        "`,'hostPort':1,'protocol':'TCP'`         | `,'hostPort':1`                          | 1",
        "`,'hostPort':1,'protocol':'UDP'`         | `,'hostPort':1`                          | 0",
        "`,'hostPort':1,'hostIP':'127.0.0.1'`     | `,'hostPort':1,'hostIP':'127.0.0.2'`     | 0",
        "`,'hostPort':1,'hostIP':'127.0.0.1'`     | `,'hostPort':1,'hostIP':'127.0.0.1'`     | 1",
        "`,'hostPort':1,'hostIP':'127.0.0.1'`     | `,'hostPort':1,'hostIP':'0.0.0.0'`       | 1",
        "`,'hostPort':1,'hostIP':'127.0.0.1'`     | `,'hostPort':1,'hostIP':'::'`            | 1",
        "`,'hostPort':1,'hostIP':'127.0.0.1'`     | `,'hostPort':1`                          | 1",
      })
  void portsCollideByNumberProtocolAndAddress(String left, String right, int colliding) {
    assertThat(port(left).colliding(port(right))).hasSize(colliding);
    assertThat(port(right).colliding(port(left))).hasSize(colliding);
  }

  @Test
  void portOfAContainerIsOneOfTheHostOnItsNetworkOnly() {
    String containers =
        "'initContainers':[{'name':'i','ports':[{'containerPort':9,'protocol':'UDP'}]}],"
            + "'containers':[{'name':'m','ports':[{'containerPort':80},{'containerPort':80}]}]";

    assertThat(of(containers).isEmpty()).isTrue();
    assertThat(of("'hostNetwork':true," + containers).ports()).hasToString("[9/UDP, 80/TCP]");
  }
}
