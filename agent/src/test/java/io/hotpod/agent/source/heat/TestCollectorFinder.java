package io.hotpod.agent.source.heat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.agent.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TestCollectorFinder {
  private static final CollectorSettings.Heat HEAT =
      new CollectorSettings.Heat(
          new KeystoneCredentials("http://h:5000/v3", "u", "p #1;%$=", "p1", "RegionOne"),
          "shop/1",
          "server");
  private static final String HEAT_SECTION =
      """
      [heat]
      auth_url = http://h:5000/v3
      user_id = u
      password = p #1;%$=
      project-id: p1
      region_name = RegionOne
      stack_id = shop/1
      resource_name = server
      """;

  @TempDir Path root;

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.resolve("..").normalize());
    Files.writeString(path, text);
  }

  private CollectorFinder.Found find() {
    return new CollectorFinder(InstanceFiles.below(root)).find();
  }

  @Test
  void readsTheConfigurationOfOsCollectConfig() throws IOException {
    write(
        "etc/os-collect-config.conf",
        """
        # written once
        [DEFAULT]
        collectors = heat
        collectors = local
        polling_interval = 5
        """
            + HEAT_SECTION);

    assertThat(find().settings()).isEqualTo(HEAT);
    assertThat(find().pollingInterval()).contains(Duration.ofSeconds(5));
  }

  @Test
  void readsACfnSectionWhoseUrlStandsElsewhere() throws IOException {
    write(
        "etc/os-collect-config.conf",
        """
        [cfn]
        access_key_id = k
        secret_access_key = s
        stack_name = shop
        path = server.Metadata
        path = other.Metadata
        """);
    write("var/lib/heat-cfntools/cfn-metadata-server", "http://10.0.0.2:8000\n");

    assertThat(find().settings())
        .isEqualTo(
            new CollectorSettings.Cfn(
                "http://10.0.0.2:8000/v1/", "k", "s", "shop", "server.Metadata"));
  }

  @Test
  void readsWhatCloudInitLeft() throws IOException {
    write("etc/os-collect-config.conf", "[DEFAULT]\ncommand = os-refresh-config\n");
    write(
        "var/lib/heat-cfntools/cfn-init-data",
        """
        {"deployments": [], "os-collect-config": {"collectors": ["request", "local"],
          "request": {"metadata_url": "http://swift/object?temp_url_sig=1"}}}\
        """);

    assertThat(find().settings())
        .isEqualTo(new CollectorSettings.Request("http://swift/object?temp_url_sig=1"));
  }

  @Test
  void takesTheListOfDeploymentsWhereNothingSaysWhereHeatIs() throws IOException {
    write("var/run/heat-config/heat-config", "[]");

    assertThat(find().settings())
        .isEqualTo(
            new CollectorSettings.Local(
                root.resolve("var/run/heat-config/heat-config").toString()));
  }

  @Test
  void saysWhereItLooked() {
    assertThatThrownBy(this::find)
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("etc/os-collect-config.conf")
        .hasMessageContaining("cfn-init-data");
  }

  @Test
  void followsWhatHeatSaidForAsLongAsTheFilesAreTheSame() throws IOException {
    CollectorMemory memory = new CollectorMemory(root.resolve("memory"));
    CollectorSettings told = new CollectorSettings.Request("http://swift/object");
    assertThat(memory.recall(HEAT)).isEqualTo(HEAT);

    memory.remember(HEAT, told);

    assertThat(new CollectorMemory(root.resolve("memory")).recall(HEAT)).isEqualTo(told);
    CollectorSettings other = new CollectorSettings.Local("/elsewhere");
    assertThat(memory.recall(other)).isEqualTo(other);
    Files.writeString(root.resolve("memory"), "{");
    assertThat(memory.recall(HEAT)).isEqualTo(HEAT);
  }
}
