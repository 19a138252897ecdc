package io.hotpod.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TestTable {
  @Test
  void alignsColumnsByCharactersAndNotByBytes() {
    Table table = new Table("NAME", "STATUS");
    table.row("größer", "UP");
    table.row("a", "");

    assertThat(table.lines()).containsExactly("NAME    STATUS", "größer  UP", "a       -");
  }

  @Test
  void whatWouldSteerTheTerminalBecomesSpaces() {
    Table table = new Table("NAME");
    table.row("a\u001b[31m\nb");

    assertThat(table.lines()).containsExactly("NAME", "a [31m b");
  }

  @Test
  void refusesARowOfAnotherWidth() {
    assertThatThrownBy(() -> new Table("A", "B").row("1")).hasMessage("1 cells for 2 columns");
  }
}
