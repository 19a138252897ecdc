package io.hotpod.cli.progress;

/** Shows nothing, for when only the result is wanted. */
final class SilentView implements ProgressView {
  @Override
  public boolean showsDetails() {
    return false;
  }

  @Override
  public void event(EventView event) {}

  @Override
  public void quiet(Progress progress) {}

  @Override
  public void refresh(Progress progress) {}

  @Override
  public void note(String words) {}
}
