package io.hotpod.engine.resource.heat;

import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.signal.SignalAccess;
import io.hotpod.engine.signal.SignalStore;
import io.hotpod.engine.signal.SignedPurpose;
import io.hotpod.template.schema.ResourceSchema;
import java.util.List;

/**
 * {@code OS::Heat::UpdateWaitConditionHandle}: a handle in CloudFormation's manner, which is
 * another one, with another URL and without signals, after every update of its stack.
 */
public final class UpdateWaitConditionHandleType implements WaitHandle {
  private static final ResourceSchema SCHEMA =
      ResourceSchema.of(
          "OS::Heat::UpdateWaitConditionHandle",
          "A wait condition handle that every update of the stack makes anew; get_resource gives a"
              + " signed URL that takes PUT of a JSON object with Status, UniqueId, Data and"
              + " Reason.",
          List.of(),
          List.of());

  private final SignalAccess access;
  private final SignalStore signals;

  public UpdateWaitConditionHandleType(SignalAccess access, SignalStore signals) {
    this.access = access;
    this.signals = signals;
  }

  @Override
  public ResourceSchema schema() {
    return SCHEMA;
  }

  @Override
  public SignalStore signals() {
    return signals;
  }

  @Override
  public WaitSignals.Manner manner() {
    return WaitSignals.Manner.CLOUD_FORMATION;
  }

  @Override
  public boolean replacedByEveryUpdate() {
    return true;
  }

  @Override
  public String referenceId(ResourceRecord resource) {
    return access.signedUrl(access.target(resource), SignedPurpose.WAIT_CONDITION, "");
  }
}
