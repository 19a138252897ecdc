/**
 * The expression language yaql, as the template function of that name uses it: read by {@link
 * io.hotpod.template.yaql.Yaql}, evaluated over JSON within limits of work, memory and depth. Pure.
 */
@org.jspecify.annotations.NullMarked
package io.hotpod.template.yaql;
