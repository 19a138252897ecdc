package io.hotpod.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TestConfigurationUse {
  private static final Map<String, Map<String, String>> CONFIG_MAPS =
      Map.of("c", Map.of("a", "1", "b", "2"));
  private static final Map<String, Map<String, String>> SECRETS =
      Map.of("s", Map.of("p", "3", "q", "4"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'env':[{'name':'A','valueFrom':{'configMapKeyRef':{'name':'c','key':'a'}}}] | {"config_maps":{"c":{"a":"1"}},"secrets":{}}
          'env':[{'name':'A','valueFrom':{'secretKeyRef':{'name':'s','key':'p'}}}]    | {"config_maps":{},"secrets":{"s":{"p":"3"}}}
          'env':[{'name':'A','valueFrom':{'secretKeyRef':{'name':'s','key':'none','optional':true}}},{'name':'B','value':'x'}] | {"config_maps":{},"secrets":{}}
          'envFrom':[{'configMapRef':{'name':'c'}},{'secretRef':{'name':'none','optional':true}}] | {"config_maps":{"c":{"a":"1","b":"2"}},"secrets":{}}
          'volumeMounts':[{'name':'vs','mountPath':'/s'},{'name':'vc','mountPath':'/c'},{'name':'vp','mountPath':'/p'}] | {"config_maps":{},"secrets":{}}
          'volumeMounts':[{'name':'vs','mountPath':'/s','subPath':'p'}]               | {"config_maps":{},"secrets":{"s":{"p":"3","q":"4"}}}
          'volumeMounts':[{'name':'vp','mountPath':'/p','subPathExpr':'$(A)'}]        | {"config_maps":{"c":{"a":"1","b":"2"}},"secrets":{"s":{"p":"3","q":"4"}}}
          """)
  void onlyVariablesAndPartsOfVolumesAreTakenIn(String container, String expected) {
    Pod pod =
        PodJson.read(
            ("{'spec':{'volumes':[{'name':'vs','secret':{'secretName':'s'}},"
                    + "{'name':'vc','configMap':{'name':'c'}},"
                    + "{'name':'vp','projected':{'sources':[{'configMap':{'name':'c'}},"
                    + "{'secret':{'name':'s'}}]}}],"
                    + "'initContainers':[{'name':'i'}],'containers':[{'name':'m',"
                    + container
                    + "}]}}")
                .replace('\'', '"'),
            Pod.class);

    assertThat(CanonicalJson.write(ConfigurationUse.takenIn(pod, CONFIG_MAPS, SECRETS)))
        .isEqualTo(expected);
  }

  @Test
  void revisionNamesTheValues() {
    assertThat(pod("1", "2").configurationRevision())
        .isEqualTo(pod("1", "2").configurationRevision())
        .isNotEqualTo(pod("1", "3").configurationRevision())
        .isNotEqualTo(pod("2", "1").configurationRevision());
  }

  private static DesiredPod pod(String configMap, String secret) {
    return new DesiredPod(
        "id",
        new ModificationToken("one"),
        true,
        PodJson.read("{\"spec\":{\"containers\":[]}}", Pod.class),
        Map.of("c", Map.of("a", configMap)),
        Map.of("c", Map.of("a", secret)),
        UpdateStrategy.RECREATE,
        List.of());
  }
}
