package io.hotpod.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TestDependencyOrder {
  private static ResourceView resource(String name, String... requiredBy) {
    return new ResourceView(name, "", "", "", List.of(requiredBy));
  }

  private static List<String> names(ResourceView... resources) {
    return new DependencyOrder(List.of(resources))
        .sorted().stream().map(ResourceView::name).toList();
  }

  @Test
  void eachComesAfterWhatItNeeds() {
    assertThat(names(resource("c"), resource("b", "c"), resource("a", "b", "c")))
        .containsExactly("a", "b", "c");
  }

  @Test
  void keepsTheOrderWhereThereIsAChoice() {
    assertThat(names(resource("x"), resource("b"), resource("a"))).containsExactly("x", "b", "a");
  }

  @Test
  void losesNothingWhateverTheServerSays() {
    assertThat(names(resource("a", "b"), resource("b", "a"), resource("c", "nobody")))
        .containsExactly("c", "a", "b");
  }

  @Test
  void longChainsDoNotOverflow() {
    List<ResourceView> chain = new ArrayList<>();
    for (int number = 20_000; number > 0; number--) {
      chain.add(resource("r" + number, "r" + (number + 1)));
    }

    assertThat(new DependencyOrder(chain).sorted().getFirst().name()).isEqualTo("r1");
  }
}
