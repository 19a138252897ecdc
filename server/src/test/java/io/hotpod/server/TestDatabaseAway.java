package io.hotpod.server;

import static io.hotpod.server.ServerFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.store.DatabaseAwayException;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is answered while the database is away. */
final class TestDatabaseAway {
  @Test
  void aRequestIsToBeTriedAgain() {
    try (ServerFixture fixture = new ServerFixture()) {
      fixture.engine.stacks.failWith(new DatabaseAwayException("the disk is full"));

      HttpResponse<String> response =
          fixture.call("POST", "/stacks", ServerFixture.createBody("web"));

      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.headers().firstValue("Retry-After")).hasValue("5");
      assertThat(json(response).path("error").path("type").stringValue())
          .isEqualTo("DatabaseUnavailable");
      assertThat(json(response).path("error").path("message").stringValue())
          .contains("the disk is full");
      assertThat(fixture.createStack("web")).as("then it is taken").isNotEmpty();
    }
  }

  @Test
  void theServerSaysThatItIsNotReady() {
    try (ServerFixture fixture = new ServerFixture()) {
      assertThat(fixture.call("GET", "//readyz").statusCode()).isEqualTo(200);
      fixture.engine.problem = Optional.of("the disk is full");

      HttpResponse<String> response = fixture.call("GET", "//readyz");

      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.headers().firstValue("Retry-After")).isPresent();
      assertThat(response.body()).contains("the disk is full");
      assertThat(fixture.call("GET", "//healthz").statusCode()).isEqualTo(200);
      fixture.engine.problem = Optional.empty();
      assertThat(fixture.call("GET", "//readyz").statusCode()).isEqualTo(200);
    }
  }
}
