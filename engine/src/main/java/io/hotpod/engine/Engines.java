package io.hotpod.engine;

import io.hotpod.engine.config.PodConfigs;
import io.hotpod.engine.config.SoftwareService;
import io.hotpod.engine.config.StoredSoftwareService;
import io.hotpod.engine.feed.StoredEventFeed;
import io.hotpod.engine.instance.DriftWatch;
import io.hotpod.engine.instance.InstanceService;
import io.hotpod.engine.instance.PodPlacement;
import io.hotpod.engine.instance.StoredInstanceService;
import io.hotpod.engine.keeping.Housekeeping;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.resource.ResourceTypes;
import io.hotpod.engine.resource.group.GroupScaling;
import io.hotpod.engine.resource.heat.NoneType;
import io.hotpod.engine.resource.heat.RandomStringType;
import io.hotpod.engine.resource.heat.TestResourceType;
import io.hotpod.engine.resource.heat.ValueType;
import io.hotpod.engine.resource.kubernetes.PodConfigType;
import io.hotpod.engine.resource.kubernetes.PodDeploymentType;
import io.hotpod.engine.resource.nested.StoredGroupScaling;
import io.hotpod.engine.resource.nested.TemplateTypes;
import io.hotpod.engine.run.OperationService;
import io.hotpod.engine.secret.BulkRandom;
import io.hotpod.engine.secret.Redaction;
import io.hotpod.engine.servers.Peers;
import io.hotpod.engine.servers.Server;
import io.hotpod.engine.servers.Servers;
import io.hotpod.engine.servers.StoredPeers;
import io.hotpod.engine.signal.GuestService;
import io.hotpod.engine.signal.PublicAddress;
import io.hotpod.engine.signal.SigningKey;
import io.hotpod.engine.signal.StoredGuestService;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Definitions;
import io.hotpod.engine.stack.KeptAnswers;
import io.hotpod.engine.stack.StackRequest;
import io.hotpod.engine.stack.StackSecrets;
import io.hotpod.engine.stack.StackService;
import io.hotpod.engine.stack.StoredKeptAnswers;
import io.hotpod.engine.stack.StoredStackService;
import io.hotpod.engine.store.Commits;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.wake.Topics;
import io.hotpod.engine.wake.Wakeups;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** Wires an engine. */
public final class Engines {
  /** How long a step that goes on after a start may wait for the server to listen. */
  private static final Duration ADDRESS_PATIENCE = Duration.ofSeconds(30);

  private Engines() {}

  /**
   * Opens an engine on its database and takes up what was left undone.
   *
   * @throws IllegalStateException when another process has the directory, or the database cannot be
   *     opened
   */
  public static Engine open(EngineSettings settings) {
    return open(settings, Commits.UNDISTURBED, List.of());
  }

  /** The same with resource types beside its own. */
  static Engine open(EngineSettings settings, List<ResourceType> more) {
    return open(settings, Commits.UNDISTURBED, more);
  }

  /** The same with something between its writes and the disk. */
  static Engine open(EngineSettings settings, Commits commits, List<ResourceType> more) {
    StateDirectory directory = StateDirectory.open(settings.stateDirectory());
    Database database;
    try {
      database =
          Database.open(
              settings.database(), directory.databaseFile(), settings.secretsKeyFile(), commits);
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
    SecureRandom random = new SecureRandom();
    Wakeups wakeups = new Wakeups(database.relay());
    Definitions definitions = new Definitions();
    StackSecrets secrets = new StackSecrets(database, definitions);
    PodConfigs configs = new PodConfigs(database, settings.clock());
    PodPlacement placement = new PodPlacement(database, wakeups, settings.clock());
    PublicAddress address = new PublicAddress(ADDRESS_PATIENCE);
    SoftwareParts parts = SoftwareParts.on(database, wakeups, address, random);
    StoredGroupScaling scaling =
        new StoredGroupScaling(database, settings.ids(), settings.limits().resourcesPerTree());
    ResourceTypes types = types(configs, placement, parts, scaling, new BulkRandom(random), more);
    TemplateTypes templateTypes = new TemplateTypes(types, definitions, database);
    Servers servers = new Servers(database, settings.clock(), settings.ids().get());
    OperationService operations =
        new OperationService(
            database,
            templateTypes,
            definitions,
            wakeups,
            settings.clock(),
            settings.ids(),
            settings.limits().nestedDepth(),
            settings.retries(),
            random,
            servers,
            new Housekeeping(database, settings.retention(), settings.clock()));
    StoredStackService stacks =
        new StoredStackService(
            database,
            types,
            templateTypes,
            definitions,
            secrets,
            operations,
            wakeups,
            settings.clock(),
            settings.ids(),
            settings.limits());
    DriftWatch drift =
        new DriftWatch(
            database,
            wakeups,
            settings.clock(),
            settings.ids(),
            secrets,
            (project, stackId, rootId, resource, words) -> {
              Caller caller = Caller.of(project);
              stacks.markUnhealthy(caller, stackId, resource, Optional.of(words));
              stacks.patch(caller, rootId, StackRequest.NO_CHANGE);
            });
    InstanceService instances =
        new StoredInstanceService(
            database, wakeups, settings.clock(), settings.ids(), random, secrets, drift::reported);
    scaling.connect(templateTypes, operations);
    wakeups.observe(Topics::isEvents, () -> wakeups.wakeHere(Topics.ALL_EVENTS));
    StoredEventFeed feed = new StoredEventFeed(database, wakeups);
    StoredPeers peers =
        new StoredPeers(servers, database.relay(), new SigningKey(database, random));
    // Before anything runs here, so that nothing that concerns it is missed.
    database
        .relay()
        .listen(
            topic -> {
              wakeups.wakeHere(topic);
              operations.heard(topic);
              peers.heard(topic);
            },
            () -> {
              wakeups.wakeEverybody();
              operations.missed();
            });
    operations.start();
    drift.start();
    GuestService guests =
        new StoredGuestService(parts.access(), stacks.sink(), database, settings.clock());
    SoftwareService software =
        new StoredSoftwareService(
            parts.configs(),
            parts.deployments(),
            parts.documents(),
            secrets,
            wakeups,
            settings.clock(),
            settings.ids(),
            settings.limits());
    return new RunningEngine(
        stacks,
        instances,
        guests,
        software,
        secrets,
        new StoredKeptAnswers(database, settings.clock()),
        feed,
        address,
        operations,
        servers,
        peers,
        drift,
        database,
        directory);
  }

  /**
   * The resource types of every engine, to check templates with where no engine runs. Their schemas
   * and checks work; whatever needs the state of an engine fails.
   */
  public static ResourceTypes offlineTypes() {
    Database nowhere = Database.absent();
    Clock clock = Clock.systemUTC();
    SecureRandom random = new SecureRandom();
    Wakeups wakeups = new Wakeups();
    return types(
        new PodConfigs(nowhere, clock),
        new PodPlacement(nowhere, wakeups, clock),
        SoftwareParts.on(nowhere, wakeups, new PublicAddress(Duration.ZERO), random),
        new StoredGroupScaling(nowhere, () -> "", EngineLimits.DEFAULT.resourcesPerTree()),
        random,
        List.of());
  }

  private static ResourceTypes types(
      PodConfigs configs,
      PodPlacement placement,
      SoftwareParts parts,
      GroupScaling scaling,
      Random random,
      List<ResourceType> more) {
    PodDeploymentType pods = new PodDeploymentType(configs, placement);
    List<ResourceType> types =
        new ArrayList<>(
            List.of(
                new NoneType(),
                new ValueType(),
                new RandomStringType(random),
                new TestResourceType(),
                new PodConfigType(configs),
                pods));
    types.addAll(parts.types(placement, pods));
    types.addAll(GroupTypes.of(pods, parts.access(), scaling, random));
    types.addAll(more);
    return new ResourceTypes(types);
  }

  private record RunningEngine(
      StackService stacks,
      InstanceService instances,
      GuestService guests,
      SoftwareService software,
      StackSecrets secrets,
      KeptAnswers answers,
      StoredEventFeed feed,
      PublicAddress address,
      OperationService operations,
      Servers known,
      Peers peers,
      DriftWatch drift,
      Database database,
      StateDirectory directory)
      implements Engine {
    @Override
    public Function<String, Redaction> hidden() {
      return secrets.look()::ofStack;
    }

    @Override
    public void reachableAt(URI base) {
      address.set(base);
    }

    @Override
    public List<Server> servers() {
      return known.all();
    }

    @Override
    public Optional<String> problem() {
      return database.problem();
    }

    @Override
    public void close() {
      feed.close();
      drift.close();
      operations.close();
      database.close();
      directory.close();
    }
  }
}
