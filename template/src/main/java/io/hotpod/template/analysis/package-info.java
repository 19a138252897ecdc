/** What can be told of a template without running it: warnings, and its graph. */
@org.jspecify.annotations.NullMarked
package io.hotpod.template.analysis;
