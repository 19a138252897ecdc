/** Pod configurations and pod deployments. */
@org.jspecify.annotations.NullMarked
package io.hotpod.engine.resource.kubernetes;
