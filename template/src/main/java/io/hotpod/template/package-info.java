/**
 * The HOT language: a text becomes a {@link io.hotpod.template.Template}, with parameters it
 * becomes a {@link io.hotpod.template.TemplateInstance}, and that resolves properties and outputs
 * as far as the resources are known. Pure: no input or output, nothing but values.
 *
 * <p>{@link io.hotpod.template.Template#parse} reads; {@link io.hotpod.template.Parameters#of}
 * takes values, also those of an {@link io.hotpod.template.environment.Environment}; {@link
 * io.hotpod.template.Template#instantiate} decides conditions; {@link
 * io.hotpod.template.TemplateInstance#properties} and {@link
 * io.hotpod.template.TemplateInstance#output} resolve against a {@link
 * io.hotpod.template.ResourceView}, which is {@link io.hotpod.template.ResourceView#NOTHING} before
 * anything exists. {@link io.hotpod.template.Examination} lists all problems at once. No resource
 * type is known here: who has a {@link io.hotpod.template.schema.ResourceSchema} reads properties
 * by it with a {@link io.hotpod.template.schema.PropertyReader}. No method takes or returns null,
 * and JSON values that are returned are not to be changed.
 */
@org.jspecify.annotations.NullMarked
package io.hotpod.template;
