package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import io.hotpod.agent.runtime.Machine;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The value of a {@code resourceFieldRef}, by the Kubernetes API reference. Pure. */
final class ContainerResources {
  private ContainerResources() {}

  /** In whole divisors, rounded up; a limit that is not set is all that the machine has. */
  static String value(ResourceFieldSelector selector, Container container, Machine machine) {
    String[] path = selector.getResource().split("\\.", 2);
    boolean limit = path[0].equals("limits");
    Optional<Quantity> set =
        Optional.ofNullable(container.getResources())
            .map(resources -> limit ? resources.getLimits() : resources.getRequests())
            .map(amounts -> amount(amounts, path[path.length - 1]));
    BigDecimal amount =
        set.map(Quantity::getAmountInBytes)
            .orElseGet(() -> limit ? all(path[path.length - 1], machine) : BigDecimal.ZERO);
    Quantity divisor = selector.getDivisor();
    BigDecimal unit = divisor == null ? BigDecimal.ONE : Quantity.getAmountInBytes(divisor);
    return amount
        .divide(unit.signum() == 0 ? BigDecimal.ONE : unit, 0, RoundingMode.CEILING)
        .toPlainString();
  }

  private static @Nullable Quantity amount(Map<String, Quantity> amounts, String resource) {
    return amounts.get(resource);
  }

  private static BigDecimal all(String resource, Machine machine) {
    return BigDecimal.valueOf(resource.equals("cpu") ? machine.cpus() : machine.memoryBytes());
  }
}
