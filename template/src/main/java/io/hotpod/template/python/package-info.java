/** How Python writes values as text, which templates see wherever Heat's own code does so. */
@org.jspecify.annotations.NullMarked
package io.hotpod.template.python;
