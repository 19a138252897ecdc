package io.hotpod.pod.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.hotpod.document.DocumentException;
import io.hotpod.document.DocumentReader;
import io.hotpod.document.Limits;
import io.hotpod.document.Node;
import io.hotpod.document.Nodes;
import io.hotpod.document.Problem;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class TestManifestInputs {
  private static final String DECLARATIONS =
      """
      - {name: image, description: what runs}
      - {name: port, type: Number, default: "8080"}
      - {name: arguments, type: CommaDelimitedList, default: ""}
      - {name: labels, type: Json, default: {app: web}}
      - {name: terminal, type: Boolean, default: no}
      - {name: unused, type: String}
      """;
  private static final String MANIFEST =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: web
        labels: {get_input: labels}
      spec:
        containers:
          - name: web
            image: {get_input: image}
            args: {get_input: arguments}
            tty: {get_input: terminal}
            ports:
              - containerPort: {get_input: port}
      """;

  @Test
  void readsDeclarations() {
    ManifestInputs inputs = declared(DECLARATIONS);
    assertThat(inputs.declarations())
        .extracting(InputDeclaration::name)
        .containsExactly("image", "port", "arguments", "labels", "terminal", "unused");
    assertThat(inputs.declarations().get(0).type()).isEqualTo(InputType.STRING);
    assertThat(inputs.declarations().get(0).description()).isEqualTo("what runs");
    assertThat(inputs.declarations().get(0).defaultValue()).isEmpty();
    assertThat(inputs.declarations().get(1).defaultValue()).contains(json("8080"));
    assertThat(inputs.declarations().get(2).defaultValue()).contains(json("[]"));
    assertThat(inputs.declarations().get(4).defaultValue()).contains(json("false"));
  }

  static Stream<Arguments> wrongDeclarations() {
    return Stream.of(
        arguments("name: a", "1:1 inputs: a list is wanted, and this is a map"),
        arguments("- text", "1:3 inputs[0]: a map is wanted, and this is a string"),
        arguments("- {type: String}", "1:3 inputs[0]: \"name\" is missing"),
        arguments("- {nam: a}", "1:4 inputs[0].nam: unknown field \"nam\"; did you mean \"name\"?"),
        arguments(
            "- {name: a, type: Strin}",
            "1:19 inputs[0].type: \"Strin\" is no type of an input; did you mean \"String\"?"),
        arguments(
            "- {name: a, type: Number, default: many}",
            "1:36 inputs[0].default: the default is not of type Number"),
        arguments(
            "- {name: a}\n- {name: a}",
            "2:10 inputs[1].name: input \"a\" is there twice; the other one is inputs[0]"),
        arguments("- {name: 7}", "1:10 inputs[0].name: a string is wanted, and this is a number"));
  }

  @ParameterizedTest
  @MethodSource("wrongDeclarations")
  void refusesWrongDeclarations(String text, String expected) {
    assertThat(problems(() -> declared(text))).containsExactly(expected);
  }

  @Test
  void listsWhatIsUsedInOrder() {
    assertThat(ManifestInputs.used(read(MANIFEST)))
        .containsExactly("labels", "image", "arguments", "terminal", "port");
    assertThat(ManifestInputs.used(read("a: get_input\nb: {get_input: x, c: d}"))).isEmpty();
  }

  @Test
  void putsValuesIn() {
    Node filled =
        declared(DECLARATIONS)
            .substitute(
                read(MANIFEST),
                Map.of(
                    "image",
                    json("\"localhost/web:1\""),
                    "arguments",
                    json("\"-v, -p\""),
                    "terminal",
                    json("\"on\""),
                    "unused",
                    json("\"\"")));
    PodManifest manifest = PodManifest.read(filled, ManifestContext.NONE);
    assertThat(manifest.images()).containsExactly("localhost/web:1");
    assertThat(manifest.pod().getMetadata().getLabels()).containsEntry("app", "web");
    assertThat(manifest.pod().getSpec().getContainers().getFirst().getArgs())
        .containsExactly("-v", "-p");
    assertThat(manifest.pod().getSpec().getContainers().getFirst().getTty()).isTrue();
    assertThat(
            manifest
                .pod()
                .getSpec()
                .getContainers()
                .getFirst()
                .getPorts()
                .getFirst()
                .getContainerPort())
        .isEqualTo(8080);
  }

  @Test
  void aWrongValueIsToldWhereItWasPutIn() {
    Node filled =
        declared(DECLARATIONS)
            .substitute(
                read(MANIFEST), Map.of("image", json("\"Not An Image\""), "port", json("70000")));
    assertThat(problems(() -> PodManifest.read(filled, ManifestContext.NONE)))
        .containsExactly(
            "9:14 spec.containers[0].image: \"Not An Image\" is not allowed here; write it as"
                + " [HOST[:PORT]/]NAME[:TAG], in lower case up to the tag",
            "13:26 spec.containers[0].ports[0].containerPort: 70000 is out of range; give a number"
                + " from 1 to 65535");
  }

  @Test
  void namesEveryInputThatIsMissingUnknownOrWrong() {
    assertThat(
            problems(
                () ->
                    declared(DECLARATIONS + "- {name: needed}")
                        .substitute(
                            read(MANIFEST + "# no more\n"),
                            Map.of("port", json("\"many\""), "imag", json("\"a\"")))))
        .containsExactly(
            "- input_values.imag: the config declares no input \"imag\"; did you mean \"image\"?",
            "- input_values.port: the value is not of type Number",
            "9:14 spec.containers[0].image: input \"image\" has no value; give it in input_values,"
                + " or declare a default");
  }

  @Test
  void refusesUndeclaredInputs() {
    assertThat(
            problems(
                () ->
                    declared("- {name: image}")
                        .substitute(
                            read("a: {get_input: imgae}\nb: {get_input: [x]}"),
                            Map.of("image", json("\"a\"")))))
        .containsExactly(
            "1:4 a: input \"imgae\" is not declared; did you mean \"image\"?",
            "2:4 b: get_input takes the name of one input");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "STRING;\"a\";\"a\"",
        "STRING;5;\"5\"",
        "STRING;true;\"true\"",
        "STRING;[];-",
        "STRING;null;-",
        "NUMBER;5;5",
        "NUMBER;\" 5 \";5",
        "NUMBER;\"1.5\";1.5",
        "NUMBER;\"1e3\";1000",
        "NUMBER;\"NaN\";-",
        "NUMBER;true;-",
        "COMMA_DELIMITED_LIST;\"a, b\";[\"a\",\"b\"]",
        "COMMA_DELIMITED_LIST;[1,\"b\"];[\"1\",\"b\"]",
        "COMMA_DELIMITED_LIST;[[]];-",
        "COMMA_DELIMITED_LIST;{};-",
        "JSON;{\"a\":1};{\"a\":1}",
        "JSON;\"[1]\";[1]",
        "JSON;\"{\";-",
        "JSON;\"1\";-",
        "BOOLEAN;\"YES\";true",
        "BOOLEAN;\"off\";false",
        "BOOLEAN;1;true",
        "BOOLEAN;\"maybe\";-",
        "BOOLEAN;[];-"
      })
  void convertsAsHeatDoes(InputType type, String given, String expected) {
    assertThat(InputValues.convert(json(given), type).map(JsonNode::toString).orElse("-"))
        .isEqualTo(expected);
  }

  @Test
  void aConfigCanBeCheckedBeforeItsInputsAreKnown() {
    String needed = DECLARATIONS.replaceAll(", default: [^}]*}?\\}", "}");
    assertThat(declared(needed).declarations()).allMatch(input -> input.defaultValue().isEmpty());
    assertThat(PodManifest.problems(read(MANIFEST), declared(needed), ManifestContext.NONE))
        .isEmpty();
  }

  static Stream<Arguments> checks() {
    return Stream.of(
        // An input of the wrong type is wrong whatever its value.
        arguments(
            "- {name: port}",
            MANIFEST.replaceAll("\\{get_input: (?!port).*", "!!null x"),
            "13:26 spec.containers[0].ports[0].containerPort: a whole number is wanted, and this"
                + " is a string"),
        // What does not depend on an input is checked as ever.
        arguments(
            DECLARATIONS,
            MANIFEST.replace("tty:", "ttty:"),
            "11:7 spec.containers[0].ttty: unknown field \"ttty\"; did you mean \"tty\"?"),
        // A default that can never be right is told.
        arguments(
            DECLARATIONS.replace("\"8080\"", "\"0\""),
            MANIFEST,
            "13:26 spec.containers[0].ports[0].containerPort: 0 is out of range; give a number from"
                + " 1 to 65535"),
        arguments(
            "[]",
            "apiVersion: v1\nkind: {get_input: kind}",
            "2:7 kind: input \"kind\" is not declared; add it to the inputs of the config"));
  }

  @ParameterizedTest
  @MethodSource("checks")
  void tellsWhatIsWrongWhateverTheInputsAre(String inputs, String manifest, String expected) {
    String text = manifest.replace("!!null x", "").replaceAll("(?m)^ *(args|tty|labels): *$", "");
    text = text.replaceAll("image: *\n", "image: web:1\n");
    assertThat(
            PodManifest.problems(read(text), declared(inputs), ManifestContext.NONE).stream()
                .map(ManifestFixture::spoken))
        .containsExactly(expected);
  }

  @Test
  void anUnknownNameMayBecomeTheRightOne() {
    String manifest =
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: {get_input: name}}
        spec:
          restartPolicy: {get_input: policy}
          volumes: [{name: {get_input: volume}, emptyDir: {}}]
          containers:
            - name: web
              image: web:1
              resources: {limits: {memory: {get_input: size}}}
              volumeMounts: [{name: data, mountPath: {get_input: path}}]
              readinessProbe: {httpGet: {port: {get_input: port}}}
        """;
    String inputs =
        """
        [{name: name}, {name: policy}, {name: volume}, {name: size}, {name: path}, {name: port}]
        """;
    assertThat(PodManifest.problems(read(manifest), declared(inputs), ManifestContext.NONE))
        .isEmpty();
  }

  @Test
  void worksOnValuesWithoutPlaces() {
    Node manifest = Nodes.of(json("{\"a\": {\"get_input\": \"b\"}}"));
    ManifestInputs inputs = ManifestInputs.declared(Nodes.of(json("[{\"name\": \"b\"}]")));
    assertThat(inputs.substitute(manifest, Map.of("b", json("\"c\""))).toJson())
        .isEqualTo(json("{\"a\": \"c\"}"));
    assertThat(problems(() -> inputs.substitute(manifest, Map.of())))
        .containsExactly(
            "- a: input \"b\" has no value; give it in input_values, or declare a default");
  }

  private static ManifestInputs declared(String text) {
    return ManifestInputs.declared(read(text));
  }

  private static Node read(String text) {
    return new DocumentReader(Limits.DEFAULT).read("test.yaml", text);
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  private static List<String> problems(Runnable reading) {
    DocumentException refusal = catchThrowableOfType(DocumentException.class, reading::run);
    assertThat(refusal).as("a refusal").isNotNull();
    List<Problem> problems = refusal.problems();
    return problems.stream().map(ManifestFixture::spoken).toList();
  }
}
