package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.runtime.podman.service.PodmanService;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.ObservedPod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** Plays a pod on Podman as whoever starts it, and tells what became of it. */
final class RootlessPod {
  private static final String SPEC =
      """
      {'terminationGracePeriodSeconds':0,
       'volumes':[{'name':'shared','emptyDir':{}},{'name':'keys','secret':{'secretName':'keys'}}],
       'containers':[
         {'name':'server','image':'IMAGE','command':['sh','-c',
           'cp /keys/page /shared/index.html && exec httpd -f -p 8080 -h /shared'],
          'volumeMounts':[{'name':'shared','mountPath':'/shared'},{'name':'keys','mountPath':'/keys'}],
          'startupProbe':{'periodSeconds':1,'failureThreshold':30,'tcpSocket':{'port':8080}},
          'readinessProbe':{'periodSeconds':1,'httpGet':{'path':'/index.html','port':8080}}},
         {'name':'reader','image':'IMAGE','command':['sleep','1000'],
          'volumeMounts':[{'name':'shared','mountPath':'/shared'}],
          'readinessProbe':{'periodSeconds':1,'exec':{'command':['test','-s','/shared/index.html']}}}]}
      """
          .replace("\n", " ");

  private RootlessPod() {}

  /**
   * @param arguments an archive of the test image
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path service = Path.of(System.getProperty("java.io.tmpdir"), "service");
    try (PodmanService podman = PodmanService.start(service);
        RuntimeFixture fixture = new RuntimeFixture(podman.socket())) {
      Files.createDirectories(fixture.archives());
      Files.copy(Path.of(arguments[0]), fixture.archives().resolve("image.tar"));
      ObservedPod ready =
          fixture.applyReady(
              Manifests.pod("web", "one", SPEC, Map.of(), Map.of("keys", Map.of("page", "hello"))));
      System.out.println("ready, restarts " + ready.restarts());
      Path page = page(fixture.state);
      System.out.println(Files.readString(page) + " of " + Files.getAttribute(page, "unix:uid"));
      fixture.runtime.remove("web", new ModificationToken("one"));
      System.out.println("removed: " + fixture.inPodman() + " " + Files.exists(page));
    }
  }

  private static Path page(Path state) throws IOException {
    try (Stream<Path> files = Files.walk(state)) {
      return files.filter(file -> file.endsWith("index.html")).findFirst().orElseThrow();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
