/**
 * What a pod should be, what it is, and how the two are compared: manifests, the modification
 * token, and the records that server and agent exchange. Pure: no input or output.
 */
@org.jspecify.annotations.NullMarked
package io.hotpod.pod;
