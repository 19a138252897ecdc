package io.hotpod.agent.source.heat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.agent.source.SourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

final class TestDeployments {
  private static final String COMPONENT =
      """
      {"configs": [
        {"actions": ["CREATE", "UPDATE"], "tool": "kubelet", "config": %s},
        {"actions": ["SUSPEND"], "tool": "script", "config": "echo sleep well"}]}\
      """
          .formatted(HeatConfig.MANIFEST);

  @Test
  void readsADeploymentOfAStack() {
    HeatDeployment deployment = HeatConfig.of("c1", "UPDATE").read();

    assertThat(deployment.id()).isEqualTo("c1");
    assertThat(deployment.action()).isEqualTo(DeployAction.UPDATE);
    assertThat(deployment.title()).isEqualTo("shop/web");
    assertThat(deployment.config().path("id").asString("")).isEqualTo("web");
    assertThat(deployment.transport()).isEqualTo(new SignalTransport.None());
  }

  @Test
  void keepsTheOrderAndLeavesOtherToolsAlone() {
    assertThat(
            Deployments.of(
                HeatConfig.list(
                    HeatConfig.of("c1", "CREATE"),
                    HeatConfig.of("c2", "CREATE").with("group", "\"script\""),
                    HeatConfig.of("c3", "CREATE"))))
        .extracting(HeatDeployment::id)
        .containsExactly("c1", "c3");
  }

  @Test
  void podStaysTheSameOverConfigsOfOneResourceOnly() {
    String pod = HeatConfig.of("c1", "CREATE").read().podId();

    assertThat(HeatConfig.of("c2", "UPDATE").read().podId()).isEqualTo(pod);
    assertThat(HeatConfig.of("c1", "CREATE").resource("db").read().podId()).isNotEqualTo(pod);
    assertThat(HeatConfig.alone("c1").read().podId())
        .isNotEqualTo(HeatConfig.alone("c2").read().podId());
  }

  @ParameterizedTest
  @CsvSource({"CREATE,CREATE", "UPDATE,UPDATE", "SUSPEND,ELSEWHERE", "DELETE,ELSEWHERE"})
  void takesThePartOfAComponentThatIsForTheAction(String action, DeployAction expected) {
    HeatDeployment deployment =
        HeatConfig.of("c1", action).with("group", "\"component\"").manifest(COMPONENT).read();

    assertThat(deployment.action()).isEqualTo(expected);
    if (expected != DeployAction.ELSEWHERE) {
      assertThat(deployment.config().path("id").asString("")).isEqualTo("web");
    }
  }

  @Test
  void leavesAComponentWithoutPodsAlone() {
    assertThat(
            Deployments.one(
                HeatConfig.of("c1", "CREATE")
                    .with("group", "\"component\"")
                    .manifest("{\"configs\": [{\"actions\": [\"CREATE\"], \"tool\": \"script\"}]}")
                    .json()))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "\"\"", "7", "[7]", "[{}]", "[{\"group\": \"kubelet\"}]"})
  void nonsenseIsNoEmptyList(String json) {
    assertThatThrownBy(() -> Deployments.of(JsonMapper.shared().readTree(json)))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("the metadata has");
  }

  @Test
  void readsEachWayToSignal() {
    assertThat(
            HeatConfig.of("c1", "CREATE")
                .input("deploy_signal_id", "http://h/v1/signal?Signature=s3cret")
                .input("deploy_signal_verb", "POST")
                .read()
                .transport())
        .isEqualTo(new SignalTransport.SignedUrl("POST", "http://h/v1/signal?Signature=s3cret"))
        .hasToString("POST http://h/v1/signal");
    assertThat(
            HeatConfig.of("c1", "CREATE")
                .input("deploy_signal_id", "http://swift/object")
                .input("deploy_signal_verb", "PUT")
                .read()
                .transport())
        .isEqualTo(new SignalTransport.SignedUrl("PUT", "http://swift/object"));
    SignalTransport heat =
        HeatConfig.of("c1", "CREATE")
            .input("deploy_auth_url", "http://h:5000/v3/")
            .input("deploy_user_id", "u")
            .input("deploy_password", "s3cret")
            .input("deploy_project_id", "p")
            .read()
            .transport();
    assertThat(heat)
        .isEqualTo(
            new SignalTransport.HeatApi(
                new KeystoneCredentials("http://h:5000/v3/", "u", "s3cret", "p", ""),
                "shop/7c2b",
                "web"));
    assertThat(heat.toString()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://h:5000", "http://h:5000/", "http://h:5000/v2.0", "http://h:5000/v3/"})
  void logsInWithVersion3(String authUrl) {
    assertThat(new KeystoneCredentials(authUrl, "u", "", "p", "").tokensUrl())
        .isEqualTo("http://h:5000/v3/auth/tokens");
  }
}
