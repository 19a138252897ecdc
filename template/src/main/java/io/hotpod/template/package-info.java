/**
 * The HOT language: a text becomes a {@link io.hotpod.template.Template}, with parameters it
 * becomes a {@link io.hotpod.template.TemplateInstance}, and that resolves properties and outputs
 * as far as the resources are known. Pure: no input or output, nothing but values.
 */
@org.jspecify.annotations.NullMarked
package io.hotpod.template;
