package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.runtime.podman.service.PodmanService;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.ObservedPod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Plays a pod on Podman as whoever starts it, and tells what became of it. */
final class RootlessPod {
  private static final String SPEC =
      """
      {'terminationGracePeriodSeconds':0,'securityContext':{'fsGroup':2000},
       'volumes':[{'name':'shared','emptyDir':{}},
         {'name':'keys','secret':{'secretName':'keys','defaultMode':256}},
         {'name':'host','hostPath':{'path':'HOST','type':'DirectoryOrCreate'}}],
       'containers':[
         {'name':'server','image':'IMAGE','command':['sh','-c',
           'cp /keys/page /shared/index.html && exec httpd -f -p 8080 -h /shared'],
          'volumeMounts':[{'name':'shared','mountPath':'/shared'},{'name':'keys','mountPath':'/keys'}],
          'startupProbe':{'periodSeconds':1,'failureThreshold':30,'tcpSocket':{'port':8080}},
          'readinessProbe':{'periodSeconds':1,'httpGet':{'path':'/index.html','port':8080}}},
         {'name':'reader','image':'IMAGE','securityContext':{'runAsUser':1000,'runAsGroup':1000},
          'command':['sh','-c','id -G; cat /keys/page; echo; stat -c %g:%a /shared /sub;
           mkdir -m 700 /shared/own /sub/more; touch /shared/own/x; stat -c %u:%g /shared/own;
           ls -d /host; head -1 /etc/hosts | cut -c 1-9; echo end > /dev/termination-log && exec sleep 1000'],
          'volumeMounts':[{'name':'shared','mountPath':'/shared'},{'name':'keys','mountPath':'/keys'},
            {'name':'shared','mountPath':'/sub','subPath':'a/b'},{'name':'host','mountPath':'/host'}],
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
      Path host = fixture.state.resolve("made/for-all");
      ObservedPod ready =
          fixture.applyReady(
              Manifests.pod(
                  "web",
                  "one",
                  SPEC.replace("HOST", host.toString()),
                  Map.of(),
                  Map.of("keys", Map.of("page", "hello"))));
      System.out.println("ready, restarts " + ready.restarts());
      System.out.print(fixture.awaitLogs("web", "reader", text -> text.contains("127.0.0.1")));
      System.out.println(PosixFilePermissions.toString(Files.getPosixFilePermissions(host)));
      Path page = page(fixture.state);
      System.out.println(Files.readString(page) + " of " + Files.getAttribute(page, "unix:uid"));
      fixture.runtime.remove("web", new ModificationToken("one"));
      System.out.println("removed: " + fixture.inPodman() + " " + names(fixture.state));
    }
  }

  private static List<String> names(Path state) throws IOException {
    try (Stream<Path> volumes = Files.list(state.resolve("volumes"))) {
      return volumes.map(Path::toString).toList();
    }
  }

  private static Path page(Path state) throws IOException {
    return Path.of(names(state).getFirst()).resolve("shared/index.html");
  }
}
