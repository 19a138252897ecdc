package io.hotpod.cli.pod;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.output.Details;
import io.hotpod.cli.progress.ContainerWords;
import io.hotpod.cli.session.Session;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "show", description = "Show a pod with each of its containers.")
final class ShowPod implements Runnable {
  private final Session session;

  @Parameters(
      paramLabel = "POD",
      description = "The pod's name or id, or STACK/RESOURCE of its deployment.")
  private String name = "";

  ShowPod(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    try (ApiClient api = session.api()) {
      JsonNode pod = api.get(PodPath.of(name)).path("pod");
      if (session.json()) {
        session.printJson(pod);
      } else {
        lines(pod).forEach(session::print);
      }
    }
  }

  static List<String> lines(JsonNode pod) {
    Details details = new Details();
    details.add("Name", pod.path("name"));
    details.add("Id", pod.path("id"));
    details.add("Stack", pod.path("stack_name"));
    details.add("Resource", pod.path("resource_name"));
    details.add("Instance", pod.path("instance_name"));
    details.add("Phase", pod.path("phase"));
    details.add("Ready", PodWords.ready(pod));
    details.add("Reason", pod.path("reason"));
    details.add("Message", pod.path("message"));
    details.add("Address", pod.path("pod_ip"));
    details.add("Started", pod.path("started_at"));
    details.add("Token", pod.path("modification_token"));
    containers("Init container ", pod.path("init_containers"), details);
    containers("Container ", pod.path("containers"), details);
    return details.lines();
  }

  private static void containers(String title, JsonNode containers, Details details) {
    for (JsonNode container : containers) {
      details.add(
          title + container.path("name").asString(""),
          ContainerWords.of(container) + "\nimage " + container.path("image").asString(""));
    }
  }
}
