package io.hotpod.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML document from the library's events. The library's own composer is not used: it
 * expands and nests before anybody can count. For one text only.
 */
final class YamlReader {
  private final String file;
  private final RepeatedKeys repeatedKeys;
  private final Budget budget;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private final Words words = new Words();

  YamlReader(String file, Limits limits, RepeatedKeys repeatedKeys) {
    this.file = file;
    this.repeatedKeys = repeatedKeys;
    this.budget = new Budget(limits);
  }

  /** What an alias stands for, and what it costs each time. */
  private record Anchored(Node node, int height, long nodes, long characters) {}

  /** A node and how many levels of nodes it has. */
  private record Built(Node node, int height) {}

  ReadDocument read(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file)
            .setCodePointLimit(Integer.MAX_VALUE)
            .setParseComments(false)
            .build();
    try {
      return new ReadDocument(
          document(new Parse(settings).parseString(text).iterator()), budget.warnings());
    } catch (YamlEngineException refused) {
      throw budget.refusal(YamlWords.problem(file, text, refused));
    } catch (NumberFormatException unreadable) {
      // What the library throws of an escape without digits or with a number beyond all characters.
      throw budget.refusal(YamlWords.escape(file, text));
    }
  }

  private Node document(Iterator<Event> events) {
    Node root = null;
    while (events.hasNext()) {
      Event event = events.next();
      switch (event.getEventId()) {
        case DocumentStart -> {
          if (root != null) {
            throw budget.refusal(place(event), "a second document begins here; only one is read");
          }
        }
        case Alias, Scalar, SequenceStart, MappingStart -> root = node(event, events, 1).node();
        case StreamStart, StreamEnd, DocumentEnd, Comment, SequenceEnd, MappingEnd -> {}
      }
    }
    if (root == null || isAbsent(root)) {
      throw budget.refusal(new Location(file, 1, 1), "the text is empty");
    }
    budget.throwNoted();
    return root;
  }

  private static boolean isAbsent(Node root) {
    return root instanceof ScalarNode scalar && scalar.text().isEmpty() && scalar.value().isNull();
  }

  private Built node(Event event, Iterator<Event> events, int depth) {
    Location location = place(event);
    if (event instanceof AliasEvent alias) {
      return expand(alias.getAlias().getValue(), depth, location);
    }
    long nodesBefore = budget.nodes();
    long charactersBefore = budget.characters();
    budget.checkDepth(depth, location);
    String anchor = ((NodeEvent) event).getAnchor().map(Anchor::getValue).orElse("");
    if (!anchor.isEmpty()) {
      open.add(anchor);
    }
    Built built =
        switch (event) {
          case ScalarEvent scalar -> new Built(scalar(scalar, location), 1);
          case CollectionStartEvent start when start.getEventId() == Event.ID.MappingStart ->
              mapping(start, events, depth, location);
          case CollectionStartEvent start -> sequence(start, events, depth, location);
          default -> throw new IllegalStateException("not a node: " + event);
        };
    if (!anchor.isEmpty()) {
      open.remove(anchor);
      anchors.put(
          anchor,
          new Anchored(
              built.node(),
              built.height(),
              budget.nodes() - nodesBefore,
              budget.characters() - charactersBefore));
    }
    return built;
  }

  private Built expand(String anchor, int depth, Location location) {
    if (open.contains(anchor)) {
      throw budget.refusal(location, "*" + anchor + " stands inside the value that it repeats");
    }
    Anchored anchored = anchors.get(anchor);
    if (anchored == null) {
      throw budget.refusal(
          new Problem(
              Optional.of(location),
              "",
              "*" + anchor + " repeats a value that nothing above marks with &" + anchor,
              Suggestions.advice(anchor, anchors.keySet())));
    }
    budget.spend(anchored.nodes(), anchored.characters(), location);
    budget.checkDepth(depth + anchored.height() - 1, location);
    return new Built(anchored.node(), anchored.height());
  }

  private Node scalar(ScalarEvent event, Location location) {
    String text = words.once(event.getValue());
    budget.spendText(text, location);
    try {
      return new ScalarNode(
          YamlScalars.resolve(text, event.getTag(), event.isPlain()), text, Optional.of(location));
    } catch (UnreadableScalarException unreadable) {
      budget.note(location, unreadable.reason());
      return new ScalarNode(YamlScalars.text(text), text, Optional.of(location));
    }
  }

  private Built sequence(
      CollectionStartEvent start, Iterator<Event> events, int depth, Location location) {
    budget.spend(1, 0, location);
    checkTag(start, "tag:yaml.org,2002:seq", location);
    List<Node> items = new ArrayList<>();
    int height = 0;
    for (Event event = events.next();
        event.getEventId() != Event.ID.SequenceEnd;
        event = events.next()) {
      Built item = node(event, events, depth + 1);
      items.add(item.node());
      height = Math.max(height, item.height());
    }
    return new Built(new SequenceNode(items, Optional.of(location)), height + 1);
  }

  private Built mapping(
      CollectionStartEvent start, Iterator<Event> events, int depth, Location location) {
    budget.spend(1, 0, location);
    checkTag(start, "tag:yaml.org,2002:map", location);
    MappingBuilder builder = new MappingBuilder(budget, repeatedKeys);
    int height = 0;
    for (Event event = events.next();
        event.getEventId() != Event.ID.MappingEnd;
        event = events.next()) {
      Location keyLocation = place(event);
      boolean merge = event instanceof ScalarEvent key && YamlScalars.isMergeKey(key);
      Node key = node(event, events, depth + 1).node();
      Built value = node(events.next(), events, depth + 1);
      height = Math.max(height, value.height());
      if (!(key instanceof ScalarNode scalar)) {
        budget.note(keyLocation, "a key must be plain text, but this one is " + key.kind());
      } else if (isAbsent(key)) {
        budget.note(keyLocation, "a key is missing before this colon");
      } else if (builder.claim(scalar.text(), keyLocation)) {
        if (merge) {
          builder.merge(value.node(), keyLocation);
        } else {
          builder.put(scalar.text(), keyLocation, value.node());
        }
      }
    }
    return new Built(builder.build(location), height + 1);
  }

  private void checkTag(CollectionStartEvent start, String allowed, Location location) {
    start
        .getTag()
        .filter(tag -> !tag.equals(allowed) && !tag.equals("!"))
        .ifPresent(tag -> budget.note(location, YamlScalars.unknownTag(tag)));
  }

  private Location place(Event event) {
    Mark mark = event.getStartMark().orElseThrow();
    return new Location(file, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
