package io.hotpod.pod.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class TestSupportedFields {
  @Test
  void namesOnlyFieldsThatKubernetesHas() {
    SupportedFields.named()
        .forEach(
            (model, fields) ->
                assertThat(ModelFields.of(model).keySet())
                    .as(model.getSimpleName())
                    .containsAll(fields));
  }

  @Test
  void everythingThatIsHonouredCanBeReachedFromAPod() {
    Set<Class<?>> reached = new HashSet<>();
    reach(Pod.class, reached);
    assertThat(reached).containsAll(SupportedFields.named().keySet());
  }

  @Test
  void everyMapThatIsHonouredHasHonouredFields() {
    Set<Class<?>> reached = new HashSet<>();
    reach(Pod.class, reached);
    assertThat(SupportedFields.named().keySet()).containsAll(reached);
  }

  @Test
  void readsTheModel() {
    Map<String, FieldType> fields = ModelFields.of(Container.class);
    assertThat(fields)
        .containsEntry("name", FieldType.Simple.TEXT)
        .containsEntry("tty", FieldType.Simple.FLAG)
        .containsEntry("args", new FieldType.ListOf(FieldType.Simple.TEXT))
        .doesNotContainKey("additionalProperties");
    assertThat(ModelFields.of(PodSpec.class))
        .containsEntry("terminationGracePeriodSeconds", FieldType.Simple.LONG)
        .containsEntry("volumes", new FieldType.ListOf(new FieldType.ObjectOf(Volume.class)))
        .containsEntry("nodeSelector", new FieldType.MapOf(FieldType.Simple.TEXT))
        .containsEntry("overhead", new FieldType.MapOf(FieldType.Simple.QUANTITY));
  }

  @Test
  void whatIsNotNamedIsNotSupportedYet() {
    Set<String> refused = new TreeSet<>();
    for (String field : ModelFields.of(PodSpec.class).keySet()) {
      if (SupportedFields.of(PodSpec.class, field) instanceof Support.Refused(String words)
          && words.equals("is not supported yet")) {
        refused.add(field);
      }
    }
    assertThat(refused).contains("os", "runtimeClassName", "hostnameOverride");
  }

  private static void reach(Class<?> model, Set<Class<?>> reached) {
    if (!reached.add(model)) {
      return;
    }
    ModelFields.of(model)
        .forEach(
            (name, type) -> {
              boolean honoured =
                  switch (SupportedFields.of(model, name)) {
                    case Support.Honoured honouredField -> true;
                    case Support.HonouredText text -> true;
                    case Support.HonouredValues values -> true;
                    case Support.Harmless harmless -> false;
                    case Support.Refused refused -> false;
                  };
              if (honoured) {
                reach(type, reached);
              }
            });
  }

  private static void reach(FieldType type, Set<Class<?>> reached) {
    switch (type) {
      case FieldType.Simple simple -> {}
      case FieldType.ListOf(FieldType item) -> reach(item, reached);
      case FieldType.MapOf(FieldType value) -> reach(value, reached);
      case FieldType.ObjectOf(Class<?> model) -> reach(model, reached);
    }
  }
}
