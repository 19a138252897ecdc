package io.hotpod.engine;

import io.hotpod.engine.config.PodConfigs;
import io.hotpod.engine.instance.InstanceService;
import io.hotpod.engine.instance.PodPlacement;
import io.hotpod.engine.instance.StoredInstanceService;
import io.hotpod.engine.resource.ResourceTypes;
import io.hotpod.engine.resource.heat.NoneType;
import io.hotpod.engine.resource.heat.RandomStringType;
import io.hotpod.engine.resource.heat.TestResourceType;
import io.hotpod.engine.resource.heat.UpdateWaitConditionHandleType;
import io.hotpod.engine.resource.heat.ValueType;
import io.hotpod.engine.resource.heat.WaitConditionHandleType;
import io.hotpod.engine.resource.heat.WaitConditionType;
import io.hotpod.engine.resource.kubernetes.PodConfigType;
import io.hotpod.engine.resource.kubernetes.PodDeploymentType;
import io.hotpod.engine.resource.nested.TemplateTypes;
import io.hotpod.engine.run.OperationService;
import io.hotpod.engine.signal.GuestService;
import io.hotpod.engine.signal.PublicAddress;
import io.hotpod.engine.signal.SignalAccess;
import io.hotpod.engine.signal.SignalStore;
import io.hotpod.engine.signal.SigningKey;
import io.hotpod.engine.signal.StoredGuestService;
import io.hotpod.engine.stack.Definitions;
import io.hotpod.engine.stack.StackService;
import io.hotpod.engine.stack.StoredStackService;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.wake.Wakeups;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Wires an engine. */
public final class Engines {
  /** How long a step that goes on after a start may wait for the server to listen. */
  private static final Duration ADDRESS_PATIENCE = Duration.ofSeconds(30);

  private Engines() {}

  /**
   * Opens an engine on the embedded database of its state directory and takes up what was left
   * undone.
   *
   * @throws IllegalStateException when another process has the directory
   */
  public static Engine open(EngineSettings settings) {
    StateDirectory directory = StateDirectory.open(settings.stateDirectory());
    Database database;
    try {
      database = Database.sqlite(directory.databaseFile());
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
    SecureRandom random = new SecureRandom();
    Wakeups wakeups = new Wakeups();
    Definitions definitions = new Definitions();
    PodConfigs configs = new PodConfigs(database, settings.clock());
    PodPlacement placement = new PodPlacement(database, wakeups, settings.clock());
    PublicAddress address = new PublicAddress(ADDRESS_PATIENCE);
    SignalStore signals = new SignalStore(database);
    SignalAccess access = new SignalAccess(database, new SigningKey(database, random), address);
    ResourceTypes types = types(configs, placement, signals, access, random);
    TemplateTypes templateTypes = new TemplateTypes(types, definitions, database);
    OperationService operations =
        new OperationService(
            database, templateTypes, definitions, wakeups, settings.clock(), settings.ids());
    StackService stacks =
        new StoredStackService(
            database,
            types,
            templateTypes,
            definitions,
            operations,
            wakeups,
            settings.clock(),
            settings.ids());
    InstanceService instances =
        new StoredInstanceService(database, wakeups, settings.clock(), settings.ids(), random);
    operations.start();
    GuestService guests = new StoredGuestService(access, stacks);
    return new RunningEngine(stacks, instances, guests, address, operations, database, directory);
  }

  /**
   * The resource types of every engine, to check templates with where no engine runs. Their schemas
   * and checks work; whatever needs the state of an engine fails.
   */
  public static ResourceTypes offlineTypes() {
    Database nowhere = Database.absent();
    Clock clock = Clock.systemUTC();
    SecureRandom random = new SecureRandom();
    return types(
        new PodConfigs(nowhere, clock),
        new PodPlacement(nowhere, new Wakeups(), clock),
        new SignalStore(nowhere),
        new SignalAccess(
            nowhere, new SigningKey(nowhere, random), new PublicAddress(Duration.ZERO)),
        random);
  }

  private static ResourceTypes types(
      PodConfigs configs,
      PodPlacement placement,
      SignalStore signals,
      SignalAccess access,
      Random random) {
    return new ResourceTypes(
        List.of(
            new NoneType(),
            new ValueType(),
            new RandomStringType(random),
            new TestResourceType(),
            new WaitConditionHandleType(access, signals),
            new UpdateWaitConditionHandleType(access, signals),
            new WaitConditionType(signals),
            new PodConfigType(configs),
            new PodDeploymentType(configs, placement)));
  }

  private record RunningEngine(
      StackService stacks,
      InstanceService instances,
      GuestService guests,
      PublicAddress address,
      OperationService operations,
      Database database,
      StateDirectory directory)
      implements Engine {
    @Override
    public void reachableAt(URI base) {
      address.set(base);
    }

    @Override
    public void close() {
      operations.close();
      database.close();
      directory.close();
    }
  }
}
