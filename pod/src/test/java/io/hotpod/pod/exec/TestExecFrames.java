package io.hotpod.pod.exec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TestExecFrames {
  private static byte[] wire(ExecFrame... frames) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (ExecFrame frame : frames) {
      bytes.writeBytes(frame.encoded());
    }
    return bytes.toByteArray();
  }

  @Test
  void framesComeOutAsTheyWentInHoweverTheyAreCut() {
    byte[] text = "a secret".getBytes(UTF_8);
    byte[] wire =
        wire(
            ExecFrame.of(ExecFrame.Kind.STARTED),
            ExecFrame.of(ExecFrame.Kind.INPUT, text, 2, 6),
            ExecFrame.resize(50, 40_000),
            ExecFrame.failed("no"),
            ExecFrame.exit(-3));
    for (int cut = 1; cut < wire.length; cut++) {
      ExecFrames frames = new ExecFrames();
      List<ExecFrame> read = new ArrayList<>();
      for (int at = 0; at < wire.length; at += cut) {
        read.addAll(frames.add(wire, at, Math.min(cut, wire.length - at)));
      }
      assertThat(read)
          .extracting(ExecFrame::kind)
          .containsExactly(
              ExecFrame.Kind.STARTED,
              ExecFrame.Kind.INPUT,
              ExecFrame.Kind.RESIZE,
              ExecFrame.Kind.FAILED,
              ExecFrame.Kind.EXIT);
      assertThat(new String(read.get(1).payload(), UTF_8)).isEqualTo("secret");
      assertThat(read.get(2).rows()).isEqualTo(50);
      assertThat(read.get(2).columns()).isEqualTo(40_000);
      assertThat(read.get(3).text()).isEqualTo("no");
      assertThat(read.get(4).exitCode()).isEqualTo(-3);
      assertThat(frames.isPartial()).isFalse();
    }
  }

  @Test
  void whatIsNoFrameIsRefused() {
    assertThatThrownBy(() -> new ExecFrames().add("GET / HTTP/1.1".getBytes(UTF_8), 0, 14))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ExecFrames().add(new byte[] {1, 0, 0, 0, 0, 1, 0, 1}, 0, 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65537");
    assertThatThrownBy(() -> new ExecFrames().add(new byte[] {1, 0, 0, 0, -1, 0, 0, 0}, 0, 8))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ExecFrames().add(new byte[] {9, 0, 0, 0, 0, 0, 0, 0}, 0, 8))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(ExecFrame.of(ExecFrame.Kind.EXIT)::exitCode)
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFrameDoesNotSayWhatIsInIt() {
    byte[] text = "a secret".getBytes(UTF_8);

    assertThat(ExecFrame.of(ExecFrame.Kind.INPUT, text, 0, text.length).toString())
        .isEqualTo("INPUT[8]");
  }
}
