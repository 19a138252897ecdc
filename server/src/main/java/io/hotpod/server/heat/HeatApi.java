package io.hotpod.server.heat;

import io.hotpod.engine.Engine;
import io.hotpod.engine.stack.StackService;
import io.hotpod.server.fetch.Fetcher;
import io.hotpod.server.http.Callers;
import io.hotpod.server.http.LongPolls;
import io.hotpod.server.http.Repeatable;
import io.hotpod.server.http.Router;
import io.hotpod.server.stream.EventStreams;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The routes of the Heat API. */
public final class HeatApi {
  private static final String PROJECT = "/v1/{project}";
  private static final String STACK = PROJECT + "/stacks/{name}/{id}";
  private static final String RESOURCE = STACK + "/resources/{resource}";

  private final Router router;
  private final Repeatable repeatable;

  private HeatApi(Router router, Repeatable repeatable) {
    this.router = router;
    this.repeatable = repeatable;
  }

  /**
   * Adds the routes.
   *
   * @param longestWait for an event
   * @param streams of events
   * @param fetcher reads templates and files from elsewhere
   * @param hiddenTags of stacks that are listed only on request
   */
  public static void addTo(
      Router router,
      Engine engine,
      Callers callers,
      LongPolls longPolls,
      Duration longestWait,
      EventStreams streams,
      Fetcher fetcher,
      Clock clock,
      Set<String> hiddenTags) {
    HeatApi api = new HeatApi(router, new Repeatable(engine.answers(), callers));
    StackService stacks = engine.stacks();
    api.addServer(new ServerHandlers(engine, clock), new ReadyHandler(engine));
    api.addLists(new StackListHandlers(stacks, callers, hiddenTags));
    api.addStacks(stacks, callers, new StackRequestReader(new RemoteFiles(fetcher)));
    api.addLookups(stacks, callers);
    api.addDefinitions(stacks, callers);
    api.addResources(new ResourceHandlers(stacks, callers));
    router.add("PATCH", RESOURCE, new MarkUnhealthyHandler(stacks, callers));
    api.addSnapshots(new SnapshotHandlers(stacks, callers));
    api.addEvents(new EventHandlers(stacks, callers, longPolls, longestWait));
    api.addStreams(new FollowHandlers(stacks, engine.feed(), streams, callers));
    api.addTypes(new ResourceTypeHandlers(stacks, callers), new TemplateVersionHandlers());
    api.addSoftware(
        new SoftwareConfigHandlers(engine.software(), callers),
        new SoftwareDeploymentHandlers(engine.software(), callers, longPolls, longestWait));
  }

  private void addServer(ServerHandlers server, ReadyHandler ready) {
    for (String path : List.of("/", "/versions", "/v1")) {
      router.add("GET", path, server::versions);
    }
    router.add("GET", "/{version}", server::unknownVersion);
    for (String method : List.of("GET", "HEAD")) {
      router.add(method, "/healthcheck", server::healthCheck);
      router.add(method, "/healthz", server::healthy);
      router.add(method, "/readyz", ready);
    }
    router.add("GET", PROJECT + "/build_info", server::buildInfo);
    router.add("GET", PROJECT + "/services", server::services);
  }

  private void addLists(StackListHandlers lists) {
    router.add("GET", PROJECT + "/stacks", lists::list);
    router.add("GET", PROJECT + "/stacks/detail", lists::detail);
  }

  private void addStacks(StackService stacks, Callers callers, StackRequestReader requests) {
    StackHandlers stack = new StackHandlers(stacks, callers, requests);
    router.add("POST", PROJECT + "/stacks", stack::create);
    router.add("GET", STACK, stack::show);
    router.add("PUT", STACK, stack::update);
    router.add("PATCH", STACK, stack::patch);
    router.add("DELETE", STACK, stack::delete);
    router.add("GET", STACK + "/export", stack::export);
    router.add("DELETE", STACK + "/abandon", stack::abandon);
    router.add("POST", PROJECT + "/validate", new ValidateHandler(stacks, callers, requests));
    PreviewHandlers previews = new PreviewHandlers(stacks, callers, requests);
    router.add("POST", PROJECT + "/stacks/preview", previews::create);
    router.add("PUT", STACK + "/preview", previews::update);
    router.add("PATCH", STACK + "/preview", previews::patch);
    router.add("POST", STACK + "/actions", new ActionHandler(stacks, callers));
  }

  private void addLookups(StackService stacks, Callers callers) {
    String byName = PROJECT + "/stacks/{name}";
    for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
      router.add(method, byName, new LookupHandler(stacks, callers, ""));
    }
    for (String part :
        List.of("/resources", "/events", "/template", "/actions", "/environment", "/files")) {
      router.add("GET", byName + part, new LookupHandler(stacks, callers, part));
    }
    router.add(
        "GET", byName + "/events/stream", new LookupHandler(stacks, callers, "/events/stream"));
    for (String part : List.of("/resources", "/events", "/template", "/actions")) {
      router.add("POST", byName + part, new LookupHandler(stacks, callers, part));
    }
  }

  private void addDefinitions(StackService stacks, Callers callers) {
    DefinitionHandlers definitions = new DefinitionHandlers(stacks, callers);
    router.add("GET", STACK + "/template", definitions::template);
    router.add("GET", STACK + "/environment", definitions::environment);
    router.add("GET", STACK + "/files", definitions::files);
    OutputHandlers outputs = new OutputHandlers(stacks, callers);
    router.add("GET", STACK + "/outputs", outputs::list);
    router.add("GET", STACK + "/outputs/{key}", outputs::show);
  }

  private void addResources(ResourceHandlers resources) {
    router.add("GET", STACK + "/resources", resources::list);
    router.add("GET", RESOURCE, resources::show);
    router.add("GET", RESOURCE + "/metadata", resources::metadata);
    router.add("POST", RESOURCE + "/signal", repeatable.of(resources::signal));
  }

  private void addSnapshots(SnapshotHandlers snapshots) {
    router.add("GET", STACK + "/snapshots", snapshots::list);
    router.add("POST", STACK + "/snapshots", snapshots::create);
    router.add("GET", STACK + "/snapshots/{snapshot}", snapshots::show);
    router.add("DELETE", STACK + "/snapshots/{snapshot}", snapshots::delete);
    router.add("POST", STACK + "/snapshots/{snapshot}/restore", snapshots::restore);
  }

  private void addEvents(EventHandlers events) {
    router.add("GET", STACK + "/events", events::list);
    router.add("GET", RESOURCE + "/events", events::listOfResource);
    router.add("GET", RESOURCE + "/events/{event}", events::show);
  }

  private void addStreams(FollowHandlers events) {
    router.add("GET", PROJECT + "/events/stream", events::project);
    router.add("GET", STACK + "/events/stream", events::stack);
  }

  private void addTypes(ResourceTypeHandlers types, TemplateVersionHandlers versions) {
    router.add("GET", PROJECT + "/resource_types", types::list);
    router.add("GET", PROJECT + "/resource_types/{type}", types::show);
    router.add("GET", PROJECT + "/resource_types/{type}/template", types::template);
    router.add("GET", PROJECT + "/template_versions", versions::list);
    router.add("GET", PROJECT + "/template_versions/{version}/functions", versions::functions);
  }

  private void addSoftware(SoftwareConfigHandlers configs, SoftwareDeploymentHandlers deployments) {
    router.add("GET", PROJECT + "/software_configs", configs::list);
    router.add("POST", PROJECT + "/software_configs", repeatable.of(configs::create));
    router.add("GET", PROJECT + "/software_configs/{config}", configs::show);
    router.add("DELETE", PROJECT + "/software_configs/{config}", repeatable.of(configs::delete));
    router.add("GET", PROJECT + "/software_deployments", deployments::list);
    router.add("POST", PROJECT + "/software_deployments", repeatable.of(deployments::create));
    router.add("GET", PROJECT + "/software_deployments/metadata/{server}", deployments::metadata);
    router.add("GET", PROJECT + "/software_deployments/{deployment}", deployments::show);
    router.add(
        "PUT", PROJECT + "/software_deployments/{deployment}", repeatable.of(deployments::update));
    router.add(
        "DELETE",
        PROJECT + "/software_deployments/{deployment}",
        repeatable.of(deployments::delete));
  }
}
