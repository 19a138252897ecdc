/**
 * Environments: the values, type mappings and other settings that come beside a template, read from
 * several files and merged. Pure: no input or output, nothing but values.
 */
@org.jspecify.annotations.NullMarked
package io.hotpod.template.environment;
