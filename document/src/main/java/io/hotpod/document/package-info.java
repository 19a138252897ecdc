/**
 * YAML and JSON text read into nodes that know their place, and problems that point at it.
 *
 * <p>Shared by the template language and the pod manifests, so that both read scalars by the same
 * rules, keep the same limits and show errors the same way.
 */
@org.jspecify.annotations.NullMarked
package io.hotpod.document;
