/**
 * What a resource type takes and gives, and all that follows from it: reading properties, the
 * answers of the API, generated templates and documentation.
 */
@org.jspecify.annotations.NullMarked
package io.hotpod.template.schema;
