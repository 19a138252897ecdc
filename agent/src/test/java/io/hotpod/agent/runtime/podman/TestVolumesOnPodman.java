package io.hotpod.agent.runtime.podman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hotpod.agent.runtime.podman.libpod.Names;
import io.hotpod.pod.ContainerState;
import io.hotpod.pod.DesiredPod;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Volumes, environment and settings as a process inside sees them. */
final class TestVolumesOnPodman {
  private static final Map<String, Map<String, String>> CONFIG_MAPS =
      Map.of("conf", Map.of("colour", "green", "page", "<p>hello</p>"));
  private static final Map<String, Map<String, String>> SECRETS =
      Map.of("keys", Map.of("password", "s3cret"));

  private RuntimeFixture fixture;

  @BeforeEach
  void begin() throws IOException {
    fixture = new RuntimeFixture();
  }

  @AfterEach
  void end() throws IOException {
    fixture.close();
  }

  private String run(String more, String container, String script) throws Exception {
    String spec =
        "{'terminationGracePeriodSeconds':1,"
            + more
            + "'containers':[{'name':'main',"
            + "'image':'IMAGE','command':['sh','-c','"
            + script
            + "; echo .; exec sleep 1000']"
            + container
            + "}]}";
    DesiredPod pod = Manifests.pod("web", "one", spec, CONFIG_MAPS, SECRETS);
    fixture.applyReady(pod);
    String text = fixture.awaitLogs("web", "main", all -> all.endsWith(".\n"));
    return text.substring(0, text.length() - 2);
  }

  @Test
  void filesThatCannotBeReplacedAreTriedAgainUntilTheyAre() throws Exception {
    String spec =
        "{'terminationGracePeriodSeconds':1,'volumes':[{'name':'s','secret':{'secretName':'s'}}],"
            + "'containers':[{'name':'main','image':'IMAGE','command':['sleep','1000'],"
            + "'volumeMounts':[{'name':'s','mountPath':'/s'}]}]}";
    DesiredPod before =
        Manifests.pod("web", "one", spec, Map.of(), Map.of("s", Map.of("k", "old")));
    fixture.applyReady(before);
    Path volume =
        fixture.state.resolve("secrets").resolve(Names.pod(fixture.instance, before)).resolve("s");
    assertThat(volume.resolve("k")).hasContent("old");
    Path obstacle = Files.createDirectories(volume.resolve("..data_tmp/in-the-way"));

    DesiredPod after = Manifests.pod("web", "one", spec, Map.of(), Map.of("s", Map.of("k", "new")));
    fixture.runtime.apply(after);
    fixture.runtime.apply(after);
    await("an attempt that fails")
        .until(() -> Objects.requireNonNull(volume.toFile().list()).length > 4);
    assertThat(volume.resolve("k")).hasContent("old");
    Files.delete(obstacle);
    Files.delete(volume.resolve("..data_tmp"));

    fixture.awaitPod(
        "web", pod -> pod.configuration().equals(Optional.of(after.configurationRevision())));
    assertThat(volume.resolve("k")).hasContent("new");
  }

  @Test
  void environmentComesFromValuesMapsSecretsAndFields() throws Exception {
    String output =
        run(
            "",
            """
            ,'env':[{'name':'A','value':'one'},{'name':'B','value':'$(A) two $$(A) $(NONE)'},
              {'name':'COLOUR','valueFrom':{'configMapKeyRef':{'name':'conf','key':'colour'}}},
              {'name':'PASSWORD','valueFrom':{'secretKeyRef':{'name':'keys','key':'password'}}},
              {'name':'MISSING','valueFrom':{'secretKeyRef':{'name':'no','key':'x','optional':true}}},
              {'name':'NAME','valueFrom':{'fieldRef':{'fieldPath':'metadata.name'}}},
              {'name':'APP','valueFrom':{'fieldRef':{'fieldPath':"metadata.labels['app']"}}},
              {'name':'NODE','valueFrom':{'fieldRef':{'fieldPath':'spec.nodeName'}}},
              {'name':'IP','valueFrom':{'fieldRef':{'fieldPath':'status.podIP'}}}],
            'envFrom':[{'prefix':'C_','configMapRef':{'name':'conf'}},
              {'prefix':'S_','secretRef':{'name':'keys'}},{'secretRef':{'name':'keys'}},
              {'prefix':'N_','configMapRef':{'name':'no','optional':true}},
              {'prefix':'N_','secretRef':{'name':'no','optional':true}}]
            """
                .replace("\"metadata.labels['app']\"", "'metadata.labels[\\u0027app\\u0027]'"),
            "echo $B; echo $COLOUR $PASSWORD $NAME $APP $NODE $C_colour ${MISSING-unset};"
                + " echo $S_password $password $(env | grep -c ^N_);"
                + " hostname -i | grep -c $IP");

    assertThat(output)
        .isEqualTo(
            "one two $(A) $(NONE)\ngreen s3cret web x node green unset\ns3cret s3cret 0\n1\n");
  }

  @Test
  void mapsAndSecretsAreFiles() throws Exception {
    String output =
        run(
            """
            'volumes':[{'name':'c','configMap':{'name':'conf'}},
              {'name':'i','configMap':{'name':'conf','items':[{'key':'page','path':'sub/page.html'}]}},
              {'name':'s','secret':{'secretName':'keys','defaultMode':256}}],
            """,
            """
            ,'volumeMounts':[{'name':'c','mountPath':'/c'},{'name':'i','mountPath':'/i'},
              {'name':'s','mountPath':'/s'},{'name':'c','mountPath':'/only','subPath':'colour'}]
            """,
            "cat /c/colour; echo; cat /i/sub/page.html; echo; cat /s/password; echo;"
                + " stat -L -c %a /s/password; cat /only; echo; touch /c/new 2>/dev/null || echo read-only");

    assertThat(output)
        .contains("green\n<p>hello</p>\ns3cret\n400\ngreen\n")
        .endsWith("read-only\n");
    Path secrets = fixture.state.resolve("secrets");
    try (java.util.stream.Stream<Path> below = Files.list(secrets)) {
      for (Path pod : below.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pod)))
            .isEqualTo("rwx------");
      }
    }
  }

  @Test
  void emptyDirectoryIsSharedAndOutlivesAContainer() throws Exception {
    String more =
        "'volumes':[{'name':'v','emptyDir':{}},{'name':'m','emptyDir':{'medium':'Memory'}}],";
    String mounts = ",'volumeMounts':[{'name':'v','mountPath':'/v'},{'name':'m','mountPath':'/m'}]";

    run(more, mounts, "date >> /v/starts; touch /m/x; wc -l < /v/starts");
    String id =
        fixture.main(fixture.awaitPod("web", pod -> pod.ready())).containerId().orElseThrow();
    fixture.podman.stop(id, java.time.Duration.ZERO);
    fixture.awaitPod("web", pod -> pod.ready() && fixture.main(pod).restarts() == 1);

    fixture.awaitLogs("web", "main", "2\n.\n");
    fixture.runtime.remove("web", new io.hotpod.pod.ModificationToken("one"));
    assertThat(fixture.state.resolve("volumes")).isEmptyDirectory();
  }

  private static String hostPath(Path path, String type) {
    return "{'name':'%s','hostPath':{'path':'%s','type':'%s'}}"
        .formatted(type.toLowerCase(Locale.ROOT), path, type);
  }

  @Test
  void hostPathIsOfItsTypeOrMadeSo() throws Exception {
    Path given = Files.createDirectory(fixture.state.resolve("given"));
    Path file = Files.writeString(given.resolve("file"), "from the machine");
    Path socket = given.resolve("socket");
    try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.bind(UnixDomainSocketAddress.of(socket));
    }
    Path made = given.resolve("made/inner");

    String output =
        run(
            "'volumes':["
                + String.join(
                    ",",
                    hostPath(file, "File"),
                    hostPath(given, "Directory"),
                    hostPath(socket, "Socket"),
                    hostPath(made, "DirectoryOrCreate"),
                    hostPath(given.resolve("line"), "FileOrCreate"))
                + "],",
            """
            ,'volumeMounts':[{'name':'file','mountPath':'/file'},
              {'name':'directory','mountPath':'/directory','readOnly':true},
              {'name':'socket','mountPath':'/socket'},
              {'name':'directoryorcreate','mountPath':'/made'},
              {'name':'fileorcreate','mountPath':'/line'}]
            """,
            "cat /file; echo; ls /directory | wc -l; [ -S /socket ] && echo socket;"
                + " echo inside > /made/x; echo written > /line;"
                + " touch /directory/x 2>/dev/null || echo read-only");

    assertThat(output).isEqualTo("from the machine\n4\nsocket\nread-only\n");
    assertThat(made.resolve("x")).hasContent("inside");
    assertThat(given.resolve("line")).hasContent("written");
  }

  /** Each container of one pod has another reason. */
  @Test
  void whatIsMissingIsNamedByEachContainer() throws Exception {
    Path missing = fixture.state.resolve("missing");
    Map<String, String> expected = new LinkedHashMap<>();
    List<String> volumes = new ArrayList<>();
    List<String> containers = new ArrayList<>();
    for (String type : List.of("File", "Directory", "Socket", "CharDevice")) {
      String name = type.toLowerCase(Locale.ROOT);
      volumes.add(hostPath(missing, type));
      containers.add(container(name, "'volumeMounts':[{'name':'" + name + "','mountPath':'/m'}]"));
      expected.put(
          name,
          "volume %s: hostPath type check failed: %s is not a %s".formatted(name, missing, type));
    }
    String key = "{'name':'A','valueFrom':{'configMapKeyRef':{'name':'conf','key':'none'}}}";
    containers.add(container("key", "'env':[" + key + "]"));
    expected.put("key", "couldn't find key none in configmap conf");
    containers.add(container("map", "'envFrom':[{'configMapRef':{'name':'no'}}]"));
    expected.put("map", "configmap \"no\" not found");
    containers.add(container("secret", "'envFrom':[{'secretRef':{'name':'no'}}]"));
    expected.put("secret", "secret \"no\" not found");

    fixture.runtime.apply(
        Manifests.pod(
            "web",
            "one",
            "{'volumes':["
                + String.join(",", volumes)
                + "],'containers':["
                + String.join(",", containers)
                + "]}",
            CONFIG_MAPS,
            SECRETS));

    for (int i = 0; i < expected.size(); i++) {
      int number = i;
      String name = List.copyOf(expected.keySet()).get(i);
      fixture.awaitPod(
          "web",
          pod ->
              pod.containers().get(number).state() instanceof ContainerState.Waiting waiting
                  && waiting.reason().equals("CreateContainerConfigError")
                  && waiting.message().equals(expected.get(name)));
    }
  }

  private static String container(String name, String more) {
    return "{'name':'" + name + "','image':'IMAGE'," + more + "}";
  }

  @Test
  void securityHostnameAndAliasesReachTheProcess() throws Exception {
    String output =
        run(
            "'hostname':'named','hostAliases':[{'ip':'10.1.2.3','hostnames':['db','db2']}],"
                + "'securityContext':{'runAsUser':1000,'runAsGroup':2000},",
            ",'securityContext':{'readOnlyRootFilesystem':true,'capabilities':{'drop':['ALL']},"
                + "'allowPrivilegeEscalation':false},"
                + "'resources':{'limits':{'cpu':'500m','memory':'64Mi'}}",
            "id -u; id -g; hostname; grep -c 10.1.2.3 /etc/hosts; touch /x 2>/dev/null || echo read-only;"
                + " grep NoNewPrivs /proc/self/status");

    assertThat(output).startsWith("1000\n2000\nnamed\n").contains("read-only");
    assertThat(output.strip()).endsWith("1");
  }

  @Test
  void hostNetworkIsTheMachines() throws Exception {
    String output = run("'hostNetwork':true,", "", "readlink /proc/self/ns/net");

    assertThat(output.strip())
        .isEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString());
  }
}
